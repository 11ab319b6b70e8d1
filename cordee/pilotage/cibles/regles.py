"""Where a figure stands before its target. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from cordee.pilotage.enums import Avancement, Sens, Unite

PROMESSE: Final = timedelta(days=548)
"""A promise is worth showing beside the figures of the year after the one it was made for: eighteen months."""
PAR_HABITUDE: Final = frozenset({Unite.POUR_CENT, Unite.JOURS, Unite.PAR_REFERENT})
"""Units whose target for the whole département means something for one of its parts."""


def jour_du_constat(echeance: date, au: date) -> date:
    """The day whose figure is held against a target: its own day once it has come (the last end of month by then).

    >>> jour_du_constat(date(2026, 12, 31), date(2026, 11, 22)), jour_du_constat(date(2026, 3, 15), date(2026, 11, 22))
    (datetime.date(2026, 11, 22), datetime.date(2026, 2, 28))
    """
    if echeance > au:
        return au
    lendemain = echeance + timedelta(days=1)
    return echeance if lendemain.day == 1 else echeance.replace(day=1) - timedelta(days=1)


def atteinte(valeur: float, visee: float, sens: Sens) -> bool:
    """Whether the target is reached: at most for what is better low, at least otherwise.

    >>> atteinte(52, 50, Sens.HAUSSE), atteinte(40, 42, Sens.BAISSE), atteinte(43, 42, Sens.BAISSE)
    (True, True, False)
    """
    return valeur <= visee if sens is Sens.BAISSE else valeur >= visee


def avancement(valeur: float | None, visee: float, sens: Sens, *, echeance: date, au: date) -> Avancement:
    """Reached, missed, or still to come; what is not known is said, never counted as missed.

    >>> noel, nouvel_an = date(2026, 12, 25), date(2027, 1, 1)
    >>> avancement(40, 50, Sens.HAUSSE, echeance=nouvel_an, au=noel).value
    'a_venir'
    >>> avancement(40, 50, Sens.HAUSSE, echeance=noel, au=noel).value, avancement(None, 1, Sens.HAUSSE, echeance=noel,
    ... au=nouvel_an).value
    ('manquee', 'inconnue')
    """
    if valeur is None:
        return Avancement.INCONNUE
    if atteinte(valeur, visee, sens):
        return Avancement.ATTEINTE
    return Avancement.MANQUEE if echeance <= au else Avancement.A_VENIR
