"""Forms of the local arrêtés: what the law lets them change is all they offer (C. trav. L5411-5-1 III)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cordee.metier.orientation.enums import ThemeDiagnostic
from cordee.metier.orientation.models import ArreteCriteres
from cordee.metier.orientation.services.arretes import TexteArrete
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.criteres_orientation import Criteres
from cordee.web.composants.saisies import SaisieDate


class FormulaireArrete(forms.Form):
    """A draft. The choices are those the national criteria leave to a local rule."""

    reference = forms.CharField(label="Référence de l'arrêté", max_length=60, help_text="Par exemple : 2026-118.")
    objet = forms.CharField(label="Objet", max_length=200)
    circonstances = forms.CharField(
        label="Circonstances locales qui le justifient", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La loi l'exige : elles sont relues avant l'activation.",
    )  # fmt: skip
    debut = forms.DateField(
        label="Applicable à partir du", widget=SaisieDate, help_text="Jamais dans le passé : les propositions restent."
    )
    themes_bloquants = forms.MultipleChoiceField(
        label="Difficultés qui, à elles seules, empêchent aussi de chercher un emploi", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    forts_bloquants = forms.TypedChoiceField(label="Nombre de difficultés fortes qui bloquent", coerce=int)
    faibles_toleres = forms.TypedChoiceField(
        label="Nombre de difficultés légères admises dans le parcours emploi", coerce=int
    )
    delegataire = forms.MultipleChoiceField(
        label="Parcours proposés vers un organisme délégataire plutôt que vers le Département", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    avis_le = forms.DateField(
        label="Avis du comité départemental pour l'emploi rendu le", required=False, widget=SaisieDate
    )
    signe_le = forms.DateField(label="Signé le", required=False, widget=SaisieDate)
    prefet = forms.CharField(label="Signataire pour l'État", required=False, max_length=120)
    president = forms.CharField(label="Signataire pour le Département", required=False, max_length=120)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, criteres: Criteres, arrete: ArreteCriteres | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteres, limites = criteres, criteres.limites
        choix = {
            "themes_bloquants": [(t, ThemeDiagnostic(t).libelle) for t in limites.themes_bloquants],
            "delegataire": [(v, Voie(v).libelle) for v in limites.delegataire],
            "forts_bloquants": _nombres(limites.forts_bloquants, criteres.forts_bloquants),
            "faibles_toleres": _nombres(limites.faibles_toleres, criteres.faibles_toleres),
        }
        for nom, valeurs in choix.items():
            self.fields[nom].choices = valeurs  # type: ignore[attr-defined]
        self.initial = {
            "forts_bloquants": criteres.forts_bloquants, "faibles_toleres": criteres.faibles_toleres,
            **self.initial, **(_valeurs(arrete) if arrete else {}),
        }  # fmt: skip

    def texte(self) -> TexteArrete:
        """What was typed: only what differs from the national criteria is a local rule."""
        lus = self.cleaned_data
        precisions: dict[str, Any] = {
            cle: lus[cle] for cle in ("forts_bloquants", "faibles_toleres") if lus[cle] != getattr(self.criteres, cle)
        }
        precisions |= {cle: lus[cle] for cle in ("themes_bloquants", "delegataire") if lus[cle]}
        noms = ("reference", "objet", "circonstances", "debut", "avis_le", "signe_le", "prefet", "president")
        return TexteArrete(precisions=precisions, **{nom: lus[nom] for nom in noms})


class FormulaireSimulation(forms.Form):
    """Over which decisions a rule is tried."""

    du = forms.DateField(label="Décisions prises du", widget=SaisieDate)
    au = forms.DateField(label="au", widget=SaisieDate)

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if lus.get("du") and lus.get("au") and lus["du"] > lus["au"]:
            raise forms.ValidationError("Le premier jour suit le dernier : corrigez la période.")
        return lus


class FormulaireAbrogation(forms.Form):
    fin = forms.DateField(
        label="Dernier jour d'application passé, à partir du", widget=SaisieDate,
        help_text="Un jour à venir : les critères nationaux s'appliquent seuls à partir de ce jour.",
    )  # fmt: skip


class FormulaireDemande(forms.Form):
    """A person asks how the proposal was made, and how she gets the answer."""

    demandee_le = forms.DateField(label="Demandée le", widget=SaisieDate)
    canal = forms.ChoiceField(label="Réponse remise", widget=forms.RadioSelect)

    def __init__(self, *args: Any, canaux: list[tuple[str, str]], au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["canal"].choices = canaux  # type: ignore[attr-defined]
        self.initial = {"demandee_le": au, "canal": canaux[0][0] if canaux else "", **self.initial}


def _nombres(bornes: tuple[int, int], national: int) -> list[tuple[int, str]]:
    return [(n, f"{n} (critères nationaux)" if n == national else str(n)) for n in range(bornes[0], bornes[1] + 1)]


def _valeurs(arrete: ArreteCriteres) -> dict[str, Any]:
    noms = ("reference", "objet", "circonstances", "debut", "avis_le", "signe_le", "prefet", "president", "version")
    return {**{nom: getattr(arrete, nom) for nom in noms}, **arrete.precisions}
