"""Will a stock be empty on the day of the law? What the last months say, as a range, never as a promise. Pure."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cordee.reglementation.calendrier import ajouter_jours_ouvres, jours_ouvres_entre
from cordee.socle.enums import EnumLibelle

RECENT: Final = timedelta(days=28)
"""The pace « of the last weeks » is read over four weeks at least."""
MOIS: Final = 6
OUVRES_MINIMUM: Final = 8
"""A month that has just begun says nothing of its pace yet."""
LOIN: Final = 2_600
"""Ten years of working days: beyond, a date would be a joke."""


class Verdict(EnumLibelle):
    """Whether the term holds, at the pace that was seen."""

    FINI = "fini", "Il ne reste personne"
    TENUE = "tenue", "Tenue à ce rythme"
    INCERTAINE = "incertaine", "Pas assurée à ce rythme"
    MANQUEE = "manquee", "Pas tenue à ce rythme"
    INCONNU = "inconnu", "On ne peut pas le dire"


@dataclass(frozen=True, slots=True)
class Photo:
    """The stock on a day. ``nombre`` None: hidden or not known. ``inconnus``: those of whom it cannot be said.

    The pace is read on both: when a partner gives news at last, nobody has been added to the stock.
    """

    le: date
    nombre: float | None
    inconnus: int = 0

    @property
    def total(self) -> float:
        return (self.nombre or 0) + self.inconnus


@dataclass(frozen=True, slots=True)
class Projection:
    """What is left, the pace needed, the pace seen, and the days at which it would be over.

    ``rythme``: people fewer a working day since ``depuis``; ``lent``, ``rapide``: of the slowest and fastest month
    of the last ones. ``le``, ``au_plus_tot``, ``au_plus_tard``: ``None`` when the stock does not go down, or
    would take ten years.
    """

    verdict: Verdict
    restantes: float
    necessaire: float | None
    depuis: date | None = None
    rythme: float | None = None
    lent: float | None = None
    rapide: float | None = None
    le: date | None = None
    au_plus_tot: date | None = None
    au_plus_tard: date | None = None


def projeter(photos: Sequence[Photo], *, terme: date) -> Projection | None:
    """Read the pace of the last photos (ends of months and today, oldest first) and draw it to the term.

    The stock goes down when somebody signs, and when somebody leaves: both are counted, the page says so. ``None``:
    the last photo says nothing.

    >>> photos = [Photo(date(2026, m, 28), 1000 - 40 * m) for m in range(4, 12)]
    >>> p = projeter(photos, terme=date(2027, 1, 1))
    >>> p.verdict.value, p.restantes, round(p.rythme, 1), round(p.necessaire, 1), p.le.year
    ('manquee', 560, 1.9, 24.3, 2028)
    >>> projeter([Photo(date(2026, 11, 28), None)], terme=date(2027, 1, 1)) is None
    True
    """
    connues = [p for p in photos if p.nombre is not None]
    if not connues or connues[-1] != photos[-1]:
        return None
    derniere = connues[-1]
    restantes = derniere.nombre or 0.0
    ouvres = max(jours_ouvres_entre(derniere.le, terme - timedelta(days=1)), 0)
    necessaire = restantes / ouvres if ouvres else None
    if not restantes:
        return Projection(Verdict.FINI, 0, 0.0)
    reference = next((p for p in reversed(connues) if derniere.le - p.le >= RECENT), None)
    rythme = _rythme(reference, derniere) if reference is not None else None
    if reference is None or rythme is None:
        return Projection(Verdict.INCONNU, restantes, necessaire)
    mensuels = [rythme, *_mensuels(connues)]
    lent, rapide = min(mensuels), max(mensuels)
    le, tot, tard = (_fin(derniere.le, restantes, r) for r in (rythme, rapide, lent))
    return Projection(
        _verdict(terme, tot, tard), restantes, necessaire, reference.le, rythme, lent, rapide, le, tot, tard
    )


def _rythme(avant: Photo, apres: Photo) -> float | None:
    ouvres = jours_ouvres_entre(avant.le, apres.le)
    if ouvres < OUVRES_MINIMUM or avant.nombre is None or apres.nombre is None:
        return None
    return (avant.total - apres.total) / ouvres


def _mensuels(connues: Sequence[Photo]) -> list[float]:
    """The pace of each of the last months."""
    derniers = connues[-MOIS - 1 :]
    rythmes = (_rythme(a, b) for a, b in itertools.pairwise(derniers))
    return [r for r in rythmes if r is not None]


def _fin(au: date, restantes: float, rythme: float) -> date | None:
    if rythme <= 0 or (jours := math.ceil(restantes / rythme)) > LOIN:
        return None
    return ajouter_jours_ouvres(au, jours)


def _verdict(terme: date, tot: date | None, tard: date | None) -> Verdict:
    """Held if even the slowest month would do, lost if even the fastest would not."""
    if tard is not None and tard < terme:
        return Verdict.TENUE
    return Verdict.INCERTAINE if tot is not None and tot < terme else Verdict.MANQUEE
