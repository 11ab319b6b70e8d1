"""The ceiling of the household, month by month and all measures together (E21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes.cadre import plafond_du_foyer
from cordee.reglementation.regimes.modele import TOUT, Foyer

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MesureDuFoyer:
    """A measure that weighs on the allowance of a household: share of 1, first month, number of months."""

    quotite: Decimal
    debut: date
    mois: int
    identifiant: int | str = ""

    def part_du_mois(self, mois: date) -> Decimal:
        """The share decided for a month; nothing outside the measure."""
        return self.quotite if premier_du_mois(mois) in mois_de(self.debut, self.mois) else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PlafondDuMois:
    """One month: the ceiling, what the measures take together, what remains under it."""

    mois: date
    plafond: Decimal | None
    cumul: Decimal
    article: str

    @property
    def maximum(self) -> Decimal:
        return TOUT if self.plafond is None else self.plafond

    @property
    def respecte(self) -> bool:
        return self.cumul <= self.maximum

    @property
    def reste(self) -> Decimal:
        """What could still be withheld; never negative."""
        return max(ZERO, self.maximum - self.cumul)


def premier_du_mois(jour: date) -> date:
    """
    >>> premier_du_mois(date(2026, 11, 22))
    datetime.date(2026, 11, 1)
    """
    return jour.replace(day=1)


def mois_de(debut: date, mois: int) -> tuple[date, ...]:
    """The months of a measure, as their first days.

    >>> [m.month for m in mois_de(date(2026, 12, 1), 2)]
    [12, 1]
    """
    premier = premier_du_mois(debut)
    return tuple(ajouter_mois(premier, n) for n in range(mois))


def foyer_du_mois(foyers_par_mois: Mapping[date, Foyer], mois: date) -> Foyer | None:
    """The household of a month: the last one known, since nothing says it changed; ``None`` before the first."""
    cle = max((m for m in foyers_par_mois if premier_du_mois(m) <= premier_du_mois(mois)), default=None)
    return None if cle is None else foyers_par_mois[cle]


def plafonds_par_mois(
    foyers_par_mois: Mapping[date, Foyer], mesures: Iterable[MesureDuFoyer], *, regime: str
) -> tuple[PlafondDuMois, ...]:
    """For every month that bears a measure, the ceiling and the sum of the shares of the whole household.

    Args:
        foyers_par_mois: first day of month → household from that month on.
        mesures: every measure that runs in the household, both adults together.

    >>> janvier, mars = date(2026, 1, 1), date(2026, 3, 1)
    >>> mois = plafonds_par_mois({janvier: Foyer(1), mars: Foyer(2)},  # a birth in March
    ...                          [MesureDuFoyer(quotite=Decimal(1), debut=janvier, mois=4)], regime="NAT-2025")
    >>> [(m.mois.month, m.respecte) for m in mois]
    [(1, True), (2, True), (3, False), (4, False)]

    Raises:
        ValueError: the household of a month is unknown.
    """
    toutes = tuple(mesures)
    lignes = []
    for mois in sorted({m for mesure in toutes for m in mois_de(mesure.debut, mesure.mois)}):
        foyer = foyer_du_mois(foyers_par_mois, mois)
        if foyer is None:
            raise ValueError(f"Le foyer de {mois:%m/%Y} est inconnu.")
        plafond = plafond_du_foyer(foyer, regime=regime, au=mois)
        lignes.append(
            PlafondDuMois(
                mois=mois, plafond=plafond.part if plafond else None, article=plafond.article if plafond else "",
                cumul=sum((mesure.part_du_mois(mois) for mesure in toutes), ZERO),
            )
        )  # fmt: skip
    return tuple(lignes)


def quotites_applicables(
    mesure: MesureDuFoyer, foyers_par_mois: Mapping[date, Foyer], *, regime: str
) -> tuple[tuple[date, Decimal], ...]:
    """What a measure may take each month: brought down from the month of a birth or an arrival, never raised again
    by a separation (E21).

    >>> foyers = {date(2026, 1, 1): Foyer(1), date(2026, 2, 1): Foyer(2), date(2026, 3, 1): Foyer(1)}
    >>> mesure = MesureDuFoyer(quotite=Decimal(1), debut=date(2026, 1, 1), mois=3)
    >>> [str(part) for _, part in quotites_applicables(mesure, foyers, regime="NAT-2025")]
    ['1', '0.5', '0.5']
    """
    part, lignes = mesure.quotite, []
    for mois in mois_de(mesure.debut, mesure.mois):
        foyer = foyer_du_mois(foyers_par_mois, mois)
        plafond = None if foyer is None else plafond_du_foyer(foyer, regime=regime, au=mois)
        if plafond is not None:
            part = min(part, plafond.part)
        lignes.append((mois, part))
    return tuple(lignes)
