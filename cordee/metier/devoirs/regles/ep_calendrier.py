"""A year of sessions from a rhythm: never on a public holiday, none in August when the règlement says so (R21)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cordee.reglementation.calendrier import ajouter_mois, est_jour_ouvre

AOUT = 8
_SEMAINE = 7
DERNIER = -1


@dataclass(frozen=True, slots=True)
class Rythme:
    """« The second and fourth Thursdays »: a weekday (Monday 0) and its ranks in the month (1 to 4, -1 the last)."""

    jour_semaine: int
    rangs: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.jour_semaine not in range(5) or not self.rangs or not set(self.rangs) <= {1, 2, 3, 4, DERNIER}:
            raise ValueError("a rhythm is a weekday from Monday to Friday and ranks among 1, 2, 3, 4 and -1")


@dataclass(frozen=True, slots=True)
class DateProposee:
    """One session to come. ``ecartee``: why the rhythm's own day was left (``voulue``); ``le`` null: no session."""

    voulue: date
    le: date | None
    ecartee: str = ""


def dates_de_l_annee(rythme: Rythme, *, du: date, au: date, sans_aout: bool = True) -> list[DateProposee]:
    """The sessions of a rhythm between two days included, holidays avoided, in order.

    A day that is no working day gives its place to the next working day of its week, else to the one before. Days of
    August are listed without a session, so that nobody looks for a lost one.

    >>> r = Rythme(3, (2, 4))
    >>> [d.le.isoformat() for d in dates_de_l_annee(r, du=date(2026, 5, 1), au=date(2026, 5, 31))]
    ['2026-05-15', '2026-05-28']
    >>> dates_de_l_annee(r, du=date(2026, 8, 1), au=date(2026, 8, 31))[0].ecartee
    "Pas de séance en août (règlement de l'équipe)."
    """
    proposees = []
    for voulue in _voulues(rythme, du, au):
        if sans_aout and voulue.month == AOUT:
            proposees.append(DateProposee(voulue, None, "Pas de séance en août (règlement de l'équipe)."))
            continue
        le = _jour_possible(voulue)
        if le is None or not du <= le <= au:
            proposees.append(DateProposee(voulue, None, "Aucun jour ouvré dans la semaine."))
        else:
            proposees.append(DateProposee(voulue, le, "" if le == voulue else "Jour férié : séance décalée."))
    return proposees


def _voulues(rythme: Rythme, du: date, au: date) -> Iterator[date]:
    mois = du.replace(day=1)
    while mois <= au:
        premier = mois + timedelta(days=(rythme.jour_semaine - mois.weekday()) % _SEMAINE)
        tous = [premier + timedelta(weeks=n) for n in range(5) if (premier + timedelta(weeks=n)).month == mois.month]
        choisis = {tous[rang - 1] if rang > 0 else tous[rang] for rang in rythme.rangs}
        yield from sorted(jour for jour in choisis if du <= jour <= au)
        mois = ajouter_mois(mois, 1)


def _jour_possible(voulue: date) -> date | None:
    lundi = voulue - timedelta(days=voulue.weekday())
    semaine = [lundi + timedelta(days=n) for n in range(5)]
    apres = [jour for jour in semaine if jour >= voulue]
    avant = [jour for jour in reversed(semaine) if jour < voulue]
    return next((jour for jour in (*apres, *avant) if est_jour_ouvre(jour)), None)
