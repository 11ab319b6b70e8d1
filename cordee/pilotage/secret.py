"""Small numbers: what must not be shown so that nobody is recognised, directly or by difference (V9). Pure.

A cell is a number of people. It is hidden when it is between one and the threshold; then others are hidden with it, so
that no total minus what is shown gives it back. A part that nobody publishes (those without a known commune) hides too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from cordee.pilotage.enums import Secret

SEUIL_INTERNE: Final = 5
SEUIL_PUBLICATION: Final = 11
C = TypeVar("C", bound=Hashable)


def petit(n: float | None, seuil: int) -> bool:
    """Whether a number of people is too small to be shown. Nobody at all is not somebody.

    >>> [petit(n, 5) for n in (0, 1, 4, 5, None)]
    [False, True, True, False, False]
    """
    return n is not None and 0 < n < seuil


def a_cacher(
    effectifs: Mapping[C, int], groupes: Iterable[tuple[C, Sequence[C]]], *, seuil: int, d_office: Iterable[C] = ()
) -> dict[C, Secret]:
    """The cells to hide, each with why.

    Args:
        effectifs: number of people of each cell.
        groupes: (a total, its parts): a département and its communes, a whole and its halves. The parts may leave out
            people: what is left out is a part nobody sees.
        d_office: cells to hide whatever their number (already hidden elsewhere).

    >>> communes = {"94": 1000, "94028": 900, "94056": 4, "94053": 96}
    >>> a_cacher(communes, [("94", ["94028", "94056", "94053"])], seuil=5)
    {'94056': <Secret.PETIT_NOMBRE: 'petit_nombre'>, '94053': <Secret.COMPLEMENTAIRE: 'complementaire'>}
    """
    caches = {c: Secret.PETIT_NOMBRE for c, n in effectifs.items() if petit(n, seuil)}
    for cellule in d_office:
        if cellule in effectifs:
            caches.setdefault(cellule, Secret.COMPLEMENTAIRE)
    familles = [(tout, [p for p in parties if p in effectifs]) for tout, parties in groupes if tout in effectifs]
    dans: dict[C, list[int]] = defaultdict(list)
    for rang, (tout, parties) in enumerate(familles):
        for cellule in (tout, *parties):
            dans[cellule].append(rang)
    a_voir = list(range(len(familles)))
    while a_voir:
        rang = a_voir.pop()
        while (nouvelle := _a_ajouter(effectifs, familles[rang], caches, seuil)) is not None:
            caches[nouvelle[0]] = Secret.COMPLEMENTAIRE
            a_voir += [autre for autre in dans[nouvelle[0]] if autre != rang]
    return caches


def _a_ajouter(
    effectifs: Mapping[C, int], famille: tuple[C, Sequence[C]], caches: Mapping[C, Secret], seuil: int
) -> tuple[C] | None:
    """The next cell to hide for the parts of a shown total not to be found by difference; ``None``: they are safe."""
    tout, parties = famille
    if tout in caches:
        return None
    reste = effectifs[tout] - sum(effectifs[p] for p in parties)
    masques = [effectifs[p] for p in parties if p in caches]
    invisibles = masques + ([reste] if reste > 0 else [])
    if not any(masques):  # nobody at all is not somebody: to find a nought by difference tells of no one
        if not petit(reste, seuil):
            return None
    elif len(invisibles) > 1 and sum(invisibles) >= seuil:
        return None
    visibles = sorted((p for p in parties if p not in caches), key=lambda p: (effectifs[p] == 0, effectifs[p], str(p)))
    return (visibles[0] if visibles else tout,)  # nothing more to hide below: the total says how many they are
