"""How many more people than places: from the no-show rate observed, under a ceiling set by the manager (R4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, floor

MINIMUM_OBSERVE = 30
"""Below this number of meetings observed, a rate says nothing: no overbooking."""
RISQUE_ADMIS = 0.10
"""Chance, at most, that more people come in a day than there are places for: nobody should be sent back."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Meetings of a structure and a kind over a window: who came, who did not (excused beforehand not counted)."""

    venues: int
    absences: int

    @property
    def total(self) -> int:
        return self.venues + self.absences

    @property
    def taux(self) -> float:
        """Share of no-shows; 0 when nothing was observed.

        >>> Observation(venues=60, absences=40).taux
        0.4
        """
        return self.absences / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Surplus:
    """People to invite beyond the places of a day, and why."""

    nombre: int
    raison: str


def surplus_admis(places: int, observation: Observation, *, plafond: int) -> Surplus:
    """The largest surplus for a day of ``places`` such that all three hold: enough meetings observed, at most
    ``plafond`` % of the places, and at most one chance in ten that more people come than there are places.

    Args:
        plafond: percentage of the places, set by the manager (0: no overbooking).

    >>> surplus_admis(12, Observation(60, 40), plafond=30)
    Surplus(nombre=3, raison='40 % d’absences sur 100 rendez-vous : 3 personnes de plus pour 12 places (plafond 30 %)')
    >>> surplus_admis(12, Observation(9, 6), plafond=30).raison
    'Moins de 30 rendez-vous observés : pas de surréservation'
    >>> surplus_admis(12, Observation(95, 5), plafond=30).nombre
    0
    """
    if plafond <= 0:
        return Surplus(0, "Plafond à zéro : pas de surréservation")
    if observation.total < MINIMUM_OBSERVE:
        return Surplus(0, f"Moins de {MINIMUM_OBSERVE} rendez-vous observés : pas de surréservation")
    presence = 1 - observation.taux
    nombre = 0
    for essai in range(1, floor(places * plafond / 100) + 1):
        if _risque(places, essai, presence) > RISQUE_ADMIS:
            break
        nombre = essai
    constat = f"{round(100 * observation.taux)} % d’absences sur {observation.total} rendez-vous"
    if not nombre:
        return Surplus(0, f"{constat} : trop de risque de recevoir plus de monde que de places")
    de_plus = f"{nombre} {'personnes' if nombre > 1 else 'personne'} de plus"
    return Surplus(nombre, f"{constat} : {de_plus} pour {places} places (plafond {plafond} %)")


def etaler(places: Sequence[int], surplus: int) -> list[int]:
    """Spread a day's surplus over its slots, the largest first, then evenly from the middle of the day: early and late
    hours are those that cannot be caught up.

    >>> etaler([1, 1, 1, 1], 2)
    [0, 1, 1, 0]
    >>> etaler([12, 2], 3)
    [3, 0]
    """
    donnes = [0] * len(places)
    milieu = (len(places) - 1) / 2
    for _ in range(surplus):
        rang = min(
            range(len(places)),
            key=lambda i: ((donnes[i] + 1) / places[i], abs(i - milieu), i),
        )
        donnes[rang] += 1
    return donnes


def _risque(places: int, surplus: int, presence: float) -> float:
    """Chance that more than ``places`` people come out of ``places + surplus``, each coming with this probability."""
    invites = places + surplus
    return sum(
        comb(invites, venus) * presence**venus * (1 - presence) ** (invites - venus)
        for venus in range(places + 1, invites + 1)
    )
