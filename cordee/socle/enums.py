"""The base of every closed list: a stored value, the words people read, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class EnumLibelle(StrEnum):
    """A ``StrEnum`` whose members carry a French label and a description.

    Stored values are ``lower_snake`` ASCII: they outlive any wording. Pure Python, so that rules can use it
    without pulling Django in.

    >>> class Voie(EnumLibelle):
    ...     EMPLOI = "emploi", "Emploi", "Accompagnement vers l'emploi"
    ...     SOCIAL = "social", "Social"
    >>> Voie.EMPLOI, Voie("social").libelle, Voie.EMPLOI.description
    (<Voie.EMPLOI: 'emploi'>, 'Social', "Accompagnement vers l'emploi")
    >>> Voie.choices()
    [('emploi', 'Emploi'), ('social', 'Social')]
    """

    libelle: str
    description: str

    def __new__(cls, valeur: str, libelle: str = "", description: str = "") -> Self:
        # ``libelle`` has a default only so that type checkers accept ``Voie("emploi")``.
        if not libelle:
            raise TypeError(f"{cls.__name__}: {valeur!r} has no label")
        membre = str.__new__(cls, valeur)
        membre._value_ = valeur
        membre.libelle = libelle
        membre.description = description
        return membre

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs (stored value, label) in order of declaration, as Django's forms and fields want them."""
        return [(membre.value, membre.libelle) for membre in cls]
