"""Month and working-day arithmetic: the only place that counts a delay.

Legal clocks run in calendar days or months; working days (``jours ouvrés``) exist in service rules only. A term that
falls on a Saturday, a Sunday or a public holiday has two readings: earlier for the service, later for the person.
Public holidays are those of metropolitan France outside Alsace-Moselle (Code du travail L3133-1).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

UN_JOUR = timedelta(days=1)
SAMEDI = 5


@cache
def jours_feries(annee: int) -> dict[date, str]:
    """Public holidays of a year with their French names. The returned mapping is shared: do not change it.

    >>> jours_feries(2026)[date(2026, 5, 14)], jours_feries(2026)[date(2026, 5, 25)]
    ('Ascension', 'Lundi de Pentecôte')
    """
    return dict(holidays.country_holidays("FR", years=annee, language="fr").items())


def est_jour_ouvre(jour: date) -> bool:
    """Monday to Friday, and no public holiday.

    >>> [est_jour_ouvre(date(2026, 5, jour)) for jour in (13, 14, 15, 16)]
    [True, False, True, False]
    """
    return jour.weekday() < SAMEDI and jour not in jours_feries(jour.year)


def ajouter_mois(jour: date, n: int) -> date:
    """Same day of the month ``n`` months later (earlier if negative); the month's last day where it lacks that day.

    >>> ajouter_mois(date(2026, 1, 31), 1), ajouter_mois(date(2028, 1, 31), 1)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    >>> ajouter_mois(date(2026, 11, 30), 3), ajouter_mois(date(2026, 1, 15), -2)
    (datetime.date(2027, 2, 28), datetime.date(2025, 11, 15))
    """
    annees, mois_zero = divmod(jour.month - 1 + n, 12)
    annee, mois = jour.year + annees, mois_zero + 1
    return date(annee, mois, min(jour.day, monthrange(annee, mois)[1]))


def ajouter_jours_ouvres(jour: date, n: int) -> date:
    """The ``n``-th working day after ``jour`` (before it if negative); ``jour`` itself is never counted.

    >>> ajouter_jours_ouvres(date(2026, 5, 13), 1)  # eve of the Ascension
    datetime.date(2026, 5, 15)
    >>> ajouter_jours_ouvres(date(2026, 5, 18), -2), ajouter_jours_ouvres(date(2026, 5, 16), 0)
    (datetime.date(2026, 5, 13), datetime.date(2026, 5, 16))
    """
    pas = UN_JOUR if n >= 0 else -UN_JOUR
    restant = abs(n)
    while restant:
        jour += pas
        restant -= est_jour_ouvre(jour)
    return jour


def jours_ouvres_entre(debut: date, fin: date) -> int:
    """Working days after ``debut`` up to ``fin`` included; negative when ``fin`` comes first.

    >>> jours_ouvres_entre(date(2026, 5, 13), date(2026, 5, 18))
    2
    >>> jours_ouvres_entre(date(2026, 5, 18), date(2026, 5, 13))
    -2
    """
    if fin < debut:
        return -jours_ouvres_entre(fin, debut)
    return sum(est_jour_ouvre(debut + timedelta(days=i)) for i in range(1, (fin - debut).days + 1))


def echeance_interne(terme: date) -> date:
    """When the service must have acted: the term, or the working day before it.

    >>> echeance_interne(date(2026, 2, 28)), echeance_interne(date(2026, 2, 27))  # Saturday, Friday
    (datetime.date(2026, 2, 27), datetime.date(2026, 2, 27))
    """
    while not est_jour_ouvre(terme):
        terme -= UN_JOUR
    return terme


def jour_travaille_avant(jour: date, repos: Collection[int]) -> date:
    """The day itself, or the working day before it on which somebody works who is off on these weekdays (R19).

    >>> jour_travaille_avant(date(2026, 11, 25), {2}), jour_travaille_avant(date(2026, 11, 26), {2})  # Wednesdays off
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 26))
    """
    if not set(range(SAMEDI)) - set(repos):
        return echeance_interne(jour)
    while not est_jour_ouvre(jour) or jour.weekday() in repos:
        jour -= UN_JOUR
    return jour


def expiration_pour_la_personne(terme: date) -> date:
    """Until when the person may act: the term, or the working day after it.

    >>> expiration_pour_la_personne(date(2026, 5, 23))  # Saturday before Whit Monday
    datetime.date(2026, 5, 26)
    """
    while not est_jour_ouvre(terme):
        terme += UN_JOUR
    return terme


def milieu(debut: date, fin: date) -> date:
    """The day half-way through a period, earlier day if even: the mid-term meeting of an action.

    >>> milieu(date(2026, 3, 1), date(2026, 3, 31))
    datetime.date(2026, 3, 16)
    """
    if fin < debut:
        raise ValueError(f"La période finit ({fin}) avant de commencer ({debut}).")
    return debut + (fin - debut) // 2
