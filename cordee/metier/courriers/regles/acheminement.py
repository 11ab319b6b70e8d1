"""When a message may leave, and when to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from cordee.metier.courriers.enums import Canal
from cordee.reglementation.calendrier import jours_feries

OUVERTURE, FERMETURE = 8, 20  # hours, in Paris: nobody's phone rings for us at night
DIMANCHE = 6
ATTENTES = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6))
ESSAIS_MAXIMUM = len(ATTENTES) + 1
DELAI_DE_GRACE = timedelta(minutes=5)
"""Between the writing of a message and its departure: time to undo."""
SANS_REPONSE = timedelta(minutes=15)
"""A message taken that long ago without an answer was cut while it was being sent."""


def heure_permise(canal: Canal, instant: datetime) -> datetime:
    """The first moment from ``instant`` (local time) at which a message may leave.

    No message between 20:00 and 8:00; no text message on Sundays and public holidays.

    >>> heure_permise(Canal.SMS, datetime(2026, 7, 13, 21, 30))
    datetime.datetime(2026, 7, 15, 8, 0)
    >>> heure_permise(Canal.COURRIEL, datetime(2026, 7, 14, 9, 0))
    datetime.datetime(2026, 7, 14, 9, 0)
    """
    if instant.hour < OUVERTURE:
        instant = _matin(instant)
    elif instant.hour >= FERMETURE:
        instant = _matin(instant + timedelta(days=1))
    while canal is Canal.SMS and (instant.weekday() == DIMANCHE or instant.date() in jours_feries(instant.year)):
        instant = _matin(instant + timedelta(days=1))
    return instant


def _matin(instant: datetime) -> datetime:
    return instant.replace(hour=OUVERTURE, minute=0, second=0, microsecond=0)


def attente_avant_l_essai(faits: int) -> timedelta | None:
    """How long to wait after ``faits`` attempts that a provider put off; None when it is no use to go on.

    >>> attente_avant_l_essai(1), attente_avant_l_essai(5)
    (datetime.timedelta(seconds=120), None)
    """
    return ATTENTES[faits - 1] if faits <= len(ATTENTES) else None
