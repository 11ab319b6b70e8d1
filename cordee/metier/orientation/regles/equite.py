"""Rates told with their uncertainty, and how a group's rate compares with everybody else's. Pure.

A gap between groups is a question, not a proof: the groups do not have the same situations. What may be concluded is
written on the page that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

Z_95: Final = 1.959964
QUATRE_CINQUIEMES: Final = 0.8
"""Usual bound under which a selection-rate ratio asks to be looked at (and its inverse, above)."""


@dataclass(frozen=True, slots=True)
class Taux:
    """``n`` out of ``sur``, with Wilson's interval at 95 %. ``sur`` 0: nothing is known, not nought.

    >>> t = Taux(45, 60)
    >>> t.part, round(t.bas, 3), round(t.haut, 3)
    (0.75, 0.628, 0.842)
    >>> Taux(0, 0).part is None, Taux(0, 10).bas, round(Taux(0, 10).haut, 3)
    (True, 0.0, 0.278)
    """

    n: int
    sur: int

    @property
    def part(self) -> float | None:
        return self.n / self.sur if self.sur else None

    @property
    def bas(self) -> float:
        return wilson(self.n, self.sur)[0]

    @property
    def haut(self) -> float:
        return wilson(self.n, self.sur)[1]


def wilson(n: int, sur: int) -> tuple[float, float]:
    """Wilson's interval at 95 % of a proportion; the whole of [0, 1] when nobody was counted.

    >>> [round(b, 4) for b in wilson(10, 10)], wilson(0, 0)
    ([0.7225, 1.0], (0.0, 1.0))
    """
    if not 0 <= n <= sur:
        raise ValueError(f"{n} out of {sur}")
    if not sur:
        return 0.0, 1.0
    part, z2 = n / sur, Z_95**2
    centre = (part + z2 / (2 * sur)) / (1 + z2 / sur)
    demi = Z_95 * sqrt(part * (1 - part) / sur + z2 / (4 * sur**2)) / (1 + z2 / sur)
    return (0.0 if n == 0 else max(0.0, centre - demi)), (1.0 if n == sur else min(1.0, centre + demi))


@dataclass(frozen=True, slots=True)
class Rapport:
    """The rate of a group divided by that of all the others of its dimension, with its interval at 95 % (logarithm)."""

    valeur: float
    bas: float
    haut: float

    @property
    def net(self) -> bool:
        """Whether the interval leaves out equality."""
        return self.bas > 1 or self.haut < 1

    @property
    def a_regarder(self) -> bool:
        """Whether it is both clear and outside four fifths: to be looked at, not yet explained."""
        return self.net and not QUATRE_CINQUIEMES <= self.valeur <= 1 / QUATRE_CINQUIEMES


def rapport(groupe: Taux, autres: Taux) -> Rapport | None:
    """Selection-rate ratio; ``None`` when one side is empty or has no case at all.

    >>> r = rapport(Taux(30, 100), Taux(60, 100))
    >>> round(r.valeur, 2), round(r.bas, 2), round(r.haut, 2), r.net, r.a_regarder
    (0.5, 0.36, 0.7, True, True)
    >>> rapport(Taux(0, 10), Taux(5, 10)) is None
    True
    """
    if not (groupe.n and autres.n):
        return None
    valeur = (groupe.n / groupe.sur) / (autres.n / autres.sur)
    ecart = Z_95 * sqrt(max(0.0, 1 / groupe.n - 1 / groupe.sur + 1 / autres.n - 1 / autres.sur))
    return Rapport(valeur, exp(log(valeur) - ecart), exp(log(valeur) + ecart))
