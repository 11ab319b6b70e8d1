"""When somebody is reminded of her appointment: late enough to be useful, early enough to move it, never twice."""

from __future__ import annotations

from datetime import date, timedelta

from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.reglementation.parametres import entier


def jour_du_rappel(debut: date) -> date:
    """The day a reminder leaves: two working days before (service rule).

    >>> jour_du_rappel(date(2026, 2, 23))  # a Monday
    datetime.date(2026, 2, 19)
    """
    return ajouter_jours_ouvres(debut, -entier("rappel_jours_ouvres", au=debut))


def a_rappeler(*, debut: date, convoquee: date, au: date) -> bool:
    """Whether today is a day to remind her: from the day of the reminder to the eve of the appointment.

    Somebody convened a few days before knows already.

    >>> lundi = date(2026, 2, 23)
    >>> [a_rappeler(debut=lundi, convoquee=date(2026, 2, 2), au=date(2026, 2, j)) for j in (18, 19, 22, 23)]
    [False, True, True, False]
    >>> a_rappeler(debut=lundi, convoquee=date(2026, 2, 18), au=date(2026, 2, 19))
    False
    """
    recent = timedelta(days=entier("rappel_apres_convocation_jours", au=debut))
    return jour_du_rappel(debut) <= au < debut and au - convoquee >= recent
