"""Hours as people type them: « 7,5 », « 7h30 » or « 7.5 » all mean the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cordee.metier.contrats.enums import FamilleActivite, PieceVue, SourceHeures
from cordee.metier.contrats.regles.heures import lundi

_HORAIRE = re.compile(r"^(\d{1,2})\s*h\s*(\d{1,2})?$", re.IGNORECASE)


def lire_heures(texte: str) -> Decimal | None:
    """Hours from what was typed, to the half hour; ``None`` when nothing was.

    >>> lire_heures("7h30"), lire_heures("7,5"), lire_heures(" 3 h "), lire_heures("")
    (Decimal('7.5'), Decimal('7.5'), Decimal('3'), None)

    Raises:
        ValidationError: it cannot be read as hours.
    """
    saisi = texte.strip()
    if not saisi:
        return None
    if m := _HORAIRE.match(saisi):
        return Decimal(m[1]) + (Decimal(m[2] or 0) / 60 * 2).to_integral_value() / 2
    try:
        heures = Decimal(saisi.replace(",", "."))
    except InvalidOperation:
        heures = Decimal("NaN")
    if not heures.is_finite() or heures.adjusted() > 3:
        raise ValidationError("Écrivez un nombre d'heures, par exemple 7,5 ou 7h30.")
    return (heures * 2).to_integral_value() / 2


def ecrire_heures(heures: Decimal | None) -> str:
    """
    >>> ecrire_heures(Decimal("7.5")), ecrire_heures(Decimal("10.0")), ecrire_heures(None)
    ('7,5', '10', '')
    """
    return "" if heures is None else f"{heures.normalize():f}".replace(".", ",")


DITES = (
    (str(SourceHeures.DECLAREE), "La personne le dit : je le saisis pour elle"),
    (str(SourceHeures.PRESENTE), "Nous l'avons constaté"),
    (str(SourceHeures.VERIFIEE), "J'ai vu un document"),
)


class ChampHeures(forms.CharField):
    """A box of hours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=8, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "form-control case-heures"}

    def clean(self, value: Any) -> Decimal | None:
        return lire_heures(super().clean(value) or "")


class SaisieSemaine(forms.Form):
    """One person's week, by an agent. A family left empty is not touched; nought takes back."""

    source = forms.ChoiceField(label="D'où viennent ces heures", choices=DITES,
                               widget=forms.RadioSelect, initial=str(SourceHeures.DECLAREE))  # fmt: skip
    piece_vue = forms.ChoiceField(
        label="Document vu", required=False, choices=[("", "Choisir"), *PieceVue.choices()],
        help_text="Il est regardé, pas gardé. Jamais de document médical.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for famille in FamilleActivite:
            self.fields[f"h_{famille}"] = ChampHeures(label=famille.libelle)

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        if d.get("source") == SourceHeures.VERIFIEE and not d.get("piece_vue"):
            self.add_error("piece_vue", "Dites quel document vous avez vu.")
        return d

    @property
    def heures(self) -> dict[FamilleActivite, Decimal]:
        lues = {f: self.cleaned_data.get(f"h_{f}") for f in FamilleActivite}
        return {f: h for f, h in lues.items() if h is not None}


def semaine_demandee(valeur: str, au: date, *, defaut: int = 1) -> date:
    """The Monday of the address; by default the last whole week (``defaut`` weeks ago)."""
    try:
        lue = lundi(date.fromisoformat(valeur))
    except ValueError:
        lue = lundi(au).fromordinal(lundi(au).toordinal() - 7 * defaut)
    return min(lue, lundi(au))
