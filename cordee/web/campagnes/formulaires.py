"""What is typed to prepare a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Structure
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, OrdreCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.services.campagne import Reglages
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.web.composants.saisies import SaisieDate

CANAUX = [
    (Canal.COURRIER.value, "Par courrier ; sans adresse, par SMS, courriel ou téléphone"),
    (Canal.SMS.value, "Par SMS ; sans mobile, par courriel, courrier ou téléphone"),
    (Canal.COURRIEL.value, "Par courriel ; sans adresse électronique, par SMS, courrier ou téléphone"),
]


class FormulaireQui(forms.Form):
    """The name of the campaign and what people are asked to come for."""

    libelle = forms.CharField(
        label="Nom de la campagne", max_length=120, help_text="Pour la retrouver : les personnes ne le voient pas."
    )
    genre = forms.ChoiceField(label="Objet du rendez-vous", choices=GenreRendezVous.choices())
    delai_ouvres = forms.IntegerField(
        label="Dans les jours ouvrés qui viennent", min_value=1, max_value=120, initial=10
    )
    ordre = forms.ChoiceField(
        label="Dans quel ordre", choices=OrdreCampagne.choices(), initial=OrdreCampagne.URGENCE.value
    )
    par_semaine = forms.IntegerField(
        label="Par structure et par semaine, au plus", required=False, min_value=1, max_value=5000,
        help_text="Vide : autant que de créneaux.",
    )  # fmt: skip

    def reglages(self) -> Reglages:
        d = self.cleaned_data
        return Reglages(
            genre=GenreRendezVous(d["genre"]), delai_ouvres=d["delai_ouvres"], ordre=OrdreCampagne(d["ordre"]),
            par_semaine=d["par_semaine"],
        )  # fmt: skip


class FormulaireQuand(forms.Form):
    """When, where, in which order."""

    genre = forms.ChoiceField(label="Objet du rendez-vous", choices=GenreRendezVous.choices())
    modalite = forms.ChoiceField(
        label="Comment se voir", required=False, choices=[("", "Selon le créneau"), *ModaliteRendezVous.choices()]
    )
    delai_ouvres = forms.IntegerField(label="Dans les jours ouvrés qui viennent", min_value=1, max_value=120)
    preavis_courrier = forms.IntegerField(
        label="Préavis d'une lettre (jours ouvrés)", min_value=1, max_value=30,
        help_text="Impression, poste, et le temps de s'organiser.",
    )  # fmt: skip
    preavis_message = forms.IntegerField(label="Préavis d'un message (jours ouvrés)", min_value=1, max_value=30)
    ordre = forms.ChoiceField(label="Dans quel ordre", choices=OrdreCampagne.choices())
    par_semaine = forms.IntegerField(
        label="Par structure et par semaine, au plus", required=False, min_value=1, max_value=5000,
        help_text="Vide : autant que de créneaux.",
    )  # fmt: skip
    debordement = forms.BooleanField(label="Quand un secteur est plein, proposer un secteur voisin", required=False)
    accessibles = forms.BooleanField(label="Seulement les lieux accessibles en fauteuil", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def de(cls, campagne: Campagne) -> FormulaireQuand:
        return cls(initial={nom: getattr(campagne, nom) for nom in cls.base_fields})

    def reglages(self, campagne: Campagne) -> Reglages:
        """The settings, with the way already chosen."""
        d = self.cleaned_data
        return Reglages(
            genre=GenreRendezVous(d["genre"]), modalite=ModaliteRendezVous(d["modalite"]) if d["modalite"] else "",
            delai_ouvres=d["delai_ouvres"], preavis_courrier=d["preavis_courrier"],
            preavis_message=d["preavis_message"], ordre=OrdreCampagne(d["ordre"]), par_semaine=d["par_semaine"],
            debordement=d["debordement"], accessibles=d["accessibles"], canal_prefere=Canal(campagne.canal_prefere),
        )  # fmt: skip


class FormulaireComment(forms.Form):
    """Which way is tried first."""

    canal_prefere = forms.ChoiceField(label="Prévenir", choices=CANAUX, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def reglages(self, campagne: Campagne) -> Reglages:
        return Reglages(
            genre=GenreRendezVous(campagne.genre),
            modalite=ModaliteRendezVous(campagne.modalite) if campagne.modalite else "",
            delai_ouvres=campagne.delai_ouvres, preavis_courrier=campagne.preavis_courrier,
            preavis_message=campagne.preavis_message, ordre=OrdreCampagne(campagne.ordre),
            par_semaine=campagne.par_semaine, debordement=campagne.debordement, accessibles=campagne.accessibles,
            canal_prefere=Canal(self.cleaned_data["canal_prefere"]),
        )  # fmt: skip


class FormulaireOuvrir(forms.Form):
    """Half-days to open where slots lack."""

    structure = forms.ChoiceField(label="Structure")
    nombre = forms.IntegerField(label="Demi-journées", min_value=1, max_value=60)
    places = forms.IntegerField(
        label="Personnes reçues en même temps", min_value=1, max_value=50, initial=1,
        help_text="Une par professionnel présent.",
    )  # fmt: skip
    premier_jour = forms.DateField(label="À partir du", widget=SaisieDate)

    def __init__(self, *args: Any, structures: Iterable[Structure], au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(s.pk): s for s in structures}
        self.fields["structure"].choices = [(pk, s.nom) for pk, s in self.par_pk.items()]  # type: ignore[attr-defined]
        self.initial.setdefault("premier_jour", ajouter_jours_ouvres(au, 6))
