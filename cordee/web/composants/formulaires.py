"""What forms have in common: those of an act (lines, choices, one service), those that filter a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms


class FormulaireRange(forms.Form):
    """A form of one act. ``cote_a_cote``: fields that stand on one line; ``paires``: the same, found when it is made.

    No field may be called ``elements`` or ``action``: it would hide that property of the form from scripts.
    """

    cote_a_cote: ClassVar[tuple[tuple[str, ...], ...]] = ()
    paires: tuple[tuple[str, ...], ...] = ()

    def preparer(self) -> None:
        """Choices and first values, from the person or the file."""

    def empechement(self) -> str:
        """Why the act cannot be done now, in plain French: shown instead of the form."""
        return ""

    def executer(self) -> str:
        """Call the service. Returns the sentence of success."""
        raise NotImplementedError

    @property
    def rangees(self) -> list[list[forms.BoundField]]:
        """The visible fields, those that go together on one line."""
        groupes = {nom: groupe for groupe in (*self.cote_a_cote, *self.paires) for nom in groupe}
        rangees: list[list[forms.BoundField]] = []
        vus: set[str] = set()
        for champ in self.visible_fields():
            if champ.name not in vus:
                noms = [nom for nom in groupes.get(champ.name, (champ.name,)) if nom in self.fields]
                rangees.append([self[nom] for nom in noms])
                vus.update(noms)
        return rangees

    def choisir(self, champ: str, choix: Iterable[tuple[Any, str]], *, vide: str | None = None) -> None:
        """Give a field its choices."""
        debut = [] if vide is None else [("", vide)]
        self.fields[champ].choices = [*debut, *((str(v), t) for v, t in choix)]  # type: ignore[attr-defined]


class FormulaireFiltres(forms.Form):
    """The filters of a list, as the address keeps them. Values that cannot be read are as if they were absent."""

    @property
    def lus(self) -> dict[str, Any]:
        """What may be used."""
        self.is_valid()
        return {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}
