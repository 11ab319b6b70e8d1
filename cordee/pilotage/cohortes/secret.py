"""Small numbers in curves, matrices and shares (V9). Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from cordee.pilotage.secret import SEUIL_INTERNE, a_cacher

C = TypeVar("C", bound=Hashable)


def paliers(evenements: Sequence[int], seuil: int = SEUIL_INTERNE) -> list[int]:
    """For each month, the month whose value may be shown: a curve moves only once enough events have happened.

    Otherwise each step of a curve would tell the month at which one or two people left.

    >>> paliers([0, 6, 2, 2, 1, 0, 3])
    [0, 1, 1, 1, 4, 5, 5]
    """
    montre, depuis, retenus = 0, 0, []
    for mois, nombre in enumerate(evenements):
        depuis += nombre
        if depuis == 0 or depuis >= seuil:
            montre, depuis = mois, 0
        retenus.append(montre)
    return retenus


def part(effectifs: Mapping[C, int], seuil: int = SEUIL_INTERNE) -> dict[C, int | None]:
    """The parts of one whole that is shown: the small ones hidden, others with them where a difference would tell."""
    total = "total de la répartition"
    nombres: dict[Hashable, int] = {total: sum(effectifs.values())}
    nombres.update((cle, n) for cle, n in effectifs.items())
    caches = a_cacher(nombres, [(total, list(effectifs))], seuil=seuil)
    if total in caches:
        return dict.fromkeys(effectifs)
    return {cle: None if cle in caches else n for cle, n in effectifs.items()}


def arrondi(n: int, base: int = SEUIL_INTERNE) -> int:
    """A number of a table of moves, to the nearest five: no margin minus its neighbours tells of one or two people.

    Hiding cells instead would hide with each small one the largest of its row and of its column.

    >>> [arrondi(n) for n in (0, 2, 3, 7, 8, 1002)]
    [0, 0, 5, 5, 10, 1000]
    """
    return base * ((n + base // 2) // base)


def regrouper(effectifs: Mapping[C, int], dans: C, seuil: int = SEUIL_INTERNE) -> frozenset[C]:
    """The rare ones, to be counted together with ``dans``: as many as needed for nobody to be alone there.

    >>> sorted(regrouper({"emploi": 40, "deces": 2, "autre": 1, "depart": 9}, "autre"))
    ['autre', 'deces', 'depart']
    >>> sorted(regrouper({"emploi": 40, "deces": 0, "autre": 12}, "autre"))
    []
    """
    rares = {c for c, n in effectifs.items() if 0 < n < seuil}
    if not rares:
        return frozenset()
    reunis = {*rares, dans}
    for c in sorted((c for c in effectifs if c not in reunis and effectifs[c]), key=lambda c: (effectifs[c], str(c))):
        if sum(effectifs.get(x, 0) for x in reunis) >= seuil:
            break
        reunis.add(c)
    return frozenset(reunis)
