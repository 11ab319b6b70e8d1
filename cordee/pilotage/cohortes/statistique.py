"""Survival with competing risks, by months: Kaplan–Meier, Aalen–Johansen, comparisons. Loaded by the worker only.

``statsmodels`` computes the curves; intervals are log(−log) transforms of its standard errors: within 0 and 1.
Time is a whole number of months since the starting photo; an event at month k happened between the photos k−1 and k.
People still there when the observation ends are censored at their last photo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

Entiers = npt.NDArray[np.int64]
Reels = npt.NDArray[np.float64]
Z: Final = float(norm.ppf(0.975))


@dataclass(frozen=True, slots=True)
class Courbe:
    """One curve by month, from 0 to the last month followed. Shares between 0 and 1; ``bas``, ``haut``: 95 %."""

    valeur: Reels
    bas: Reels
    haut: Reels


def a_risque(duree: Entiers, mois: int) -> Entiers:
    """How many are still followed and have not left just before each month (0: everybody)."""
    return np.array([int((duree >= k).sum()) for k in range(mois + 1)], dtype=np.int64)


def maintien(duree: Entiers, sortie: Entiers, mois: int) -> Courbe:
    """Kaplan–Meier: the share not yet gone, whatever the cause. ``sortie``: 0 censored."""
    if not len(duree):
        return _plate(1.0, mois)
    s = SurvfuncRight(duree, (sortie > 0).astype(int))
    if not len(s.surv_times):
        return _plate(1.0, mois)
    valeur, erreur = _escalier(s.surv_times, s.surv_prob, 1.0, mois), _escalier(s.surv_times, s.surv_prob_se, 0.0, mois)
    bas, haut = _intervalle(valeur, erreur)
    return Courbe(valeur, bas, haut)


def incidences(duree: Entiers, sortie: Entiers, causes: int, mois: int) -> list[Courbe]:
    """Aalen–Johansen: for each cause (1…``causes``), the share gone by it, the other causes being possible too.

    Their sum is one minus ``maintien``: nobody counts twice, no cause is treated as if the others did not exist.
    """
    if not len(duree) or not (sortie > 0).any():
        return [_plate(0.0, mois) for _ in range(causes)]
    with np.errstate(divide="ignore", invalid="ignore"):
        c = CumIncidenceRight(duree, sortie)
    courbes = []
    for rang in range(causes):
        if rang >= len(c.cinc):
            courbes.append(_plate(0.0, mois))
            continue
        valeur = _escalier(c.times, c.cinc[rang], 0.0, mois)
        erreur = _escalier(c.times, _sans_trou(c.cinc_se[rang]), 0.0, mois)
        bas, haut = _intervalle(valeur, erreur)
        courbes.append(Courbe(valeur, bas, haut))
    return courbes


def mediane(courbe: Courbe) -> int | None:
    """The first month at which half are gone; ``None``: not reached while followed."""
    sous = np.flatnonzero(courbe.valeur <= 0.5)
    return int(sous[0]) if len(sous) else None


def comparer(durees: Sequence[Entiers], sorties: Sequence[Entiers]) -> float | None:
    """Log-rank test that retention is the same in every cohort: its p-value."""
    return _test([(d, (s > 0).astype(int)) for d, s in zip(durees, sorties, strict=True)])


def comparer_une_cause(
    durees: Sequence[Entiers], sorties: Sequence[Entiers], suivis: Sequence[Entiers], cause: int
) -> float | None:
    """Gray-type test that the incidence of one cause is the same: its p-value.

    The end of each person's observation is known even when she left before it: those who left otherwise stay in the
    risk set until then, which is the subdistribution risk set of Fine and Gray (1999) when censoring is complete; the
    log-rank test on it needs no weight.
    """
    groupes = []
    for duree, sortie, suivi in zip(durees, sorties, suivis, strict=True):
        autrement = (sortie > 0) & (sortie != cause)
        groupes.append((np.where(autrement, suivi, duree), (sortie == cause).astype(int)))
    return _test(groupes)


def wilson(n: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson): never below 0 nor above 1, honest for small numbers."""
    if not total:
        return 0.0, 1.0
    p, z2 = n / total, Z * Z
    centre = (p + z2 / (2 * total)) / (1 + z2 / total)
    demi = Z / (1 + z2 / total) * float(np.sqrt(p * (1 - p) / total + z2 / (4 * total * total)))
    return max(0.0, centre - demi), min(1.0, centre + demi)


def ecart(a: Courbe, b: Courbe, mois: int) -> tuple[float, float, float]:
    """The difference b − a of two independent curves at one month, and its 95 % interval (from the widths of both)."""
    d = float(b.valeur[mois] - a.valeur[mois])
    bas = float(np.hypot(b.valeur[mois] - b.bas[mois], a.haut[mois] - a.valeur[mois]))
    haut = float(np.hypot(b.haut[mois] - b.valeur[mois], a.valeur[mois] - a.bas[mois]))
    return d, d - bas, d + haut


# Parts ----------------------------------------------------------------------------------------------------------------
def _test(groupes: Sequence[tuple[Entiers, Entiers]]) -> float | None:
    """``None``: fewer than two groups with somebody, or nothing happened."""
    groupes = [g for g in groupes if len(g[0])]
    if len(groupes) < 2 or not any(e.any() for _, e in groupes):
        return None
    duree = np.concatenate([d for d, _ in groupes])
    fait = np.concatenate([e for _, e in groupes])
    groupe = np.concatenate([np.full(len(d), i) for i, (d, _) in enumerate(groupes)])
    with np.errstate(divide="ignore", invalid="ignore"):
        _, p = survdiff(duree, fait, groupe)
    return float(p) if np.isfinite(p) else None


def _plate(niveau: float, mois: int) -> Courbe:
    valeur = np.full(mois + 1, niveau)
    return Courbe(valeur, valeur.copy(), valeur.copy())


def _sans_trou(erreur: Reels) -> Reels:
    """Where nobody is left at risk the formula divides by nothing: the error of the month before stands."""
    erreur = np.asarray(erreur, dtype=float).copy()
    for i in range(len(erreur)):
        if not np.isfinite(erreur[i]):
            erreur[i] = erreur[i - 1] if i else 0.0
    return erreur


def _escalier(temps: Reels, valeurs: Reels, depart: float, mois: int) -> Reels:
    """Values known at some months, as a step function on every month."""
    rang = np.searchsorted(np.asarray(temps), np.arange(mois + 1), side="right") - 1
    return np.where(rang >= 0, _sans_trou(valeurs)[np.clip(rang, 0, None)], depart)


def _intervalle(valeur: Reels, erreur: Reels) -> tuple[Reels, Reels]:
    """95 % by log(−log): inside 0 and 1; a certain value has no width."""
    p = np.clip(valeur, 1e-12, 1 - 1e-12)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        largeur = Z * erreur / np.abs(p * np.log(p))
        bas, haut = p ** np.exp(largeur), p ** np.exp(-largeur)
    certain = (erreur <= 0) | (valeur <= 0) | (valeur >= 1)
    return np.where(certain, valeur, bas), np.where(certain, valeur, haut)
