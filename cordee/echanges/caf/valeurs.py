"""Reading one value. What cannot be read gives ``None`` and a warning; nothing raises.

Dates and amounts repeat all along a file (month starts, ceilings, zero): both are remembered, within a bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, TypeAlias

from cordee.echanges.caf.resultats import Avertissement

Avis: TypeAlias = list[Avertissement]
Lecture: TypeAlias = Callable[[str, str, Avis], Any]

_BORNE: Final = 50_000
_DATES: dict[str, date] = {}
_MONTANTS: dict[str, Decimal] = {}
_FLAGS: Final = {"1": True, "0": False, "true": True, "false": False}
_RE_MONTANT: Final = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)
_RE_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_RE_HEURE: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_LONGUEUR_CITEE: Final = 20


def _signaler(avis: Avis, code: str, balise: str, brut: str, attendu: str) -> None:
    avis.append(Avertissement(code, f"{balise} : « {brut[:_LONGUEUR_CITEE]} » n'est pas {attendu}."))


def lire_date(brut: str, balise: str, avis: Avis) -> date | None:
    """``AAAA-MM-JJ``, with or without the time zone that XML allows.

    >>> lire_date("2025-02-30", "DTDEMRSA", avis := []), avis[0].code
    (None, 'date_illisible')
    """
    connue = _DATES.get(brut)
    if connue is not None:
        return connue
    forme = _RE_DATE.fullmatch(brut)
    try:
        lue = date.fromisoformat(forme[1]) if forme else None
    except ValueError:
        lue = None
    if lue is None:
        _signaler(avis, "date_illisible", balise, brut, "une date")
        return None
    if len(_DATES) < _BORNE:
        _DATES[brut] = lue
    return lue


def lire_montant(brut: str, balise: str, avis: Avis) -> Decimal | None:
    """An amount in euros, padded or not, point or comma.

    >>> lire_montant("0001675.00", "MTRSAVERS", []), lire_montant("-12,5", "MTRSAVERS", [])
    (Decimal('1675.00'), Decimal('-12.5'))
    >>> lire_montant("NaN", "MTRSAVERS", avis := []), avis[0].message
    (None, "MTRSAVERS : « NaN » n'est pas un montant.")
    """
    connu = _MONTANTS.get(brut)
    if connu is not None:
        return connu
    if not _RE_MONTANT.fullmatch(brut):
        _signaler(avis, "montant_illisible", balise, brut, "un montant")
        return None
    lu = Decimal(brut.replace(",", "."))
    if len(_MONTANTS) < _BORNE:
        _MONTANTS[brut] = lu
    return lu


def lire_entier(brut: str, balise: str, avis: Avis) -> int | None:
    """A whole number, padded with zeros.

    >>> lire_entier("02", "NBENFAUTCHA", []), lire_entier("deux", "NBENFAUTCHA", [])
    (2, None)
    """
    if brut.isdecimal() and brut.isascii() and len(brut) <= 15:
        return int(brut)
    _signaler(avis, "nombre_illisible", balise, brut, "un nombre entier")
    return None


def lire_indicateur(brut: str, balise: str, avis: Avis) -> bool | None:
    """A yes/no flag. Anything else is *unknown*, not "no"."""
    lu = _FLAGS.get(brut)
    if lu is None:
        _signaler(avis, "indicateur_illisible", balise, brut, "un indicateur (0 ou 1)")
    return lu


def lire_heure(brut: str) -> time | None:
    """``HH:MM:SS`` with the fractions met in real files.

    >>> lire_heure("01:18:36.0000"), lire_heure("25:00:00")
    (datetime.time(1, 18, 36), None)
    """
    forme = _RE_HEURE.fullmatch(brut)
    if not forme:
        return None
    try:
        return time(int(forme[1]), int(forme[2]), int(forme[3]))
    except ValueError:
        return None


def instant(jour: date | None, heure: str) -> datetime | None:
    """A naive instant from a date and a raw time (midnight when the time is unreadable)."""
    return None if jour is None else datetime.combine(jour, lire_heure(heure) or time())


def lire_naissance(brut: str, precision: str, avis: Avis) -> date | None:
    """A date of birth. An unknown day or month (TYPEDTNAI J or O, sent as 00) is read as the first.

    >>> lire_naissance("1985-00-00", "O", avis := []), avis[0].code
    (datetime.date(1985, 1, 1), 'naissance_approchee')
    >>> lire_naissance("1985-02-30", "N", []) is None
    True
    """
    if precision in {"J", "O"} and brut.endswith("-00"):
        avis.append(Avertissement("naissance_approchee", "Date de naissance incomplète : premier jour possible."))
        brut = brut.replace("-00", "-01")
    return lire_date(brut, "DTNAI", avis)
