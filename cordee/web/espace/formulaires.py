"""The few questions asked of a person, in her words, one at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cordee.metier.rendezvous.enums import MomentRappel

MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre")  # fmt: skip


class FormulaireCode(forms.Form):
    """The code copied from a paper letter."""

    code = forms.CharField(
        label="Le code écrit sur votre courrier", max_length=40,
        help_text="Seize lettres ou chiffres. Les tirets et les majuscules ne comptent pas.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "autocomplete": "off",
            "spellcheck": "false",
            "autocapitalize": "characters",
        }


class FormulaireNaissance(forms.Form):
    """Day, month and year apart: no format to guess."""

    jour = forms.IntegerField(label="Jour", min_value=1, max_value=31)
    mois = forms.TypedChoiceField(
        label="Mois", coerce=int, choices=[("", "Choisissez")] + [(str(i), nom) for i, nom in enumerate(MOIS, 1)]
    )
    annee = forms.IntegerField(label="Année", min_value=1900, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, remplissage in (("jour", "bday-day"), ("mois", "bday-month"), ("annee", "bday-year")):
            self.fields[nom].widget.attrs |= {"inputmode": "numeric", "autocomplete": remplissage}

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        if {"jour", "mois", "annee"} <= d.keys():
            try:
                d["naissance"] = date(d["annee"], d["mois"], d["jour"])
            except ValueError:
                self.add_error("jour", "Ce jour n'existe pas dans ce mois.")
        return d


class FormulaireEmpechement(forms.Form):
    """When to call her. Why she cannot come is her own business."""

    moment = forms.ChoiceField(
        label="Quand préférez-vous qu'on vous appelle ?", choices=MomentRappel.choices(), widget=forms.RadioSelect,
        initial=MomentRappel.INDIFFERENT,
    )  # fmt: skip


class FormulaireNumero(forms.Form):
    """The number of her card."""

    numero = forms.CharField(
        label="Votre numéro d'espace", max_length=40,
        help_text="Seize lettres ou chiffres, écrits sur la carte remise par votre référent.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numero"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class FormulaireCodeUnique(forms.Form):
    """The code that comes by message, or from the sheet that was handed over."""

    code = forms.CharField(label="Votre code", max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false"}
