"""Answers in one tap, ready to draw: a group of chips is drawn by one template, far faster than a widget per answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Puce:
    """One answer. ``marque``: where it was already known from, and since when."""

    valeur: str
    libelle: str
    cochee: bool
    marque: str = ""


@dataclass(frozen=True, slots=True)
class Groupe:
    """A question and its answers. ``multiple``: several may be given; ``marque``: source and date of what is shown.
    ``suite``: the end of the question for who does not see the page around it.
    """

    nom: str
    legende: str
    puces: tuple[Puce, ...]
    multiple: bool = False
    aide: str = ""
    marque: str = ""
    erreurs: tuple[str, ...] = ()
    suite: str = ""

    @property
    def type(self) -> str:
        return "checkbox" if self.multiple else "radio"

    @property
    def id(self) -> str:
        return f"id_{self.nom}"

    @property
    def choisies(self) -> int:
        return sum(puce.cochee for puce in self.puces)


def groupe(
    nom: str, legende: str, choix: Iterable[tuple[str, str]], valeur: str | Collection[str], *, multiple: bool = False,
    aide: str = "", marque: str = "", erreurs: Iterable[str] = (), marques: Mapping[str, str] | None = None,
    suite: str = "",
) -> Groupe:  # fmt: skip
    """A group of chips from the choices of a field and what is answered.

    >>> g = groupe("permis", "Permis", [("b", "Permis B"), ("aucun", "Aucun")], ["b"], multiple=True)
    >>> [(p.libelle, p.cochee) for p in g.puces], g.type
    ([('Permis B', True), ('Aucun', False)], 'checkbox')
    """
    cochees = {valeur} if isinstance(valeur, str) else set(valeur)
    puces = tuple(Puce(v, libelle, v in cochees, (marques or {}).get(v, "")) for v, libelle in choix)
    return Groupe(nom, legende, puces, multiple, aide, marque, tuple(erreurs), suite)
