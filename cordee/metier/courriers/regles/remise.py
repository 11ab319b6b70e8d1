"""What becomes of a letter, and from which day the law holds it to have been received (E11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from cordee.metier.courriers.enums import Canal, EtatRemise, MoyenRemise
from cordee.metier.courriers.regles.genres import MOYENS_A_DATE_CERTAINE, MOYENS_RECOMMANDES

M = MoyenRemise

# A letter leaves, is presented, and ends once. A hand-over or a reading may be recorded at once.
SUITES: Mapping[EtatRemise | None, frozenset[EtatRemise]] = MappingProxyType(
    {
        None: frozenset({EtatRemise.ENVOYEE, EtatRemise.RECUE, EtatRemise.REFUSEE, EtatRemise.ECHEC}),
        EtatRemise.ENVOYEE: frozenset(EtatRemise) - {EtatRemise.ENVOYEE},
        EtatRemise.PRESENTEE: frozenset(EtatRemise) - {EtatRemise.ENVOYEE, EtatRemise.ECHEC},
        EtatRemise.RECUE: frozenset(),
        EtatRemise.REFUSEE: frozenset(),
        EtatRemise.NON_RECLAMEE: frozenset(),
        EtatRemise.NPAI: frozenset(),
        EtatRemise.ECHEC: frozenset(),
    }
)


def peut_suivre(avant: EtatRemise | None, apres: EtatRemise) -> bool:
    """Whether a letter known as ``avant`` may become ``apres``.

    >>> peut_suivre(EtatRemise.ENVOYEE, EtatRemise.NPAI), peut_suivre(EtatRemise.NPAI, EtatRemise.RECUE)
    (True, False)
    """
    return apres in SUITES[avant]


class _Suivi(Protocol):
    """What the rules read of a letter."""

    etat: str
    canal: str
    moyen: str
    annule_le: datetime | None


def suites_de(courrier: _Suivi) -> list[EtatRemise]:
    """What may be recorded next of one letter, by the way it took: only paper comes back, only a registered letter is
    presented, refused or left unclaimed.

    >>> from types import SimpleNamespace as S
    >>> lettre = S(etat="envoyee", canal="courrier", moyen="lettre_simple", annule_le=None)
    >>> [e.value for e in suites_de(lettre)]
    ['npai']
    >>> lettre.moyen = "lrar"
    >>> [e.value for e in suites_de(lettre)]
    ['presentee', 'recue', 'refusee', 'non_reclamee', 'npai']
    """
    if courrier.annule_le is not None:
        return []
    possibles = SUITES[EtatRemise(courrier.etat) if courrier.etat else None]
    papier = courrier.canal == Canal.COURRIER
    ecartes: set[EtatRemise] = set()
    if courrier.moyen not in MOYENS_RECOMMANDES:
        ecartes = {EtatRemise.PRESENTEE, EtatRemise.REFUSEE, EtatRemise.NON_RECLAMEE}
    ecartes.add(EtatRemise.NPAI if not papier else EtatRemise.ECHEC)
    if courrier.canal not in (Canal.SMS, Canal.COURRIEL):
        ecartes.add(EtatRemise.ECHEC)
    if courrier.moyen not in MOYENS_A_DATE_CERTAINE:
        ecartes.add(EtatRemise.RECUE)
    return [e for e in EtatRemise if e in possibles and e not in ecartes and e is not EtatRemise.ENVOYEE]


@dataclass(frozen=True, slots=True)
class EtatDate:
    """One thing that happened to a letter, and the day it did."""

    etat: EtatRemise
    le: date


@dataclass(frozen=True, slots=True)
class PointDeDepart:
    """The day a clock starts from. While ``certaine`` is false no procedure may rely on it."""

    le: date
    certaine: bool


def date_certaine(etats: Iterable[EtatDate], *, moyen: MoyenRemise = M.LRAR) -> date | None:
    """The day on which the law holds the letter to have been received, or None.

    C. trav. R5411-8-1: the decision is notified "par tout moyen donnant date certaine à sa réception".

    - ``recue``: the day of reception;
    - ``non_reclamee``: the day of the first presentation (registered letters only);
    - ``refusee``: the day of the presentation (registered letters only; the refusal itself when no presentation is
      recorded, since it takes place at the door);
    - ``npai``, or nothing final yet: none.

    A hand-over that the person declines to sign, or a page left unopened in the personal space, proves nothing: the
    protective reading is to send a registered letter.

    >>> jour = date(2026, 2, 17)
    >>> non_retiree = [EtatDate(EtatRemise.PRESENTEE, jour), EtatDate(EtatRemise.NON_RECLAMEE, date(2026, 3, 5))]
    >>> date_certaine(non_retiree)
    datetime.date(2026, 2, 17)
    >>> date_certaine([EtatDate(EtatRemise.RECUE, jour)], moyen=MoyenRemise.SMS) is None
    True
    """
    if moyen not in MOYENS_A_DATE_CERTAINE:
        return None
    connus = list(etats)
    finaux = [e for e in connus if e.etat.final]
    if not finaux:
        return None
    fin = max(finaux, key=lambda e: e.le)
    if fin.etat is EtatRemise.RECUE:
        return fin.le
    if fin.etat in (EtatRemise.NPAI, EtatRemise.ECHEC) or moyen not in MOYENS_RECOMMANDES:
        return None
    presentation = min((e.le for e in connus if e.etat is EtatRemise.PRESENTEE), default=None)
    if fin.etat is EtatRemise.REFUSEE:
        return presentation or fin.le
    return presentation


def point_de_depart(etats: Iterable[EtatDate], *, moyen: MoyenRemise = M.LRAR) -> PointDeDepart | None:
    """The certain date, or else the day of sending, flagged as provisional; None when nothing left or all came back.

    >>> point_de_depart([EtatDate(EtatRemise.ENVOYEE, date(2026, 2, 10))])
    PointDeDepart(le=datetime.date(2026, 2, 10), certaine=False)
    """
    connus = list(etats)
    certaine = date_certaine(connus, moyen=moyen)
    if certaine is not None:
        return PointDeDepart(le=certaine, certaine=True)
    if any(e.etat in (EtatRemise.NPAI, EtatRemise.ECHEC) for e in connus):
        return None
    envoi = min((e.le for e in connus if e.etat is EtatRemise.ENVOYEE), default=None)
    return PointDeDepart(le=envoi, certaine=False) if envoi else None
