"""Observed against expected: exact and large-sample intervals, control limits, spread, shrinkage. Worker only.

The expected number of a structure is the sum of what each of its people would give elsewhere (``modele``): under « the
structure changes nothing », the observed number is a sum of unequal coins (Poisson-binomial law). Small structures
get the
exact law, large ones its normal limit. All gaps are means per person (a share, a number of days).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

Reels = NDArray[np.float64]
EXACT: Final = 150
"""Up to that many people, the exact law; above, the normal limit."""
Z95: Final = 1.959964
Z998: Final = 3.090232
_LOIN: Final = 30.0


@dataclass(frozen=True, slots=True)
class Mesure:
    """One structure: gap per person with its 95 % interval, its standard error if nothing differed, its p-value."""

    n: int
    observe: float
    attendu: float
    ecart: float
    bas: float
    haut: float
    erreur: float
    p: float


def loi(p: Reels) -> Reels:
    """The law of a sum of unequal coins: probability of 0, 1, … n successes.

    >>> [round(float(x), 4) for x in loi(np.array([0.5, 0.5]))]
    [0.25, 0.5, 0.25]
    """
    n = len(p)
    racines = np.exp(2j * np.pi * np.arange(n + 1) / (n + 1))
    images = np.prod(1 - p[None, :] + p[None, :] * racines[:, None], axis=1)
    return np.clip(np.fft.fft(images).real / (n + 1), 0, 1)


def taux(o: int, p: Reels) -> Mesure:
    """A structure whose people succeed or not: ``o`` of them did, each was expected to with probability ``p``.

    The interval is that of a shift, the same for all on the scale of log-odds, that the observed number does not refuse
    (Clopper-Pearson's inversion when small, the score's when large).
    """
    n = len(p)
    attendu, variance = float(p.sum()), float((p * (1 - p)).sum())
    logits = special.logit(np.clip(p, 1e-9, 1 - 1e-9))
    if n <= EXACT:
        probabilites = loi(p)
        valeur_p = min(1.0, 2 * min(float(probabilites[: o + 1].sum()), float(probabilites[o:].sum())))
        bas = 0.0 if o == 0 else _decale(logits, lambda q: float(loi(q)[o:].sum()) - 0.025)
        haut = float(n) if o == n else _decale(logits, lambda q: 0.025 - float(loi(q)[: o + 1].sum()))
    else:
        valeur_p = 2 * float(stats.norm.sf(abs(o - attendu) / np.sqrt(variance))) if variance else 1.0
        bas = 0.0 if o == 0 else _decale(logits, lambda q: Z95 - _reduit(o, q))
        haut = float(n) if o == n else _decale(logits, lambda q: -Z95 - _reduit(o, q))
    return Mesure(
        n, o / n, attendu / n, (o - attendu) / n, (bas - attendu) / n, (haut - attendu) / n,
        float(np.sqrt(variance)) / n, valeur_p,
    )  # fmt: skip


def moyenne(y: Reels, attendus: Reels, sigma: float) -> Mesure:
    """A structure whose people each have a number: Student's interval of their mean gap.

    Args:
        sigma: spread of the gaps of all people, which the limits of chance rest on.
    """
    n, gaps = len(y), y - attendus
    ecart, erreur = float(gaps.mean()), sigma / float(np.sqrt(n))
    propre = float(gaps.std(ddof=1)) / float(np.sqrt(n)) if n > 1 else float("nan")
    demi = float(stats.t.ppf(0.975, n - 1)) * propre if n > 1 else float("inf")
    # both spreads must say so: that of everybody, which limits rest on, and its own, which its interval rests on
    de_tous = 2 * float(stats.norm.sf(abs(ecart) / erreur)) if erreur else 1.0
    du_sien = 2 * float(stats.t.sf(abs(ecart) / propre, n - 1)) if n > 1 and propre else de_tous
    valeur_p = max(de_tous, du_sien)
    return Mesure(
        n, float(y.mean()), float(attendus.mean()), ecart, ecart - demi, ecart + demi, erreur, valeur_p
    )  # fmt: skip


def dispersion(ecarts: Reels, erreurs: Reels) -> float:
    """The spread (standard deviation) that is left between structures once chance is taken away (Paule-Mandel).

    >>> round(dispersion(np.array([3.0, -3.0]), np.array([1.0, 1.0])) ** 2, 6)  # 9 observed, 1 of chance
    8.0
    >>> dispersion(np.array([0.5, -0.5]), np.array([1.0, 1.0]))
    0.0
    """
    sures = erreurs > 0  # everybody the same answer: nothing to compare
    ecarts, erreurs = ecarts[sures], erreurs[sures]
    if len(ecarts) < 2:
        return 0.0

    def trop(tau2: float) -> float:
        return float((ecarts**2 / (tau2 + erreurs**2)).sum()) - len(ecarts)

    if trop(0.0) <= 0:
        return 0.0
    return float(np.sqrt(optimize.brentq(trop, 0.0, float((ecarts**2).sum()) + 1e-12)))


def retrecir(ecart: float, erreur: float, tau: float, *, structures: int = 0) -> tuple[float, float, float]:
    """Empirical Bayes: a gap drawn back to the average by as much as chance may explain it, with its 95 % interval.

    ``structures``: how many ``tau`` was drawn from; the interval is then wider by what is not known of it (Morris,
    1983).

    >>> [round(x, 3) for x in retrecir(4.0, 1.0, 1.0)]  # as much chance as spread: half of it
    [2.0, 0.614, 3.386]
    >>> retrecir(4.0, 1.0, 0.0)
    (0.0, 0.0, 0.0)
    """
    poids = tau**2 / (tau**2 + erreur**2) if tau else 0.0
    de_tau = 2 * ((1 - poids) * ecart) ** 2 / (structures - 2) if tau and structures > 2 else 0.0
    demi = Z95 * float(np.sqrt(poids * erreur**2 + de_tau))
    centre = poids * ecart
    return centre, centre - demi, centre + demi


def surdispersion(mesures: list[Mesure]) -> float:
    """How much more the gaps vary than chance would make them: 1 is chance alone.

    The tenth most extreme on each side are drawn in first, so that one does not speak for all (Spiegelhalter, 2005).

    >>> m = [Mesure(9, 0, 0, e, 0, 0, 1.0, 1) for e in (-2.0, 2.0)]
    >>> round(surdispersion(m), 2)
    2.56
    """
    z = np.array([m.ecart / m.erreur for m in mesures if m.erreur > 0])
    if len(z) < 2:
        return 1.0
    bas, haut = np.quantile(z, [0.1, 0.9])
    return float((np.clip(z, bas, haut) ** 2).mean())


def concordance(y: Reels, p: Reels) -> float:
    """Of two people one of whom succeeded, how often the model gave her the higher chance (one half: none at all).

    >>> concordance(np.array([0.0, 1.0, 1.0]), np.array([0.2, 0.5, 0.9]))
    1.0
    """
    rangs = stats.rankdata(p)
    oui = float(y.sum())
    non = len(y) - oui
    return (float(rangs[y == 1].sum()) - oui * (oui + 1) / 2) / (oui * non) if oui and non else 0.5


# Parts --------------------------------------------------------------------------------------------------------------
def _reduit(o: int, q: Reels) -> float:
    return float((o - q.sum()) / np.sqrt((q * (1 - q)).sum()))


def _decale(logits: Reels, condition: object) -> float:
    """The expected number once every log-odds is moved until ``condition`` is nought (it grows with the move)."""

    def de(delta: float) -> float:
        return condition(special.expit(logits + delta))  # type: ignore[operator, no-any-return]

    bas, haut = -1.0, 1.0
    while de(bas) > 0 and bas > -_LOIN:
        bas *= 2
    while de(haut) < 0 and haut < _LOIN:
        haut *= 2
    if de(bas) > 0 or de(haut) < 0:
        return float(special.expit(logits + (bas if de(bas) > 0 else haut)).sum())
    return float(special.expit(logits + optimize.brentq(de, bas, haut, xtol=1e-4)).sum())
