"""What partners say of the people they follow: dates as they were said, the newest of each fact kept (E05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

RENOUVELER: Final = timedelta(days=30)
"""A partner who repeats the same thing starts the waiting again, but not before this (half of ``attendre_partenaire``):
monthly files about thousands of people do not write thousands of events that say nothing.
"""


@dataclass(frozen=True, slots=True)
class DateDite:
    """A date as a partner said it: a day, or only a year (``"2020"``) or a month (``"2020-03"``); never completed.

    >>> str(DateDite(date(2020, 3, 15))), str(DateDite(partielle="2020-03")), bool(DateDite())
    ('2020-03-15', '2020-03', False)
    """

    jour: date | None = None
    partielle: str = ""

    def __bool__(self) -> bool:
        return self.jour is not None or bool(self.partielle)

    def __str__(self) -> str:
        return self.jour.isoformat() if self.jour else self.partielle

    @property
    def en_mots(self) -> str:
        """As people read it.

        >>> DateDite(date(2020, 3, 5)).en_mots, DateDite(partielle="2020-03").en_mots
        ('05/03/2020', '03/2020, jour inconnu')
        >>> DateDite(partielle="2020").en_mots
        '2020, date incomplète'
        """
        if self.jour is not None or not self.partielle:
            return f"{self.jour:%d/%m/%Y}" if self.jour else ""
        annee, _, mois = self.partielle.partition("-")
        return f"{mois}/{annee}, jour inconnu" if mois else f"{annee}, date incomplète"

    @property
    def debut(self) -> date | None:
        """The earliest day it may be: enough to say that it is to come, never shown nor stored."""
        if self.jour is not None or not self.partielle:
            return self.jour
        annee, _, mois = self.partielle.partition("-")
        return date(int(annee), int(mois or 1), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationDite:
    """What one line of a partner's file says of one person. An empty value says nothing: it erases nothing."""

    personne: int
    contrat: DateDite = DateDite()
    dernier_contact: DateDite = DateDite()
    prochain_contact_le: date | None = None
    referent: str = ""
    referent_structure: str = ""

    @property
    def contenu(self) -> tuple[object, ...]:
        """What it says, without who: two lines that say the same are one."""
        return (self.contrat, self.dernier_contact, self.prochain_contact_le, self.referent, self.referent_structure)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationConnue:
    """What is known of a person through one partner: each fact with the day it was true (``*_au``)."""

    au: date | None = None
    contrat: DateDite = DateDite()
    contrat_au: date | None = None
    dernier_contact: DateDite = DateDite()
    prochain_contact_le: date | None = None
    contact_au: date | None = None
    prochain_au: date | None = None
    referent: str = ""
    referent_structure: str = ""
    referent_au: date | None = None

    @property
    def contenu(self) -> tuple[object, ...]:
        return (self.contrat, self.dernier_contact, self.prochain_contact_le, self.referent, self.referent_structure)


def completer(connue: InformationConnue, dite: InformationDite, *, au: date) -> InformationConnue:
    """Put together what is known and what is said: each fact is taken if it is as recent or more; emptiness erases
    nothing. The result does not depend on the order in which files of different days come.

    >>> connue = completer(InformationConnue(), InformationDite(personne=1, contrat=DateDite(date(2026, 1, 5))),
    ...                    au=date(2026, 1, 31))
    >>> plus_vieux = InformationDite(personne=1, contrat=DateDite(partielle="2025"), referent="Mme Exemple")
    >>> apres = completer(connue, plus_vieux, au=date(2025, 12, 31))
    >>> str(apres.contrat), apres.referent, apres.au == connue.au
    ('2026-01-05', 'Mme Exemple', True)
    """
    nouvelle = replace(connue, au=max(au, connue.au or au))
    if dite.contrat and _aussi_recent(au, connue.contrat_au):
        nouvelle = replace(nouvelle, contrat=dite.contrat, contrat_au=au)
    if dite.dernier_contact and _aussi_recent(au, connue.contact_au):
        nouvelle = replace(nouvelle, dernier_contact=dite.dernier_contact, contact_au=au)
    if dite.prochain_contact_le and _aussi_recent(au, connue.prochain_au):
        nouvelle = replace(nouvelle, prochain_contact_le=dite.prochain_contact_le, prochain_au=au)
    if (dite.referent or dite.referent_structure) and _aussi_recent(au, connue.referent_au):
        nouvelle = replace(nouvelle, referent=dite.referent, referent_structure=dite.referent_structure, referent_au=au)
    return nouvelle


def a_porter(*, change: bool, recue_le: date | None, le_jour: date) -> bool:
    """Whether the path must be told: something changed, it has not heard yet, or what it heard is getting old.

    >>> a_porter(change=False, recue_le=date(2026, 1, 20), le_jour=date(2026, 2, 18))
    False
    >>> a_porter(change=False, recue_le=date(2026, 1, 20), le_jour=date(2026, 3, 20))
    True
    """
    return change or recue_le is None or le_jour - recue_le >= RENOUVELER


def _aussi_recent(au: date, connu_au: date | None) -> bool:
    return connu_au is None or au >= connu_au
