"""Rates of the history: every one a working hypothesis (no source gives them), tuned so that the sourced figures hold.

Rates are monthly. Sourced anchors: 27 % of exits a year with a steep duration dependence (arithmetic on F012, F013,
F035, F036), moves inside and out 5 % a year each, separations 2 % a year, deaths 0.35 %, 8 to 10 % in a job under
500 €, 11 % in activity at six months (F047).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from cordee.demo.evolution import SAISON

# Who enters: two latent classes. The quick ones leave within a year or so; the slow ones make the stock of five years.
PART_RAPIDE_ENTRANTS: Final = 0.33
PART_RAPIDE_STOCK: Final = (0.28, 0.16, 0.02)
"""Share of the quick class in the stock, by seniority (under 1 year, 1 to 5, 5 and more)."""

# Exits other than by a job, a move, a death or an age: ``(quick, slow)``.
AUTRES_SORTIES: Final = (0.041, 0.0030)
PERIODES: Final = (
    (date(2024, 3, 31), (1.36, 1.42)), (date(2025, 12, 31), (1.94, 2.93)), (date(9999, 12, 31), (1.87, 2.83)),
)  # fmt: skip
"""Until when, and what it multiplies, quick and slow: the press gives −900 a year, then −3,000 a year from 2024-03."""
MOTIFS_SORTIE: Final = {"ECH": 52, "RFD": 26, "RAU": 21}
DEPARTS: Final = 0.0042
"""Moves to another département, 5 % a year."""
DEMENAGEMENTS: Final = 0.0042
DISPARUS: Final = 0.0003
NON_TRANSMIS: Final = 0.003
DECES: Final = 0.00029
"""Per adult, at 45 years of age on average."""
AAH: Final = 0.0006
AGE_RETRAITE: Final = (66.0, 67.0)
AVANT_L_AGE: Final = (62.2, 0.30)
"""Some leave sooner, from this age on, for a pension or for incapacity."""

SEPARATIONS: Final = 0.0017
MISES_EN_COUPLE: Final = 0.0007
GROSSESSES: Final = 0.0042
"""Per household with a woman of 19 to 42."""
MAJORITE: Final = 21
"""Age at which a child is no longer sent with the household."""
JEUNE_PARENT: Final = 0.04
"""Chance that a child who leaves the household at 21 asks for RSA as a parent."""

SUSPENSIONS: Final = {"4": 0.0225, "3": 0.0058}
LEVEES: Final = {"4": 0.40, "3": 0.30}
CLOTURES_SUSPENDUES: Final = (0.11, 0.036)
"""Of a suspended right, quick and slow."""
DRAPEAU_PERDU: Final = 0.0008
DRAPEAU_RENDU: Final = 0.6

# Jobs: monthly chance by class, times the trait of the person (``elan``); what the job is worth; when it ends.
EMBAUCHES: Final = (0.0235, 0.0128)
PART_EMPLOI: Final = (
    {"sortie": 0.46, "fort": 0.12, "petit": 0.42},
    {"sortie": 0.14, "fort": 0.31, "petit": 0.55},
)
"""A real wage (the household goes out after a while), more than 500 € and still some RSA, less than 500 €."""
FINS_EMPLOI: Final = {"petit": 0.034, "fort": 0.034}
BASCULES: Final = {"petit": 0.012, "fort": 0.03}
"""Yo-yo around 500 €."""
RETOUR_DE_SUSPENSION_01: Final = 0.25
CREATIONS: Final = 0.0017
CESSATIONS: Final = 0.011
INSCRIPTIONS: Final = 0.012
INSCRIPTIONS_2025: Final = 0.05
"""From 2025-01-01 everyone on RSA is to be registered (``LOI_PLEIN_EMPLOI``)."""
RADIATIONS: Final = 0.006

# Coming back under a new request, by the motive of the exit.
RETOURS: Final[Mapping[str, float]] = {"ECH": 0.42, "RFD": 0.30, "RAU": 0.15, "MUT": 0.04}
DELAI_RETOUR: Final = (4, 30)

# True effect (chosen by the simulator): Créteil, Champigny-sur-Marne, Villiers-sur-Marne, entrants from this month on.
COMMUNES_PILOTES: Final = frozenset({"94028", "94017", "94079"})
COMMUNES_VOISINES: Final = frozenset({"94011", "94004", "94058", "94015", "94060", "94019", "94068", "94002", "94046"})
DEBUT_PILOTE: Final = date(2024, 3, 1)
EFFET: Final = 0.03
HORIZON_EFFET: Final = 6


def elan(employabilite: float) -> float:
    """What a trait of 0 to 1 does to the chance of a job: from a tenth to nearly three times.

    >>> round(elan(0.0), 2), round(elan(1.0), 2)
    (0.1, 2.8)
    """
    return 0.1 + 2.7 * employabilite * employabilite


def facteur_deces(age: int) -> float:
    """Deaths by age, 1 at 45.

    >>> facteur_deces(30) < 1 < facteur_deces(60)
    True
    """
    return float(min(max(0.25, 2.0 ** ((age - 45) / 9)), 6.0))


CORRECTION_EFFET: Final = 1.33
"""Some have a job already, or have left, when the job of the effect comes: drawn more often, so that the difference
measured at six months is ``effet``."""
CORRECTION_DEPLACEMENT: Final = 12.0


def rythme(jour: date) -> tuple[float, float]:
    """What exits are multiplied by on a day, quick and slow.

    >>> rythme(date(2022, 1, 1)) < rythme(date(2025, 1, 1))
    True
    """
    return next(facteur for fin, facteur in PERIODES if jour <= fin)


# Fresh households each month at full size (returns and separations come beside: about 790 in all, domain §4.3).
ENTREES: Final = (
    (date(2022, 6, 30), 765.0), (date(2022, 12, 31), 700.0), (date(2023, 12, 31), 610.0), (date(2024, 12, 31), 562.0),
    (date(2025, 12, 31), 520.0), (date(9999, 12, 31), 505.0),
)  # fmt: skip


def entrees(photo: date) -> float:
    """New households expected in the month of a photo, at full size."""
    return next(nombre for fin, nombre in ENTREES if photo <= fin) * SAISON[photo.month] / _SAISON_MOYENNE


_SAISON_MOYENNE: Final = sum(SAISON.values()) / 12
