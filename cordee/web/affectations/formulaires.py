"""Forms of the allocation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cordee.metier.orientation.affectation.enums import MotifDeplacement, Specialite
from cordee.metier.orientation.models import ReglageReferent
from cordee.metier.parcours.enums import Voie

_TOUTES = [("", "Toutes")]
VOIR = [
    ("", "Toutes les personnes"),
    ("sans", "Sans solution"),
    ("change", "Changent de structure"),
    ("verrou", "Verrouillées"),
    ("deplacee", "Déplacées"),
    ("ecartee", "Laissées de côté"),
    ("refusee", "Non faites à la validation"),
]


class FiltresLignes(forms.Form):
    """What narrows the list of people."""

    q = forms.CharField(label="Nom", required=False, max_length=80)
    voir = forms.ChoiceField(label="Voir", required=False, choices=VOIR)
    voie = forms.ChoiceField(label="Parcours", required=False, choices=[*_TOUTES, *Voie.choices()])
    structure = forms.ChoiceField(label="Structure", required=False)

    def __init__(self, *args: Any, structures: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].choices = [*_TOUTES, *structures]  # type: ignore[attr-defined]

    def clean_structure(self) -> int | None:
        valeur = self.cleaned_data.get("structure")
        return int(valeur) if valeur else None


class FormulaireDeplacement(forms.Form):
    """Somebody else, and why: the reason is coded, the choice is hers."""

    referent = forms.ChoiceField(
        label="Confier à", help_text="Du plus adapté au moins adapté, avec les places restantes."
    )
    motif = forms.ChoiceField(label="Raison de votre choix", choices=MotifDeplacement.choices())
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, referents: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"].choices = [("", "Choisissez un référent"), *referents]  # type: ignore[attr-defined]


class FormulaireReferent(forms.Form):
    """What a référent can take."""

    capacite = forms.IntegerField(
        label="Personnes suivies à la fois, à temps plein", min_value=0, max_value=500, required=False,
        help_text="Vide : la capacité ordinaire de ce type de structure. 0 : n'accompagne personne.",
    )  # fmt: skip
    quotite = forms.IntegerField(label="Temps de travail (%)", min_value=10, max_value=100, initial=100)
    repos = forms.TypedMultipleChoiceField(
        label="Jours non travaillés", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(enumerate(("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi"))),
        help_text="Les dates proposées à cet agent les évitent.",
    )  # fmt: skip
    specialites = forms.MultipleChoiceField(
        label="Spécialités", choices=Specialite.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    langues = forms.CharField(
        label="Langues parlées avec les personnes", required=False, max_length=200,
        help_text="Séparées par des virgules, par exemple : arabe, portugais.",
    )  # fmt: skip
    suspendu = forms.BooleanField(label="Ne reçoit plus de nouvelle personne pour l'instant", required=False)

    @staticmethod
    def depuis(reglage: ReglageReferent | None) -> dict[str, Any]:
        """What it shows at first."""
        if reglage is None:
            return {"quotite": 100}
        return {
            "capacite": reglage.capacite, "quotite": reglage.quotite, "specialites": reglage.specialites,
            "langues": ", ".join(reglage.langues), "repos": reglage.repos, "suspendu": reglage.suspendu,
        }  # fmt: skip


class FormulaireEquipe(forms.Form):
    """The trade of a team."""

    specialite = forms.ChoiceField(
        label="Spécialité de l'équipe", required=False,
        choices=[("", "Aucune : elle reçoit toutes les situations"), *Specialite.choices()],
    )  # fmt: skip
    departementale = forms.BooleanField(label="Reçoit tout le département, quelle que soit la commune", required=False)
