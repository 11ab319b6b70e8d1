"""Days and hours of acts: people work from Monday to Friday, files come at seven, the night closes what ran out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from math import exp, log
from random import Random
from typing import Final

from cordee.reglementation.calendrier import est_jour_ouvre
from cordee.reglementation.delais import echeance
from cordee.socle.horloge import PARIS

MINUTE: Final = timedelta(minutes=1)
UN_JOUR: Final = timedelta(days=1)
JAMAIS: Final = datetime.max.replace(tzinfo=PARIS)
_SIX_SEMAINES: Final = date(2025, 1, 1)
"""From that day on the orientation passes to the employment operator (CASF D262-65-2)."""
_PREMIER_ORIENTER: Final = date(2012, 4, 1)
"""The first version of the deadline of orientation: what was received before counts from that day."""


@cache
def ouvre(jour: date) -> date:
    """The first working day from a day on."""
    while not est_jour_ouvre(jour):
        jour += UN_JOUR
    return jour


def a(jour: date, minutes: int) -> datetime:
    """A moment of a day, in minutes from midnight."""
    return datetime(jour.year, jour.month, jour.day, minutes // 60, minutes % 60, tzinfo=PARIS)


def au_bureau(jour: date, alea: Random) -> datetime:
    """Some time of the first working day from a day on."""
    return a(ouvre(jour), 530 + int(alea.random() * 490))


def creneau(jour: date, alea: Random) -> datetime:
    """An appointment: on the half hour, of the first working day from a day on."""
    return a(ouvre(jour), 540 + 30 * int(alea.random() * 15))


def minuit(jour: date) -> datetime:
    return datetime.combine(jour, time.min, tzinfo=PARIS)


@cache
def recu_utile(recu: date) -> date:
    """The reception from which clocks count (the oldest ones are brought to the first known version of the rule)."""
    return max(recu, _PREMIER_ORIENTER)


@cache
def passe_a_l_operateur(recu: date) -> datetime:
    """When the night records that six weeks ran out; never for rights opened before 2025."""
    if recu < _SIX_SEMAINES:
        return JAMAIS
    return a(echeance("orienter", depuis=recu).terme + UN_JOUR, 330)


def duree(alea: Random, moyenne: float, dispersion: float = 0.6) -> timedelta:
    """A delay, lognormal, of a mean in days. Whole days."""
    return timedelta(days=int(exp(log(moyenne) - dispersion * dispersion / 2 + dispersion * alea.gauss(0, 1)) + 0.5))


def entre(alea: Random, mini: int, maxi: int) -> timedelta:
    """Some number of days, bounds included."""
    return timedelta(days=mini + int(alea.random() * (maxi - mini + 1)))
