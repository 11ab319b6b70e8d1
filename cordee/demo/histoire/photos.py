"""Photos: the last days of months."""

from __future__ import annotations

from datetime import date, timedelta

from cordee.demo.modele import fin_de_mois


def photo_suivante(photo: date) -> date:
    """The photo of the month after.

    >>> photo_suivante(date(2024, 1, 31))
    datetime.date(2024, 2, 29)
    """
    return fin_de_mois(photo + timedelta(days=1))


def photo_precedente(photo: date) -> date:
    """The photo of the month before.

    >>> photo_precedente(date(2024, 3, 31))
    datetime.date(2024, 2, 29)
    """
    return photo.replace(day=1) - timedelta(days=1)


def photos_entre(debut: date, fin: date) -> int:
    """How many photos come after ``debut``, ``fin`` included.

    >>> photos_entre(date(2023, 11, 30), date(2024, 2, 29)), photos_entre(date(2024, 2, 29), date(2024, 2, 29))
    (3, 0)
    """
    return max((fin.year - debut.year) * 12 + fin.month - debut.month, 0)
