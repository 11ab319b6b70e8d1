"""Entropy balancing (Hainmueller, 2012): weights on comparison people, as even as can be, that equalise means.

No kept library of the project has it: it is a small convex problem, solved here by Newton's method on its dual and
checked by hand-computed cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from cordee.pilotage.evaluation.moteurs.donnees import Reels


@dataclass(frozen=True, slots=True)
class Poids:
    """Weights that sum to one; ``atteint``: whether the means are equalised; ``taille``: effective sample size."""

    w: Reels
    atteint: bool
    taille: float


def equilibrer(x: Reels, cibles: Reels, *, tolerance: float = 1e-4) -> Poids:
    """Weights of the rows of ``x`` whose weighted means are ``cibles``.

    When the target lies outside what the rows can reach, ``atteint`` is false: no weights make these groups alike.
    """
    echelle = x.std(axis=0)
    echelle[echelle == 0] = 1.0
    z = (x - cibles) / echelle

    def dual(lam: Reels) -> tuple[float, Reels]:
        e = z @ lam
        haut = e.max()
        poids = np.exp(e - haut)
        somme = poids.sum()
        return float(np.log(somme) + haut), np.asarray(z.T @ (poids / somme))

    def hessienne(lam: Reels) -> Reels:
        e = z @ lam
        poids = np.exp(e - e.max())
        poids /= poids.sum()
        centre = z.T @ poids
        return np.asarray((z * poids[:, None]).T @ z - np.outer(centre, centre) + 1e-10 * np.eye(z.shape[1]))

    trouve = minimize(dual, np.zeros(z.shape[1]), jac=True, hess=hessienne, method="trust-exact",
                      options={"maxiter": 200, "gtol": tolerance / 10})  # fmt: skip
    e = z @ trouve.x
    w = np.exp(e - e.max())
    w /= w.sum()
    return Poids(w, bool(np.abs(z.T @ w).max() < tolerance), taille_efficace(w))


def taille_efficace(w: Reels) -> float:
    """How many people of equal weight tell as much as these.

    >>> import numpy as np
    >>> taille_efficace(np.array([0.25] * 4)), round(taille_efficace(np.array([0.97, 0.01, 0.01, 0.01])), 2)
    (4.0, 1.06)
    """
    return float(w.sum() ** 2 / (w**2).sum())


def ecarts_standardises(x: Reels, t: Reels, w: Reels | None = None) -> Reels:
    """Differences of means, treated less others, in standard deviations of the treated (0.1 and more is far)."""
    traites, autres = x[t > 0], x[t == 0]
    poids = np.full(len(autres), 1 / len(autres)) if w is None else w / w.sum()
    echelle = np.sqrt((traites.var(axis=0) + autres.var(axis=0)) / 2)
    difference = traites.mean(axis=0) - poids @ autres
    return np.asarray(np.divide(difference, echelle, out=np.zeros_like(difference), where=echelle > 1e-12))
