"""What the makers of the history hand to one another: households in time, what files say of people, lives.

A *photo* is what a monthly file shows: the last day of a month. It is received on the 6th of the next month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Protocol

from cordee.demo.modele import Individu, Menage
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.regles import Fait, Ligne, Situation

PREMIERE_PHOTO: Final = date(2021, 12, 31)
"""The stock is drawn on this day, on the published figures; what was before is told by dates (requests, entries)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """What the payer says of a household from a photo on, until the next tranche."""

    reference: date
    menage: Menage


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectoire:
    """A household under one request number, from its first photo to its last.

    ``tranches``: in order of dates, each different from the one before. ``derniere``: the last photo that shows it
    (``None``: it is still sent). ``employabilite``: 0 to 1 for each adult (``Individu.ordre``), what the simulator
    knows of her chances of a job and nobody else does: selection into intensive support leans on it.
    """

    tranches: tuple[Tranche, ...]
    derniere: date | None = None
    employabilite: Mapping[int, float] = field(default_factory=dict)

    def au(self, reference: date) -> Menage | None:
        """The household as the photo of that day shows it, if it does."""
        if self.derniere is not None and reference > self.derniere:
            return None
        vue = None
        for tranche in self.tranches:
            if tranche.reference > reference:
                break
            vue = tranche.menage
        return vue


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitDeFichier:
    """What the file of a photo tells of the path of one adult: what ``echanges.caf.differences`` would say of it.

    ``donnees``: what the life cycle needs, ids of structures included (the sector of the address on that day).
    ``menage``: the household that says it. ``sous_reserve``: said only if an agent's act has changed where she stands
    (an absence checked and closed, a flag settled…); without such an act the file says nothing of it.
    """

    genre: GenreEvenement
    reference: date
    recu_le: datetime
    menage: Menage
    donnees: dict[str, Any]
    sous_reserve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdulteHistoire:
    """One adult, whatever the households she went through.

    ``individu``: as last known. ``photos``: (first photo, household, herself in it), in order, a change at a time;
    ``faits``: what files told of her, in order.
    """

    personne_id: int
    individu: Individu
    employabilite: float
    photos: tuple[tuple[date, Menage, Individu], ...]
    faits: tuple[FaitDeFichier, ...]

    def au(self, jour: date) -> tuple[Menage, Individu] | None:
        """Her household and herself as the last photo before that day shows them."""
        vus = None
        for reference, menage, individu in self.photos:
            if reference > jour:
                break
            vus = (menage, individu)
        return vus


class Numeros(Protocol):
    """Ids drawn beforehand, table by table, so that rows refer to one another before they are written."""

    def suivant(self, table: str) -> int:
        """The next id of a table (``"parcours_evenement"``, ``"contrats_contrat"``…)."""
        ...


@dataclass(slots=True)
class EvenementVecu:
    """An event as it will be stored. ``fait.id`` is its id."""

    fait: Fait
    enregistre_le: datetime
    par_id: int
    objet_type: str = ""
    objet_id: int | None = None


@dataclass(slots=True)
class VieVecue:
    """A life: its events in order, where the engine says that it stands, and the rows that agents left.

    ``objets``: table → rows, each a mapping of columns (ids included); columns left out take the default the table's
    writer gives them.
    """

    personne_id: int
    evenements: list[EvenementVecu]
    situation: Situation
    lignes: list[Ligne]
    objets: dict[str, list[dict[str, Any]]]
