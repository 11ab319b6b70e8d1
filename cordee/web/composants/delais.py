"""Dates as people say them: how far away, early or late."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

DEUX_MOIS = 60
BIENTOT = 7


class Urgence(StrEnum):
    """Three urgencies, each with its own icon and word in the pages."""

    RETARD = "retard"
    BIENTOT = "bientot"
    PLUS_TARD = "plus_tard"


def urgence(echeance: date, le: date) -> Urgence:
    """Late after the day itself; soon within seven days.

    >>> urgence(date(2026, 2, 28), date(2026, 3, 1)).value, urgence(date(2026, 2, 28), date(2026, 2, 28)).value
    ('retard', 'bientot')
    """
    reste = (echeance - le).days
    if reste < 0:
        return Urgence.RETARD
    return Urgence.BIENTOT if reste <= BIENTOT else Urgence.PLUS_TARD


def duree(jours: int) -> str:
    """A number of days in words: days up to two months, then months, then years.

    >>> duree(1), duree(45), duree(100), duree(800)
    ('1\\xa0jour', '45\\xa0jours', '3\\xa0mois', '2\\xa0ans')
    """
    if jours <= DEUX_MOIS:
        return f"{jours}\xa0jour{'s' if jours > 1 else ''}"
    if jours < 730:
        return f"{round(jours / 30.44)}\xa0mois"
    return f"{jours // 365}\xa0ans"


def distance(jour: date, le: date) -> str:
    """How far a date is from the day ``le``.

    >>> le = date(2026, 2, 22)
    >>> [distance(date(2026, 2, numero), le) for numero in (28, 22, 23, 19)]
    ['dans 6\\xa0jours', "aujourd'hui", 'demain', 'il y a 3\\xa0jours']
    """
    ecart = (jour - le).days
    proches = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    if ecart in proches:
        return proches[ecart]
    return f"dans {duree(ecart)}" if ecart > 0 else f"il y a {duree(-ecart)}"


def retard(echeance: date, le: date) -> str:
    """Lateness in words.

    >>> retard(date(2026, 2, 19), date(2026, 2, 22))
    'en retard de 3\\xa0jours'
    """
    return f"en retard de {duree((le - echeance).days)}"
