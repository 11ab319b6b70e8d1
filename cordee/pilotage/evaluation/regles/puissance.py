"""What an experiment can see: the smallest effect it would detect, from numbers alone, before registering. Pure."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Final

SEUIL, PUISSANCE = 0.05, 0.80
_NORMALE: Final = NormalDist()


def multiple(seuil: float = SEUIL, puissance: float = PUISSANCE) -> float:
    """How many standard errors an effect must measure to be seen ``puissance`` of the times at this two-sided level.

    >>> round(multiple(), 3)
    2.802
    """
    return _NORMALE.inv_cdf(1 - seuil / 2) + _NORMALE.inv_cdf(puissance)


def effet_detectable(erreur_type: float) -> float:
    """The smallest effect seen four times out of five, in the unit of the standard error.

    >>> round(effet_detectable(0.01), 4)
    0.028
    """
    return multiple() * erreur_type


def effet_de_grappe(taille: float, correlation: float) -> float:
    """By how much clusters of people who resemble one another inflate a variance (Kish).

    >>> effet_de_grappe(100, 0.0), round(effet_de_grappe(100, 0.01), 2)
    (1.0, 1.99)
    """
    return 1 + max(taille - 1, 0) * correlation


def erreur_des_differences(
    *, taux: float, traites: int, temoins: int, traites_avant: int = 0, temoins_avant: int = 0, grappe: float = 1.0
) -> float:
    """Standard error of a difference of shares, or of a difference of differences when there are numbers before.

    Args:
        taux: the expected share (0–1). grappe: ``effet_de_grappe``.

    >>> round(erreur_des_differences(taux=0.11, traites=4000, temoins=16000), 4)
    0.0055
    >>> avant = {"traites_avant": 4000, "temoins_avant": 16000}
    >>> round(erreur_des_differences(taux=0.11, traites=4000, temoins=16000, **avant), 4)
    0.0078
    """
    effectifs = [n for n in (traites, temoins, traites_avant, temoins_avant) if n]
    return sqrt(taux * (1 - taux) * sum(1 / n for n in effectifs) * grappe)


def valeur_e(risque: float) -> float:
    """E-value: how strongly an unmeasured cause would have to be tied to both treatment and outcome, as a ratio of
    risks, to explain the whole of an observed ratio away (VanderWeele and Ding, 2017).

    >>> round(valeur_e(2.0), 2), round(valeur_e(0.5), 2), valeur_e(1.0)
    (3.41, 3.41, 1.0)
    """
    if risque <= 0:
        return float("inf")
    r = risque if risque >= 1 else 1 / risque
    return r + sqrt(r * (r - 1))


def valeur_e_de_la_borne(bas: float, haut: float) -> float:
    """E-value of the end of the interval nearest to « no effect »; 1 when it holds no effect.

    >>> valeur_e_de_la_borne(0.9, 1.4), round(valeur_e_de_la_borne(1.2, 1.8), 2)
    (1.0, 1.69)
    >>> round(valeur_e_de_la_borne(0.5, 0.8), 2)
    1.81
    """
    if bas <= 1 <= haut:
        return 1.0
    return valeur_e(bas if bas > 1 else haut)
