"""The decision under the interview: it follows the proposal, or says why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from cordee.metier.organismes.models import Structure
from cordee.metier.orientation.enums import MotifEcart, MotifOrientation
from cordee.metier.orientation.regles import Proposition
from cordee.metier.orientation.services import decider
from cordee.metier.orientation.services.decision import PRECISION_MAX
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.web.entretien.formulaires.entretien import Entretien
from cordee.web.parcours.formulaires.base import ChoixLong
from cordee.web.parcours.formulaires.orientation import structures_par_categorie

G = GenreOrganismeReferent
# A proposal towards the Département covers its délégataires (``services.decision``).
_DEPARTEMENT = {G.CONSEIL_DEPARTEMENTAL.libelle, G.DELEGATAIRE.libelle}


class Decision(Entretien):
    """The same, then ``orientation.services.decider``: a human decides, the proposal only proposes."""

    succes = "L'orientation est décidée. Il reste à remettre la décision."
    voie = ChoixLong(label="Parcours", choices=[(v.value, v.libelle) for v in Voie])
    structure = forms.ChoiceField(label="Organisme référent")
    motifs = forms.MultipleChoiceField(
        label="Raisons, écrites dans la décision", choices=MotifOrientation.choices(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    motif_ecart = forms.ChoiceField(
        label="Si vous décidez autrement que la proposition, pourquoi ?", required=False,
        choices=[("", "Je suis la proposition"), *MotifEcart.choices()],
    )  # fmt: skip
    precision_ecart = forms.CharField(
        label="Quelle autre raison ?", required=False, max_length=PRECISION_MAX,
        help_text="Quelques mots, sans détail intime : la personne peut demander à les lire.",
    )  # fmt: skip
    proposee = forms.CharField(required=False, widget=forms.HiddenInput)

    def preparer(self) -> None:
        super().preparer()
        self.groupes = structures_par_categorie(self.contexte.au)
        self.fields["structure"].choices = [("", "Choisir"), *self.groupes]  # type: ignore[attr-defined]
        proposition = self.proposition()
        if proposition is not None:
            self.initial = {**self.initial} | self.valeurs_proposees(proposition)

    def valeurs_proposees(self, proposition: Proposition) -> dict[str, Any]:
        """The decision that follows the proposal: its path, a body of its category near the person, its reasons."""
        libelle = proposition.categorie.libelle
        candidates = [pk for groupe, structures in self.groupes if groupe == libelle for pk, _ in structures]
        proches = [str(pk) for pk in self.contexte.structures_de_la_personne if str(pk) in candidates]
        structure = (proches or candidates or [""])[0]
        return {
            "voie": str(proposition.voie),
            "structure": structure,
            "motifs": [str(m) for m in proposition.motifs],
            "proposee": f"{proposition.voie}|{structure}|{','.join(str(m) for m in proposition.motifs)}",
        }

    def suivre(self, saisie: QueryDict) -> QueryDict:
        """What is typed, where the decision follows the new proposal unless the agent had chosen otherwise."""
        proposition = self.proposition()
        if proposition is None:
            return saisie
        neuve, suivie = self.valeurs_proposees(proposition), saisie.copy()
        voie, structure, motifs = (saisie.get("proposee", "") or "||").split("|")
        if saisie.get("voie", "") in ("", voie) and saisie.get("structure", "") in ("", structure):
            suivie["voie"], suivie["structure"] = neuve["voie"], neuve["structure"]
        if saisie.getlist("motifs") in ([], [m for m in motifs.split(",") if m]):
            suivie.setlist("motifs", neuve["motifs"])
        suivie["proposee"] = neuve["proposee"]
        return suivie

    @property
    def autrement(self) -> bool:
        """Whether what is on the screen departs from the proposal, or already says why it does."""
        proposition = self.proposition()
        if proposition is None or self._lu("motif_ecart"):
            return bool(self._lu("motif_ecart"))
        structure, admises = self._lu("structure"), {proposition.categorie.libelle}
        if admises & _DEPARTEMENT:
            admises = _DEPARTEMENT
        destinations = {libelle for libelle, groupe in self.groupes if structure in {pk for pk, _ in groupe}}
        return self._lu("voie") != str(proposition.voie) or not destinations & admises

    def montrer(self, de: forms.Form | None = None) -> Decision:
        """This form with the errors of another one; without it, as if nothing had been checked yet."""
        self._errors = de.errors if de is not None else ErrorDict()
        return self

    def executer(self) -> str:
        d = self.cleaned_data
        diagnostic = self.enregistrer()
        structure = Structure.objects.get(pk=d["structure"])
        decider(
            personne=self.contexte.personne, voie=Voie(d["voie"]), categorie=G(structure.categorie),
            structure=structure, motifs=[MotifOrientation(m) for m in d["motifs"]], proposition=self.proposition(),
            motif_ecart=MotifEcart(d["motif_ecart"]) if d["motif_ecart"] else None,
            precision_ecart=d["precision_ecart"], diagnostic=diagnostic, **self.commun,
        )  # fmt: skip
        return f"{Voie(d['voie']).libelle}, {structure.nom} : c'est décidé. Il reste à remettre la décision."
