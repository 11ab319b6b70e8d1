"""When a structure leaves its own usual range, and whether structures draw nearer: rules on series of quarters. Pure.

The range is that of individual values and moving ranges (XmR chart: Shewhart; Wheeler, 1992): it compares a structure
with
its own past, whatever the level of the others.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Final

HABITUDE: Final = 8
"""Quarters that make what is usual, before the two that are looked at."""
HABITUDE_MIN: Final = 6
RECENTS: Final = 2
FACTEUR: Final = 2.66
"""Three standard deviations, from the mean moving range of two values (3 / 1.128)."""
TIRAGES: Final = 400


@dataclass(frozen=True, slots=True)
class Habitude:
    """The usual range of a structure, and where its last two quarters stand: ``sens`` +1 above, -1 below, 0 within."""

    centre: float
    bas: float
    haut: float
    sens: int


def habitude(valeurs: Sequence[float | None]) -> Habitude | None:
    """Read a series of quarters, oldest first; ``None``: too few known quarters to say what is usual.

    An alert asks for two quarters in a row outside, on the same side: one alone happens by chance about once in three
    hundred, two in a row almost never.

    >>> usuel = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]  # centre 11, moving range 2: 11 ± 5.32
    >>> h = habitude([*usuel, 17.0, 18.0])
    >>> h.centre, round(h.bas, 2), round(h.haut, 2), h.sens
    (11.0, 5.68, 16.32, 1)
    >>> habitude([*usuel, 17.0, 12.0]).sens, habitude([*usuel, 17.0, 3.0]).sens, habitude(usuel[:7])
    (0, 0, None)
    """
    avant, recents = list(valeurs[:-RECENTS])[-HABITUDE:], valeurs[-RECENTS:]
    connus = [v for v in avant if v is not None]
    if len(connus) < HABITUDE_MIN or len(recents) < RECENTS or any(v is None for v in recents):
        return None
    centre = fmean(connus)
    etendue = fmean(abs(b - a) for a, b in itertools.pairwise(connus))
    bas, haut = centre - FACTEUR * etendue, centre + FACTEUR * etendue
    derniers = [v for v in recents if v is not None]
    sens = 1 if all(v > haut for v in derniers) else -1 if all(v < bas for v in derniers) else 0
    return Habitude(centre, bas, haut, sens)


def ecart_median(valeurs: Sequence[float]) -> float | None:
    """The width of the middle half of structures; ``None`` under four of them.

    >>> ecart_median([3.0, 5.0, 7.0, 9.0, 30.0]), ecart_median([1.0, 2.0, 3.0])
    (4.0, None)
    """
    if len(valeurs) < 4:
        return None
    q = quantiles(valeurs, n=4, method="inclusive")
    return q[2] - q[0]


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """How wide the middle half of structures is now, beside before, with its 95 % interval (structures drawn again)."""

    avant: float
    apres: float
    rapport: float
    bas: float
    haut: float

    @property
    def phrase(self) -> str:
        """Whether they draw nearer: said only when the interval leaves out « no change »."""
        if self.haut < 1:
            return "Les structures se rapprochent"
        if self.bas > 1:
            return "Les structures s'éloignent les unes des autres"
        return "Rien ne permet de dire que les structures se rapprochent ou s'éloignent"


def rapprochement(paires: Sequence[tuple[float, float]], *, graine: int = 94) -> Rapprochement | None:
    """From (before, now) of each structure known at both ends.

    >>> r = rapprochement([(float(x), 10 + (x - 10) / 4) for x in range(1, 21)])
    >>> r.avant, r.apres, r.rapport, r.phrase
    (9.5, 2.375, 0.25, 'Les structures se rapprochent')
    """
    if len(paires) < 8:
        return None
    avant, apres = (ecart_median([p[i] for p in paires]) or 0.0 for i in (0, 1))
    if not avant:
        return None
    hasard = random.Random(graine)  # noqa: S311 - figures drawn again the same way each time
    rapports = []
    for _ in range(TIRAGES):
        tirees = hasard.choices(paires, k=len(paires))
        a, b = (ecart_median([p[i] for p in tirees]) or 0.0 for i in (0, 1))
        if a:
            rapports.append(b / a)
    if len(rapports) < TIRAGES // 2:
        return None
    rapports.sort()
    bas, haut = rapports[int(0.025 * len(rapports))], rapports[int(0.975 * len(rapports))]
    return Rapprochement(avant, apres, apres / avant, bas, haut)
