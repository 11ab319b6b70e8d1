"""Dates and hours as people say them."""

from __future__ import annotations

from datetime import date, datetime

from cordee.reglementation.redaction import date_en_toutes_lettres

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
INSECABLE = "\u00a0"


def date_fr(jour: date, *, avec_jour: bool = True) -> str:
    """A date as people say it.

    >>> date_fr(date(2026, 2, 17)), date_fr(date(2026, 5, 1), avec_jour=False)
    ('mardi 17 février 2026', '1er mai 2026')
    """
    texte = date_en_toutes_lettres(jour)
    return f"{JOURS[jour.weekday()]} {texte}" if avec_jour else texte


def heure_fr(instant: datetime) -> str:
    """An hour as people read it, with unbreakable spaces. The instant is taken as it stands: give it in local time.

    >>> heure_fr(datetime(2026, 2, 17, 9, 0)).replace(INSECABLE, " ")
    '9 h'
    >>> heure_fr(datetime(2026, 2, 17, 14, 5)).replace(INSECABLE, " ")
    '14 h 05'
    """
    minutes = f"{INSECABLE}{instant.minute:02d}" if instant.minute else ""
    return f"{instant.hour}{INSECABLE}h{minutes}"


def date_heure_fr(instant: datetime) -> str:
    """Day and hour of an appointment.

    >>> date_heure_fr(datetime(2026, 2, 17, 9, 0)).replace(INSECABLE, " ")
    'mardi 17 février 2026 à 9 h'
    """
    return f"{date_fr(instant)} à {heure_fr(instant)}"
