"""Forms of what was set aside: the filters of the queue, the fields of one piece, the reason of a drop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Min, Q, QuerySet

from cordee.echanges.fichiers.fiches import Champ, Fiche, Groupe
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, RaisonEcart, StatutElement, TypeFichier
from cordee.echanges.fichiers.services import TEXTE_MAX
from cordee.web.imports.apparences import titre

MOTIFS = {
    "naissance_impossible": "Date de naissance manquante ou impossible",
    "numdemrsa_absent": "Numéro de demande manquant",
    "numdemrsa_trop_long": "Numéro de demande trop long",
    "nom_absent": "Nom manquant",
    "sans_personne": "Foyer sans personne",
    "sans_adulte": "Ni demandeur ni conjoint",
    "xml_incorrect": "Écriture XML incorrecte",
}
AGES = {"7": "Plus de 7 jours", "30": "Plus de 30 jours", "60": "Plus de 60 jours"}
TOUS = "tous"


class FiltresRejets(forms.Form):
    """What the queue can be narrowed by: every filter lives in the address, none is about a person."""

    statut = forms.ChoiceField(
        label="État", required=False, choices=[("", "À traiter"), *StatutElement.choices()[1:], (TOUS, "Tous")]
    )
    type = forms.ChoiceField(label="Type de fichier", required=False, choices=[("", "Tous"), *TypeFichier.choices()])
    fichier = forms.ChoiceField(label="Fichier", required=False)
    motif = forms.ChoiceField(label="Pourquoi", required=False)
    age = forms.ChoiceField(label="Depuis", required=False, choices=[("", "Tous"), *AGES.items()])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        fichiers = FichierRecu.objects.filter(rejets__isnull=False).distinct().select_related("organisme", "emetteur")
        self.choisir("fichier", [(str(f.pk), titre(f)) for f in fichiers.order_by("-depose_le")[:200]])
        codes = ElementRejete.objects.exclude(code="").values_list("code").annotate(motif=Min("motif")).order_by("code")
        self.choisir("motif", [(code, MOTIFS.get(code) or motif[:80]) for code, motif in codes])

    def choisir(self, nom: str, choix: list[tuple[str, str]]) -> None:
        self.fields[nom].choices = [("", "Tous"), *choix]  # type: ignore[attr-defined]

    def filtrer(self, *, le: datetime) -> QuerySet[ElementRejete]:
        """The pieces asked for; what cannot be read is ignored."""
        self.is_valid()
        lus = {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}
        elements = ElementRejete.objects.select_related("fichier__organisme", "fichier__emetteur")
        statut = lus.get("statut", StatutElement.EN_ATTENTE)
        if statut != TOUS:
            elements = elements.filter(statut=statut)
        champs = {"type": "fichier__type", "fichier": "fichier_id", "motif": "code"}
        elements = elements.filter(Q(**{champ: lus[cle] for cle, champ in champs.items() if cle in lus}))
        if "age" in lus:
            elements = elements.filter(cree_le__lte=le - timedelta(days=int(lus["age"])))
        return elements


class SaisieMasquee(forms.TextInput):
    """What is typed is never written back in the page."""

    def format_value(self, value: Any) -> str | None:
        return None


class FormulaireFiche(forms.Form):
    """The fields of a piece, made from what can be read of it; the wrong ones say why at once."""

    def __init__(self, fiche: Fiche, data: Mapping[str, Any] | None = None) -> None:
        recu = {c.cle: c.valeur for c in fiche.champs} if data is None else data
        super().__init__(recu, prefix="")
        self.fiche, self.saisi = fiche, data is not None
        for champ in fiche.champs:
            self.fields[champ.cle] = _champ(champ)
        self.is_valid()
        if not self.saisi:
            for phrase in fiche.generales:
                self.add_error(None, phrase)
            personnes = sum(groupe.cle.startswith("p") for groupe in fiche.groupes)
            for groupe in fiche.groupes:
                qui = f"{groupe.titre} : " if personnes > 1 and groupe.cle.startswith("p") else ""
                for champ in groupe.champs:
                    if champ.faute:
                        self.add_error(champ.cle, qui + champ.faute)

    def groupes(self) -> list[tuple[Groupe, list[forms.BoundField]]]:
        """The fields, group by group, for the page."""
        return [(groupe, [self[champ.cle] for champ in groupe.champs]) for groupe in self.fiche.groupes]

    def saisies(self) -> dict[str, str]:
        """What was typed, by key; a field that was not sent keeps its value."""
        return {c.cle: str(self.data.get(c.cle, c.valeur)) for c in self.fiche.champs}


def _champ(champ: Champ) -> forms.Field:
    if champ.genre == "nir":
        aide = (
            "NIR masqué : laissez vide pour le garder." if champ.renseigne else "Aucun numéro lisible dans le fichier."
        )
        saisie = SaisieMasquee(attrs={"autocomplete": "off", "inputmode": "numeric"})
        return forms.CharField(label=champ.libelle, required=False, max_length=40, help_text=aide, widget=saisie)
    if champ.choix:
        return forms.ChoiceField(label=champ.libelle, required=False, choices=champ.choix)
    aide = "Jour/mois/année." if champ.genre == "date" else ""
    return forms.CharField(label=champ.libelle, required=False, max_length=500, help_text=aide)


class FormulaireTexte(forms.Form):
    """The whole piece, as the file writes it."""

    texte = forms.CharField(
        label="Texte", max_length=TEXTE_MAX, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocomplete": "off", "class": "saisie-code"}),
        help_text="« NIR masqué n° … » : laissez-le pour garder le numéro, ou écrivez le NIR à sa place.",
    )  # fmt: skip


class FormulaireEcart(forms.Form):
    """Why a piece will not be played."""

    raison = forms.ChoiceField(label="Pourquoi l'écarter ?", choices=RaisonEcart.choices(), widget=forms.RadioSelect)
    phrase = forms.CharField(
        label="Précision", required=False, max_length=280, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sans nom ni numéro de personne. Obligatoire pour « autre raison ».",
    )  # fmt: skip
