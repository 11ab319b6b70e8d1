"""k-anonymity of a file of people: each combination of what could recognise somebody is shared by k of them. Pure.

Global recoding first (a month becomes a quarter, a commune its EPT…), one step at a time, the step that spares the most
people; then local suppression: the few who remain alone lose these columns, and are at least k to have lost them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

K: Final = 5
SUPPRIME: Final = "*"
TOLERE: Final = 0.02
"""The share of people who may lose their columns rather than have everybody's made coarser."""
Ligne = tuple[str, ...]
Echelle = Sequence[Callable[[str], str]]
"""How a column gets coarser, up to « everybody alike »; each step is applied to the value of the one before."""


@dataclass(frozen=True, slots=True)
class Anonymisation:
    """``lignes``: in the order given. ``niveaux``: how many steps each column took. ``supprimees``: how many lines lost
    their columns."""

    lignes: list[Ligne]
    niveaux: tuple[int, ...]
    supprimees: int


def anonymiser(lignes: Sequence[Ligne], echelles: Sequence[Echelle], *, k: int = K) -> Anonymisation:
    """Make every combination of these columns common to ``k`` lines at least.

    >>> an = lambda mois: mois[:4]
    >>> lu = anonymiser([("2022-01",), ("2022-02",), ("2022-03",), ("2022-04",), ("2022-05",)], [[an]])
    >>> lu.lignes[0], lu.niveaux, lu.supprimees
    (('2022',), (1,), 0)
    """
    if len(lignes) < k:
        return Anonymisation([], tuple(0 for _ in echelles), len(lignes))
    niveaux = [0] * len(echelles)
    effectifs = Counter(lignes)
    chemin: list[tuple[int, Callable[[str], str]]] = []
    while _isolees(effectifs, k) > TOLERE * len(lignes):
        rang = _pas(effectifs, echelles, niveaux, k)
        if rang is None:
            break
        etape = echelles[rang][niveaux[rang]]
        effectifs = _grossir(effectifs, rang, etape)
        chemin.append((rang, etape))
        niveaux[rang] += 1
    retenues = {combinaison for combinaison, n in effectifs.items() if n >= k}
    retenues -= _a_sacrifier(effectifs, retenues, k)
    finales, supprimees = [], 0
    vide = tuple(SUPPRIME for _ in echelles)
    traduites: dict[Ligne, Ligne] = {}
    for ligne in lignes:
        if ligne not in traduites:
            grosse = _appliquer(ligne, chemin)
            traduites[ligne] = grosse if grosse in retenues else vide
        finales.append(traduites[ligne])
        supprimees += traduites[ligne] is vide
    return Anonymisation(finales, tuple(niveaux), supprimees)


def _isolees(effectifs: Counter[Ligne], k: int) -> int:
    return sum(n for n in effectifs.values() if n < k)


def _pas(effectifs: Counter[Ligne], echelles: Sequence[Echelle], niveaux: Sequence[int], k: int) -> int | None:
    """The column whose next step leaves the fewest people alone; the first of them when several do as well."""
    candidats = [
        (_isolees(_grossir(effectifs, rang, echelle[niveaux[rang]]), k), rang)
        for rang, echelle in enumerate(echelles)
        if niveaux[rang] < len(echelle)
    ]  # fmt: skip
    return min(candidats)[1] if candidats else None


def _grossir(effectifs: Counter[Ligne], rang: int, etape: Callable[[str], str]) -> Counter[Ligne]:
    grossis: Counter[Ligne] = Counter()
    for ligne, n in effectifs.items():
        grossis[(*ligne[:rang], etape(ligne[rang]), *ligne[rang + 1 :])] += n
    return grossis


def _appliquer(ligne: Ligne, chemin: Sequence[tuple[int, Callable[[str], str]]]) -> Ligne:
    valeurs = list(ligne)
    for rang, etape in chemin:
        valeurs[rang] = etape(valeurs[rang])
    return tuple(valeurs)


def _a_sacrifier(effectifs: Counter[Ligne], retenues: set[Ligne], k: int) -> set[Ligne]:
    """The smallest combinations to suppress too, for those suppressed to be k at least."""
    perdues = sum(n for combinaison, n in effectifs.items() if combinaison not in retenues)
    sacrifiees: set[Ligne] = set()
    for combinaison in sorted(retenues, key=lambda c: (effectifs[c], c)):
        if perdues == 0 or perdues >= k:
            break
        sacrifiees.add(combinaison)
        perdues += effectifs[combinaison]
    return sacrifiees
