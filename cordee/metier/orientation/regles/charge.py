"""How a caseload is shared out when its référent leaves (R56). Loads are weights, not headcounts (R18): see
``orientation.affectation.bareme``; the weekly allocation of new people is exact (``orientation.affectation``), this one
keeps to one team and says at once who would get whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AConfier:
    """Somebody to entrust: her weight in hundredths, her household (a couple stays together), who knew her before."""

    personne: int
    poids: int
    foyer: int | None = None
    anciens: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A référent who may receive: her load today, and the load beyond which she is saturated."""

    agent: int
    charge: int
    cible: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who would get whom, and why. ``au_dela``: nobody has room left; she is given to the least loaded all the same,
    for the head to see: nobody is left without an owner.
    """

    personne: int
    agent: int
    raison: str
    au_dela: bool = False


def repartir(personnes: Iterable[AConfier], places: Sequence[Place]) -> list[Attribution]:
    """Share people out among référents: households together, who knew her first, then the least loaded for her time.

    Deterministic: the same people and places give the same answer. Nothing without a place to receive.

    >>> places = [Place(7, 9000, 10000), Place(8, 4000, 5000)]
    >>> [(a.personne, a.agent) for a in repartir([AConfier(1, 100), AConfier(2, 100, anciens=frozenset({7}))], places)]
    [(1, 8), (2, 7)]
    """
    if not places:
        return []
    charges = {p.agent: p.charge for p in places}
    cibles = {p.agent: max(p.cible, 1) for p in places}
    attributions: list[Attribution] = []
    for groupe in _par_foyer(personnes):
        poids = sum(p.poids for p in groupe)
        connus = sorted(
            (a for p in groupe for a in p.anciens if a in charges and charges[a] + poids <= cibles[a]),
            key=lambda a: (charges[a] / cibles[a], a),
        )
        agent = connus[0] if connus else min(charges, key=lambda a: ((charges[a] + poids) / cibles[a], a))
        charges[agent] += poids
        au_dela = charges[agent] > cibles[agent]
        raison = "l'a déjà accompagnée" if connus else "a le plus de place"
        if au_dela:
            raison = "au-delà de la charge visée"
        if len(groupe) > 1:
            raison += ", avec son foyer"
        attributions += [Attribution(p.personne, agent, raison, au_dela) for p in groupe]
    return attributions


def _par_foyer(personnes: Iterable[AConfier]) -> list[list[AConfier]]:
    """Households together; the heaviest first, then those whom somebody knew, then by id."""
    groupes: dict[tuple[str, int], list[AConfier]] = {}
    for p in sorted(personnes, key=lambda p: p.personne):
        groupes.setdefault(("foyer", p.foyer) if p.foyer is not None else ("seule", p.personne), []).append(p)
    return sorted(groupes.values(), key=lambda g: (-sum(p.poids for p in g), g[0].personne))
