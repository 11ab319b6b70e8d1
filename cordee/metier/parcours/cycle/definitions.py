"""What one line of the life cycle holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.enums import GenreEtape, GenreEvenement


@dataclass(frozen=True, slots=True)
class Escalade:
    """Who is warned when an étape is late, and how many days after its date."""

    unite: Unite
    apres_jours: int


@dataclass(frozen=True, slots=True)
class DefinitionEtape:
    """One kind of étape principale.

    ``regle``: name of the deadline. ``regle_affichee``: a legal clock shown beside an internal date (E06, E08).
    ``clot_par``: events that close it; never a bare "fait". ``suites``: legal next kinds (``None``: none needed).
    """

    unites: tuple[Unite, ...]
    regle: str
    escalade: Escalade
    clot_par: frozenset[GenreEvenement]
    suites: frozenset[GenreEtape | None]
    regle_affichee: str = ""
    externe: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionEcheance:
    """One kind of parallel duty."""

    unites: tuple[Unite, ...]
    regle: str
    escalade: Escalade
    clot_par: frozenset[GenreEvenement]
    bloque: tuple[str, ...] = field(default=())
