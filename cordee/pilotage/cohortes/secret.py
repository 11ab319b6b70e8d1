"""Small numbers in curves, matrices and shares (V9). Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from cordee.pilotage.secret import SEUIL_INTERNE, a_cacher

C = TypeVar("C", bound=Hashable)
L = TypeVar("L", bound=Hashable)


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


def matrice(cellules: Mapping[tuple[L, L], int], seuil: int = SEUIL_INTERNE) -> dict[tuple[L, L], int | None]:
    """A table whose margins are shown: no hidden cell comes back from a row or a column."""
    lignes = sorted({a for a, _ in cellules}, key=str)
    colonnes = sorted({b for _, b in cellules}, key=str)
    nombres: dict[Hashable, int] = {}
    nombres.update((cle, n) for cle, n in cellules.items())
    groupes: list[tuple[Hashable, Sequence[Hashable]]] = []
    for a in lignes:
        parties = [(a, b) for b in colonnes if (a, b) in cellules]
        nombres["ligne", a, ""] = sum(cellules[c] for c in parties)
        groupes.append((("ligne", a, ""), parties))
    for b in colonnes:
        parties = [(a, b) for a in lignes if (a, b) in cellules]
        nombres["colonne", b, ""] = sum(cellules[c] for c in parties)
        groupes.append((("colonne", b, ""), parties))
    caches = a_cacher(nombres, groupes, seuil=seuil)
    return {cle: None if cle in caches else n for cle, n in cellules.items()}
