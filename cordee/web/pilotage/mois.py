"""The month of a page of figures: written in its address, shown as people say it, compared with the year before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cordee.reglementation.calendrier import ajouter_mois

_ECRIT: Final = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_NOMS: Final = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                "novembre", "décembre")  # fmt: skip
_COURTS: Final = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True, order=True)
class Mois:
    """A calendar month. Its figures are those of its last day, or of today while it runs.

    >>> m = Mois(2026, 1)
    >>> str(m), m.libelle, str(m.decale(-1)), m.dernier_jour
    ('2026-01', 'janvier 2026', '2025-12', datetime.date(2026, 1, 31))
    """

    annee: int
    rang: int

    def __str__(self) -> str:
        return f"{self.annee}-{self.rang:02d}"

    @property
    def libelle(self) -> str:
        return f"{_NOMS[self.rang - 1]} {self.annee}"

    @property
    def court(self) -> str:
        return f"{_COURTS[self.rang - 1]} {self.annee}"

    @property
    def dernier_jour(self) -> date:
        return ajouter_mois(date(self.annee, self.rang, 1), 1) - timedelta(days=1)

    def decale(self, n: int) -> Mois:
        """The month ``n`` months later (earlier when negative)."""
        return mois_de(ajouter_mois(date(self.annee, self.rang, 1), n))

    def au(self, aujourdhui: date) -> date:
        """The day its figures are those of.

        >>> Mois(2026, 11).au(date(2026, 11, 22)), Mois(2026, 10).au(date(2026, 11, 22))
        (datetime.date(2026, 11, 22), datetime.date(2026, 10, 31))
        """
        return min(self.dernier_jour, aujourdhui)


def mois_de(jour: date) -> Mois:
    """The month of a day."""
    return Mois(jour.year, jour.month)


def lire_mois(texte: str, *, premier: Mois, dernier: Mois) -> Mois:
    """The month of an address, kept between the first known and the current one; the current one by default.

    >>> premier, dernier = Mois(2021, 12), Mois(2026, 11)
    >>> [str(lire_mois(t, premier=premier, dernier=dernier)) for t in ("2025-03", "1999-01", "2030-01", "x", "2025-13")]
    ['2025-03', '2021-12', '2026-11', '2026-11', '2026-11']
    """
    lu = _ECRIT.match(texte)
    if not lu:
        return dernier
    return max(premier, min(dernier, Mois(int(lu[1]), int(lu[2]))))
