"""Euros of a month: the quarter that is looked at, and what a measure takes from what is due (E22).

A measure is applied after the calculation of the allowance: the model of benefits knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import CENTIME
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import (
    Assiette,
    Foyer,
    MesureDuFoyer,
    ProjetMesure,
    mois_de,
    premier_du_mois,
    quotites_applicables,
    regime,
)
from cordee.socle.enums import EnumLibelle

ZERO = Decimal(0)


class Phase(EnumLibelle):
    """Where a month stands against a measure."""

    AVANT = "avant", "Avant"
    PENDANT = "pendant", "Pendant"
    APRES = "apres", "Après"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisDu:
    """What is due for a month before any measure, and the household as the ceilings look at it (E21)."""

    mois: date
    du: Decimal
    foyer: Foyer


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisRetenu:
    """One month beside a measure. ``plafonnee``: the ceiling of the household brought the share down."""

    mois: date
    phase: Phase
    du: Decimal
    assiette: Decimal
    quotite: Decimal
    retenue: Decimal
    plafonnee: bool

    @property
    def verse(self) -> Decimal:
        return self.du - self.retenue


def trimestre_de_reference(mois: date) -> tuple[date, date, date]:
    """The three months whose resources decide the right of a month, oldest first.

    >>> [m.month for m in trimestre_de_reference(date(2025, 2, 1))]  # M-3 to M-1
    [11, 12, 1]
    >>> [m.month for m in trimestre_de_reference(date(2025, 3, 1))]  # M-4 to M-2
    [11, 12, 1]
    """
    premier = premier_du_mois(mois)
    dernier = -entier("trimestre_reference_decalage", au=premier)
    return (ajouter_mois(premier, dernier - 2), ajouter_mois(premier, dernier - 1), ajouter_mois(premier, dernier))


def mois_de_l_examen(mois: date, *, cycle: date) -> date:
    """First month of the quarter of right a month belongs to: its amount is examined then and holds three months.

    ``cycle``: any month that opens a quarter of right (resources are declared every three months, CASF R262-4).

    >>> mois_de_l_examen(date(2026, 11, 1), cycle=date(2026, 1, 1))
    datetime.date(2026, 10, 1)
    >>> mois_de_l_examen(date(2026, 9, 1), cycle=date(2026, 10, 1))
    datetime.date(2026, 7, 1)
    """
    premier = premier_du_mois(mois)
    ecart = (premier.year - cycle.year) * 12 + premier.month - cycle.month
    return ajouter_mois(premier, -(ecart % 3))


def retenues(projet: ProjetMesure, mois: Sequence[MoisDu], *, regime_retenu: str) -> tuple[MoisRetenu, ...]:
    """Month by month, what a measure takes.

    The base depends on the regime: each month's allowance since 2025-06-01, what was due for the last month of the
    quarter of reference before, an amount in euros in 2009. The ceiling of the household is looked at each month: a
    birth brings the share down, an end of majoration or a separation never raises it again (E21).

    Args:
        projet: the measure, decided or meant.
        mois: months in order; those before the measure give the base of the old regimes (the first one known
            otherwise) and the colour of « before ».

    >>> seule = [MoisDu(mois=date(2026, m, 1), du=Decimal("651.69"), foyer=Foyer(1)) for m in (9, 10, 11)]
    >>> from cordee.reglementation.regimes import NatureMesure
    >>> projet = ProjetMesure(nature=NatureMesure.SUSPENSION, quotite=Decimal("0.3"), mois=1, debut=date(2026, 10, 1))
    >>> [(m.phase.value, str(m.verse)) for m in retenues(projet, seule, regime_retenu="NAT-2025")]
    [('avant', '651.69'), ('pendant', '456.19'), ('apres', '651.69')]

    Raises:
        RegimeInconnu: no such regime.
        ValueError: neither share nor amount.
    """
    if projet.quotite is None and projet.montant is None:
        raise ValueError("Une mesure porte une part ou un montant.")
    portes = mois_de(projet.debut, projet.mois)
    assiette = regime(regime_retenu).assiette
    fixe = None if assiette is Assiette.CHAQUE_MOIS else _base_fixe(projet.debut, mois)
    parts = _parts(projet, mois, regime_retenu)
    lignes = []
    for m in mois:
        phase = Phase.AVANT if m.mois < portes[0] else Phase.PENDANT if m.mois in portes else Phase.APRES
        base, part, retenue = m.du if fixe is None else fixe, ZERO, ZERO
        if phase is Phase.PENDANT:
            part = parts.get(m.mois, projet.quotite or ZERO)
            retenue = min(_arrondi(base * part) if projet.montant is None else projet.montant, m.du)
        plafonnee = phase is Phase.PENDANT and projet.quotite is not None and part < projet.quotite
        lignes.append(
            MoisRetenu(
                mois=m.mois, phase=phase, du=m.du, assiette=base, quotite=part, retenue=retenue, plafonnee=plafonnee
            )
        )
    return tuple(lignes)


def _base_fixe(debut: date, mois: Sequence[MoisDu]) -> Decimal:
    """What was due for the last month of the quarter of reference (CASF R262-68 of 2012)."""
    voulu = trimestre_de_reference(debut)[-1]
    connus = {m.mois: m.du for m in mois}
    return connus.get(voulu, mois[0].du)


def _parts(projet: ProjetMesure, mois: Sequence[MoisDu], regime_retenu: str) -> dict[date, Decimal]:
    if projet.quotite is None:
        return {}
    mesure = MesureDuFoyer(quotite=projet.quotite, debut=projet.debut, mois=projet.mois)
    return dict(quotites_applicables(mesure, {m.mois: m.foyer for m in mois}, regime=regime_retenu))


def _arrondi(montant: Decimal) -> Decimal:
    """Half a cent stays with the person: a share of 50 % never takes more than 50 %."""
    return montant.quantize(CENTIME, ROUND_DOWN)
