"""Quorum of the équipe: what the règlement asks, what the replies promise, what the presences give (R21).

A college holds seats. A titular or any substitute of the same college fills one; two people never sit on one seat, and
a college is never worth more than its seats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

CENT = 100


class Perspective(StrEnum):
    """What may be expected of a session."""

    ACQUIS = "acquis"
    POSSIBLE = "possible"
    COMPROMIS = "compromis"


@dataclass(frozen=True, slots=True)
class RegleQuorum:
    """Seats by college, share of them that must be filled (percent), colleges without which nothing is decided."""

    sieges: Mapping[str, int]
    pour_cent: int
    colleges_requis: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.sieges.values())

    @property
    def requis(self) -> int:
        """Seats to fill: the share, rounded up.

        >>> RegleQuorum({"departement": 3, "emploi": 4}, 50).requis
        4
        """
        return -(-self.total * self.pour_cent // CENT)


@dataclass(frozen=True, slots=True)
class Reponse:
    """What one member said of one session: ``vient`` is null as long as she has not answered."""

    college: str
    titulaire: bool
    vient: bool | None
    invite: bool = True


@dataclass(frozen=True, slots=True)
class CollegePrevu:
    """One college of a forecast: seats, those surely filled, those that may still be."""

    college: str
    sieges: int
    acquis: int
    possibles: int
    suppleants_a_inviter: int


@dataclass(frozen=True, slots=True)
class Prevision:
    """The forecast of a session."""

    colleges: tuple[CollegePrevu, ...]
    requis: int
    acquis: int
    possibles: int
    perspective: Perspective
    colleges_absents: tuple[str, ...]

    @property
    def manque(self) -> int:
        """Seats still to be made sure of."""
        return max(0, self.requis - self.acquis)


def prevoir(regle: RegleQuorum, reponses: Iterable[Reponse]) -> Prevision:
    """What the replies received so far promise.

    ``ACQUIS``: reached with those who said yes. ``POSSIBLE``: reached if those invited who have not answered come.
    ``COMPROMIS``: not even then: substitutes are to be called, or the session moved.

    >>> regle = RegleQuorum({"departement": 2, "beneficiaires": 1}, 50, frozenset({"beneficiaires"}))
    >>> dit = [Reponse("departement", True, True), Reponse("departement", True, True),
    ...        Reponse("beneficiaires", True, False), Reponse("beneficiaires", False, None, invite=False)]
    >>> p = prevoir(regle, dit)
    >>> p.perspective.value, p.acquis, p.colleges_absents, p.colleges[1].suppleants_a_inviter
    ('compromis', 2, ('beneficiaires',), 1)
    """
    dites = list(reponses)
    colleges = tuple(
        _college(nom, sieges, [r for r in dites if r.college == nom]) for nom, sieges in regle.sieges.items()
    )
    acquis, possibles = sum(c.acquis for c in colleges), sum(c.possibles for c in colleges)
    sans = {c.college for c in colleges if not c.acquis} & regle.colleges_requis
    sans_espoir = {c.college for c in colleges if not c.possibles} & regle.colleges_requis
    if acquis >= regle.requis and not sans:
        perspective = Perspective.ACQUIS
    elif possibles >= regle.requis and not sans_espoir:
        perspective = Perspective.POSSIBLE
    else:
        perspective = Perspective.COMPROMIS
    return Prevision(colleges, regle.requis, acquis, possibles, perspective, tuple(sorted(sans)))


def _college(nom: str, sieges: int, reponses: list[Reponse]) -> CollegePrevu:
    viennent = sum(r.vient is True for r in reponses)
    attendus = sum(r.vient is None and r.invite for r in reponses)
    acquis, possibles = min(sieges, viennent), min(sieges, viennent + attendus)
    en_reserve = sum(r.vient is None and not r.invite for r in reponses)
    return CollegePrevu(nom, sieges, acquis, possibles, min(sieges - acquis, en_reserve))


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the room."""

    membre: int
    college: str
    titulaire: bool


def voix(
    regle: RegleQuorum, presents: Iterable[Present], *, retires: Collection[int] = ()
) -> dict[str, tuple[int, ...]]:
    """Who votes, college by college: titulars first, then substitutes, within the seats; those withdrawn do not.

    >>> regle = RegleQuorum({"departement": 1}, 50)
    >>> voix(regle, [Present(2, "departement", False), Present(1, "departement", True)])
    {'departement': (1,)}
    >>> voix(regle, [Present(2, "departement", False), Present(1, "departement", True)], retires={1})
    {'departement': (2,)}
    """
    gens = sorted((p for p in presents if p.membre not in retires), key=lambda p: (not p.titulaire, p.membre))
    return {nom: tuple(p.membre for p in gens if p.college == nom)[:sieges] for nom, sieges in regle.sieges.items()}


@dataclass(frozen=True, slots=True)
class Constat:
    """The quorum as it stands in the room: seats filled, seats required, colleges that are missing."""

    presents: int
    requis: int
    colleges_absents: tuple[str, ...]

    @property
    def atteint(self) -> bool:
        return self.presents >= self.requis and not self.colleges_absents


def constater(regle: RegleQuorum, presents: Iterable[Present], *, retires: Collection[int] = ()) -> Constat:
    """Live quorum of a session, or of one file once those who withdraw have left the table.

    >>> regle = RegleQuorum({"departement": 2, "beneficiaires": 1}, 50, frozenset({"beneficiaires"}))
    >>> gens = [Present(1, "departement", True), Present(2, "beneficiaires", True)]
    >>> constater(regle, gens).atteint, constater(regle, gens, retires={2}).colleges_absents
    (True, ('beneficiaires',))
    """
    votants = voix(regle, presents, retires=retires)
    absents = tuple(sorted(nom for nom in regle.colleges_requis if not votants.get(nom)))
    return Constat(sum(len(qui) for qui in votants.values()), regle.requis, absents)
