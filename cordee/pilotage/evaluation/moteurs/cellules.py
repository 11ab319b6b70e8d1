"""Entry cohorts by unit and quarter, and the two-way fixed-effects design on them, ready for thousands of permutations.

With weights n on cells, the estimate of a set S of treated units is Σ_s b_s / Σ_st G_st, where the columns of treatment
have been freed from the effects of units and quarters once and for all (Frisch–Waugh–Lovell). A permutation costs a few
additions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cordee.pilotage.evaluation.moteurs.donnees import Reels

TRIMESTRE = 3


@dataclass(frozen=True, slots=True)
class Cellules:
    """Cells with somebody in them. ``y``: share (0–1); ``n``: people; ``variance``: of one person's outcome there.

    ``colonnes``: for each candidate treatment (unit, first day), the share of the cell treated by it.
    """

    unites: tuple[str, ...]
    periodes: tuple[int, ...]
    u: NDArray[np.intp]
    t: NDArray[np.intp]
    y: Reels
    n: Reels
    variance: Reels


@dataclass(frozen=True, slots=True)
class Normales:
    """What is left of a design once freed of its fixed effects. ``b`` K, ``g`` K×K, ``h`` K×K (variance of ``b``)."""

    b: Reels
    g: Reels
    h: Reels


def periode(jours: NDArray[np.datetime64], debut: date) -> NDArray[np.int64]:
    """Quarters counted from the start: 0 is the first three months of treatment, −1 the three before.

    >>> import numpy as np
    >>> periode(np.array(["2024-02-29", "2024-03-01", "2024-06-01"], dtype="datetime64[D]"), date(2024, 3, 1)).tolist()
    [-1, 0, 1]
    """
    mois = jours.astype("datetime64[M]").astype(np.int64)
    du_mois = (jours - jours.astype("datetime64[M]")).astype(np.int64) + 1
    origine = (debut.year - 1970) * 12 + debut.month - 1
    return (mois - origine - (du_mois < debut.day)) // TRIMESTRE


def rassembler(unite: NDArray[np.str_], t: NDArray[np.int64], y: Reels) -> tuple[Cellules, NDArray[np.intp]]:
    """People into cells; those of unknown outcome are left out. Gives also the cell of each person (−1: none)."""
    connus = ~np.isnan(y)
    unites, u = np.unique(unite, return_inverse=True)
    periodes, k = np.unique(t, return_inverse=True)
    cle = u * len(periodes) + k
    pleines, ou = np.unique(cle[connus], return_inverse=True)
    n = np.bincount(ou).astype(np.float64)
    y_moyen = np.bincount(ou, weights=y[connus]) / n
    par_periode = np.bincount(k[connus], weights=y[connus]) / np.maximum(np.bincount(k[connus]), 1)
    p = np.clip(par_periode, 0.005, 0.995)
    place = np.full(len(y), -1, dtype=np.intp)
    place[connus] = ou
    cellules = Cellules(
        tuple(unites.tolist()), tuple(int(x) for x in periodes), (pleines // len(periodes)).astype(np.intp),
        (pleines % len(periodes)).astype(np.intp), y_moyen, n, (p * (1 - p))[pleines % len(periodes)],
    )  # fmt: skip
    return cellules, place


def colonne(c: Cellules, place: NDArray[np.intp], traitee: NDArray[np.bool_]) -> Reels:
    """The share of each cell that a treatment reaches."""
    ou = place >= 0
    atteintes = np.bincount(place[ou], weights=traitee[ou].astype(np.float64), minlength=len(c.n))
    return np.asarray(atteintes / c.n)


def normales(c: Cellules, colonnes: Reels) -> Normales:
    """Free columns of treatment (cells × K) of the effects of units and periods, weighted by n."""
    r = liberer(c, colonnes)
    rn = r * c.n[:, None]
    return Normales(rn.T @ c.y, rn.T @ r, (r * (c.n * c.variance)[:, None]).T @ r)


def liberer(c: Cellules, colonnes: Reels) -> Reels:
    """Residuals of columns on units and periods, weighted."""
    x = np.zeros((len(c.n), len(c.unites) + len(c.periodes)))
    x[np.arange(len(c.n)), c.u] = 1
    x[np.arange(len(c.n)), len(c.unites) + c.t] = 1
    xn = x * c.n[:, None]
    return np.asarray(colonnes - x @ (np.linalg.pinv(xn.T @ x) @ (xn.T @ colonnes)))
