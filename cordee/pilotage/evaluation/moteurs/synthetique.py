"""Synthetic control: the mean of other communes, weighted so as to resemble the treated ones before the start.

Second opinion only: with some fifteen entrants per commune and quarter the series are noisy. Communes are compared over
half-years, and small ones are left out of the donors.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from cordee.pilotage.evaluation.moteurs.cellules import periode
from cordee.pilotage.evaluation.moteurs.donnees import Donnees, Reels
from cordee.pilotage.evaluation.regles.protocole import Protocole

DONNEURS: Final = 150
"""Entrants a commune must have had before the start to be a donor."""
PAR: Final = 2
"""Quarters gathered together."""
FORCE, RIDGE = 100.0, 0.01
"""How hard weights are held to a sum of one, and how softly to be even."""


def estimer(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    """Gap after the start between the treated units together and their synthetic twin, in points, and its rank among
    the gaps that donors get when each plays the treated one."""
    connus = ~np.isnan(y)
    t = periode(d.jour, p.debut_le)[connus] // PAR
    unite, y = d.unite[connus], y[connus]
    ici = np.isin(unite, [x.unite for x in p.traites])
    temps = np.unique(t)
    avant = temps < 0
    donneurs = [u for u in np.unique(unite[~ici]) if ((unite == u) & (t < 0)).sum() >= DONNEURS]
    if len(donneurs) < 5 or avant.sum() < 3 or not ici.any():
        return {"estimation": None}
    cible = _serie(y, t, ici, temps)
    autres = np.array([_serie(y, t, unite == u, temps) for u in donneurs])
    w = _poids(cible[avant], autres[:, avant])
    ecart = cible - w @ autres
    rang = [_rapport(ecart, avant)]
    for i in range(len(donneurs)):
        reste = np.delete(autres, i, axis=0)
        wi = _poids(autres[i, avant], reste[:, avant])
        rang.append(_rapport(autres[i] - wi @ reste, avant))
    return {
        "estimation": 100 * float(ecart[~avant].mean()),
        "rmspe_avant": 100 * float(np.sqrt((ecart[avant] ** 2).mean())),
        "p": float((np.array(rang) >= rang[0] - 1e-12).mean()), "donneurs": len(donneurs),
        "poids": [{"unite": str(u), "poids": float(x)} for u, x in zip(donneurs, w, strict=True) if x >= 0.01],
        "lignes": [{"semestre": int(k), "ici": 100 * float(a), "synthetique": 100 * float(b)}
                   for k, a, b in zip(temps, cible, w @ autres, strict=True)],
    }  # fmt: skip


def _serie(y: Reels, t: NDArray[np.int64], qui: NDArray[np.bool_], temps: NDArray[np.int64]) -> Reels:
    connue = float(y[qui].mean())
    return np.array([y[qui & (t == k)].mean() if (qui & (t == k)).any() else connue for k in temps])


def _poids(cible: Reels, autres: Reels) -> Reels:
    """Positive weights of sum one that bring the others nearest to the target; a little ridge makes them unique."""
    n = len(autres)
    systeme = np.vstack([autres.T, np.full((1, n), FORCE), RIDGE * np.eye(n)])
    w, _ = nnls(systeme, np.concatenate([cible, [FORCE], np.zeros(n)]))
    return np.asarray(w / max(w.sum(), 1e-12))


def _rapport(ecart: Reels, avant: NDArray[np.bool_]) -> float:
    """Error after over error before: how much a unit leaves its twin once treated."""
    return float((ecart[~avant] ** 2).mean() / max((ecart[avant] ** 2).mean(), 1e-9))
