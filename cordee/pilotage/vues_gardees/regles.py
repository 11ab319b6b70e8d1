"""When a view is due to be sent. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from cordee.pilotage.enums_vues import Cadence, Franchissement

HEURE: Final = time(7)
RATTRAPAGE: Final = timedelta(days=2)
"""A worker that was stopped sends what was due two days ago at most: older figures are no news."""


def derniere_heure(cadence: Cadence, le: datetime) -> datetime | None:
    """The last moment at which that cadence was due, in the time of ``le``; ``None`` for a threshold.

    >>> derniere_heure(Cadence.CHAQUE_LUNDI, datetime(2026, 11, 25, 9)), derniere_heure(
    ...     Cadence.PREMIER_DU_MOIS, datetime(2026, 11, 1, 6, 59))
    (datetime.datetime(2026, 11, 23, 7, 0), datetime.datetime(2026, 10, 1, 7, 0))
    >>> derniere_heure(Cadence.SEUIL, datetime(2026, 11, 25, 9)) is None
    True
    """
    if cadence is Cadence.SEUIL:
        return None
    jour = le.date() if le.time() >= HEURE else le.date() - timedelta(days=1)
    jour = jour - timedelta(days=jour.weekday()) if cadence is Cadence.CHAQUE_LUNDI else jour.replace(day=1)
    return datetime.combine(jour, HEURE, tzinfo=le.tzinfo)


def a_envoyer(cadence: Cadence, *, depuis: datetime, le: datetime) -> date | None:
    """The day a subscription made at ``depuis`` is due for, at ``le``; ``None``: nothing is due.

    >>> a_envoyer(Cadence.CHAQUE_LUNDI, depuis=datetime(2026, 11, 20), le=datetime(2026, 11, 23, 7, 5))
    datetime.date(2026, 11, 23)
    >>> a_envoyer(Cadence.CHAQUE_LUNDI, depuis=datetime(2026, 11, 24), le=datetime(2026, 11, 24, 9)) is None
    True
    """
    heure = derniere_heure(cadence, le)
    if heure is None or heure <= depuis or le - heure > RATTRAPAGE:
        return None
    return heure.date()


def au_dela(valeur: float | None, seuil: float, sens: Franchissement) -> bool | None:
    """Whether a figure is on the far side of a threshold; ``None``: it is not known, or hidden.

    >>> au_dela(101, 100, Franchissement.AU_DESSUS), au_dela(100, 100, Franchissement.AU_DESSOUS), au_dela(
    ...     None, 1, Franchissement.AU_DESSUS)
    (True, False, None)
    """
    if valeur is None:
        return None
    return valeur > seuil if sens is Franchissement.AU_DESSUS else valeur < seuil
