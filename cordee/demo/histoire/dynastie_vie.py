"""One household in time: the date of the next change is drawn, never each month for everybody.

Time ``t`` is counted in months from the first photo (``t = 0``); what happens in ``]k - 1, k]`` shows in photo ``k``.
Changes of the same month are told by one photo, as payers do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heappop, heappush
from math import ceil
from random import Random
from typing import Any, Final

from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_depart import Depart, Lieux
from cordee.demo.histoire.modele import Trajectoire, Tranche
from cordee.demo.modele import Menage

Acte = Callable[["Foyer", float, Any], None]
_MOIS: Final = 30.44
_RELECTURE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Suite:
    """A household that comes out of another: it starts in photo ``k``."""

    k: int
    menage: Menage
    rapide: bool
    traits: dict[int, float]
    entrant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Monde:
    """What every household lives in. ``photos[k]``: the last day of month ``k``; nothing is lived after ``horizon``.

    Photos go on after the horizon: what is drawn does not depend on when the history stops.
    """

    photos: tuple[date, ...]
    horizon: int
    lieux: Lieux
    effet: float = taux.EFFET
    deplacement: float = 0.0

    def mois(self, jour: date) -> float:
        """``t`` of a day, the other way round (about)."""
        return (jour - self.photos[0]).days / _MOIS

    def mois_de(self, t: float) -> date:
        """The photo that shows what happens at ``t``."""
        return self.photos[ceil(t)]

    def jour(self, t: float) -> date:
        """The day of ``t``."""
        k = max(ceil(t), 1)
        avant, apres = self.photos[k - 1], self.photos[k]
        return avant + timedelta(days=max(1, min(int((t - k + 1) * (apres - avant).days) + 1, (apres - avant).days)))


class Foyer:
    """A household being lived. ``m``: as its payer knows it now."""

    __slots__ = (
        "alea", "ferme", "freine", "garanti", "k", "m", "minuteurs", "monde", "presences", "rang", "rapide",
        "sequence", "seul_au_depart", "suites", "traits",
    )  # fmt: skip

    def __init__(self, depart: Depart, k: int, monde: Monde, alea: Random) -> None:
        self.m, self.rapide, self.traits = depart.menage, depart.rapide, dict(depart.traits)
        self.alea, self.monde, self.k = alea, monde, k
        self.ferme: int | None = None
        self.presences: list[tuple[int, Menage]] = [(k, self.m)]
        self.minuteurs: list[tuple[float, int, Acte, Any]] = []
        self.sequence = 0
        self.suites: list[Suite] = []
        self.garanti: dict[int, float] = {}
        self.freine: dict[int, float] = {}
        self.seul_au_depart = len(self.m.adultes) == 1
        self.rang = max([e.ordre % 10 for e in self.m.enfants if e.ordre // 10 == self.m.numero], default=1)

    def poser(self, t: float, menage: Menage) -> None:
        """The household becomes this one at ``t``."""
        self.m = menage
        k = max(ceil(t), self.k)
        if self.presences[-1][0] == k:
            self.presences[-1] = (k, menage)
        else:
            self.presences.append((k, menage))

    def fermer(self, t: float) -> None:
        """The photo of ``t`` is the last that shows it."""
        self.ferme = max(ceil(t), self.k)
        self.presences = [(k, menage) for k, menage in self.presences if k <= self.ferme]

    def minuter(self, t: float, acte: Acte, quoi: Any = None) -> None:
        """Something will happen at ``t``."""
        self.sequence += 1
        heappush(self.minuteurs, (t, self.sequence, acte, quoi))

    def trajectoire(self) -> Trajectoire:
        photos = self.monde.photos
        tranches: list[Tranche] = []
        for k, menage in self.presences:
            if not tranches or tranches[-1].menage != menage:
                tranches.append(Tranche(reference=photos[k], menage=menage))
        derniere = None if self.ferme is None else photos[self.ferme]
        return Trajectoire(tranches=tuple(tranches), derniere=derniere, employabilite=self.traits)


def vivre(foyer: Foyer, risques: Callable[[Foyer, float], list[tuple[float, Acte, Any]]]) -> None:
    """Let the household live to its end or to the horizon: chance and appointed days, whichever comes first."""
    t, horizon, alea = float(foyer.k), foyer.monde.horizon, foyer.alea
    while foyer.ferme is None:
        possibles = risques(foyer, t)
        total = sum(r for r, _, _ in possibles)
        prochain = t + (alea.expovariate(total) if total > 0 else 1e9)
        if foyer.minuteurs and foyer.minuteurs[0][0] <= min(prochain, t + _RELECTURE):
            quand, _, acte, quoi = heappop(foyer.minuteurs)
            t = max(t, quand)
            if t > horizon:
                return
            acte(foyer, t, quoi)
            continue
        if prochain > t + _RELECTURE:  # chances change with age and time: read them again, nothing happened until then
            t += _RELECTURE
            if t > horizon:
                return
            continue
        t = prochain
        if t > horizon:
            return
        sort = alea.random() * total
        for risque, acte, quoi in possibles:
            sort -= risque
            if sort < 0:
                acte(foyer, t, quoi)
                break


def au_mois_suivant(t: float) -> float:
    """Just after the photo that follows ``t``: the next one shows it."""
    return ceil(t) + 1e-6


def sans_arrivee(menage: Menage) -> Menage:
    """The payer it came from is told in its first photo only."""
    return replace(menage, cedant="")
