"""On which days a recurring opening receives people, and into which hours it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil

from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.reglementation.calendrier import jours_feries
from cordee.socle.horloge import PARIS

UN_JOUR = timedelta(days=1)
SEMAINE = 7
# What an ordinary interview takes; an interpreter makes it half as long again (R47).
DUREE_ORDINAIRE = {
    GenreRendezVous.ORIENTATION: 45,
    GenreRendezVous.ACCOMPAGNEMENT: 45,
    GenreRendezVous.CONTRAT: 60,
    GenreRendezVous.COLLECTIF: 90,
}
_AVEC_INTERPRETE = 1.5


@dataclass(frozen=True, slots=True)
class Rythme:
    """What says on which days an opening stands: same meaning as ``models.Plage``. ``fin`` is excluded."""

    jour_semaine: int
    de: time
    a: time
    duree_minutes: int
    debut: date
    toutes_les: int = 1
    fin: date | None = None


def jours_ouverts(rythme: Rythme, *, du: date, au: date) -> Iterator[date]:
    """Days of ``[du, au)`` on which the opening stands: its weekday, its weeks, no public holiday.

    Weeks are counted from the one (Monday to Sunday) of ``debut``.

    >>> mardis = Rythme(1, time(9), time(12), 45, debut=date(2026, 4, 1), toutes_les=2)
    >>> [j.isoformat() for j in jours_ouverts(mardis, du=date(2026, 4, 1), au=date(2026, 5, 15))]
    ['2026-04-14', '2026-04-28', '2026-05-12']
    """
    jour = max(du, rythme.debut)
    terme = au if rythme.fin is None else min(au, rythme.fin)
    lundi = rythme.debut - timedelta(days=rythme.debut.weekday())
    while jour < terme:
        semaine = (jour - lundi).days // SEMAINE
        if (
            jour.weekday() == rythme.jour_semaine
            and semaine % rythme.toutes_les == 0
            and jour not in jours_feries(jour.year)
        ):
            yield jour
        jour += UN_JOUR


def heures(rythme: Rythme, jour: date) -> list[tuple[datetime, datetime]]:
    """The slots of a day, in Paris time; what is left at the end, shorter than a slot, stays free.

    >>> matin = Rythme(1, time(9), time(12), 50, debut=date(2026, 4, 1))
    >>> [f"{d:%H:%M}-{f:%H:%M}" for d, f in heures(matin, date(2026, 4, 14))]
    ['09:00-09:50', '09:50-10:40', '10:40-11:30']
    """
    minutes = (rythme.a.hour - rythme.de.hour) * 60 + rythme.a.minute - rythme.de.minute
    premier = datetime.combine(jour, rythme.de)
    bornes = [premier + timedelta(minutes=n * rythme.duree_minutes) for n in range(minutes // rythme.duree_minutes + 1)]
    fuseau = [borne.replace(tzinfo=PARIS) for borne in bornes]
    return list(pairwise(fuseau))


def minutes_necessaires(genre: GenreRendezVous, *, interprete: bool) -> int:
    """How long an interview of this kind takes; with an interpreter, half as long again (R47).

    >>> minutes_necessaires(GenreRendezVous.ORIENTATION, interprete=True)
    68
    """
    ordinaire = DUREE_ORDINAIRE[genre]
    return ceil(ordinaire * _AVEC_INTERPRETE) if interprete else ordinaire
