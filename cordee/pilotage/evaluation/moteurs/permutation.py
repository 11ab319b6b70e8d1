"""Randomisation inference: what the estimate would be had other units been treated (few treated clusters).

Cluster-robust errors are of no use with three treated communes. Under « no effect for anybody », which units are
treated changes nothing: the estimate is compared with that of every other set of units. The statistic is studentised
by the size of cells, since small communes give large gaps by mere chance (Ferman and Pinto, 2019; MacKinnon and Webb,
2020). The interval holds every constant effect that the test does not refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cordee.pilotage.evaluation.moteurs.cellules import Normales
from cordee.pilotage.evaluation.moteurs.donnees import Reels

EXACT: Final = 20_000
TIRES: Final = 4_999
SEUIL: Final = 0.05
_PAS: Final = 241
_EPSILON: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Test:
    """Estimate, p-value, interval, in the unit of y. ``placebos``: estimates of other sets; ``exact``: all of them."""

    estimation: float
    erreur: float
    p: float
    bas: float
    haut: float
    ensembles: int
    exact: bool
    placebos: Reels


def ensembles(unites: int, traites: NDArray[np.intp], *, graine: int) -> tuple[NDArray[np.intp], bool]:
    """Every set of as many units, or a sample of them by a recorded seed; the observed one is among them, first."""
    k = len(traites)
    if comb(unites, k) <= EXACT:
        tous = np.array(list(combinations(range(unites), k)), dtype=np.intp)
        observe = np.sort(traites)
        autres = tous[(tous != observe).any(axis=1)]
        return np.vstack([observe, autres]), True
    alea = np.random.default_rng(graine)
    tires = np.argsort(alea.random((TIRES, unites)), axis=1)[:, :k].astype(np.intp)
    return np.vstack([traites, tires]), False


def ordres(depuis: NDArray[np.intp], *, graine: int) -> tuple[NDArray[np.intp], bool]:
    """Columns (unit × start) of the observed order, then of permuted orders. ``depuis``: rank of start of each unit."""
    alea, n = np.random.default_rng(graine), len(depuis)
    vagues = int(depuis.max()) + 1
    permutes = [depuis, *(alea.permutation(depuis) for _ in range(TIRES))]
    return np.array([np.arange(n) * vagues + d for d in permutes], dtype=np.intp), False


def tester(normales: Normales, jeux: NDArray[np.intp], *, exact: bool) -> Test:
    """The observed set is the first of ``jeux`` (sets × k, ranks of columns).

    Sets in which nobody can be compared (units without entrants before or after) say nothing and are left out.
    """
    jeux = jeux[_sommes(normales, jeux)[1] > 1e-9]
    b, g_oo, h_oo, g_so = _sommes(normales, jeux)
    estimation, erreur = float(b[0] / g_oo[0]), float(sqrt(h_oo[0]) / g_oo[0])
    echelle = np.sqrt(h_oo)

    def p_de(effets: Reels) -> Reels:
        t = np.abs(b[:, None] - g_so[:, None] * effets[None, :]) / echelle[:, None]
        return np.asarray((t >= t[0] - _EPSILON).mean(axis=0))

    bas, haut = _inverser(p_de, estimation, erreur)
    return Test(
        estimation, erreur, float(p_de(np.zeros(1))[0]), bas, haut, len(jeux), exact, (b / g_oo)[1:],
    )  # fmt: skip


def valeur_p(normales: Normales, jeux: NDArray[np.intp], effet: float) -> float:
    """The p-value of one constant effect: below 5 %, the interval does not hold it."""
    b, _, h, g_so = _sommes(normales, jeux)
    t = np.abs(b - g_so * effet) / np.sqrt(h)
    return float((t >= t[0] - _EPSILON).mean())


def _sommes(n: Normales, jeux: NDArray[np.intp]) -> tuple[Reels, Reels, Reels, Reels]:
    observe = jeux[0]
    lignes = n.g[:, observe].sum(axis=1)
    b = n.b[jeux].sum(axis=1)
    g = n.g[jeux[:, :, None], jeux[:, None, :]].sum(axis=(1, 2)) if jeux.shape[1] <= 8 else _formes(n.g, jeux)
    h = n.h[jeux[:, :, None], jeux[:, None, :]].sum(axis=(1, 2)) if jeux.shape[1] <= 8 else _formes(n.h, jeux)
    return b, g, np.maximum(h, 1e-18), lignes[jeux].sum(axis=1)


def _formes(matrice: Reels, jeux: NDArray[np.intp]) -> Reels:
    """The sum of a matrix over each set squared, through indicator rows."""
    indicatrices = np.zeros((len(jeux), len(matrice)))
    np.put_along_axis(indicatrices, jeux, 1.0, axis=1)
    return np.asarray(np.einsum("ij,ij->i", indicatrices @ matrice, indicatrices))


def _inverser(p_de, estimation: float, erreur: float) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """The outermost effects that are not refused, to a hundredth of a standard error."""
    largeur = 8.0 * erreur
    while largeur < 200 * erreur:
        grille = np.linspace(estimation - largeur, estimation + largeur, _PAS)
        acceptes = grille[p_de(grille) > SEUIL]
        if not len(acceptes) or (acceptes[0] > grille[0] and acceptes[-1] < grille[-1]):
            break
        largeur *= 3
    if not len(acceptes):
        return estimation, estimation
    pas = grille[1] - grille[0]
    return (
        _affiner(p_de, float(acceptes[0]), float(acceptes[0] - pas)),
        _affiner(p_de, float(acceptes[-1]), float(acceptes[-1] + pas)),
    )


def _affiner(p_de, accepte: float, refuse: float) -> float:  # type: ignore[no-untyped-def]
    for _ in range(12):
        milieu = (accepte + refuse) / 2
        if p_de(np.array([milieu]))[0] > SEUIL:
            accepte = milieu
        else:
            refuse = milieu
    return accepte
