"""Lump-sum amount of the RSA (CASF L262-2, R262-1, L262-9) before resources and housing deduction."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cordee.reglementation.parametres import decimale

CENTIME = Decimal("0.01")


def montant_forfaitaire(*, adultes: int, enfants: int, au: date, majore: bool = False) -> Decimal:
    """Monthly lump sum of a household, in euros.

    Args:
        adultes: 1 or 2 (the claimant and her spouse or partner).
        enfants: dependent children and other dependants under 25.
        au: day of the amount.
        majore: lone parent or lone pregnant woman entitled to the increased RSA; then ``adultes`` is 1.

    >>> montant_forfaitaire(adultes=2, enfants=2, au=date(2026, 5, 1))
    Decimal('1368.55')
    >>> montant_forfaitaire(adultes=1, enfants=0, majore=True, au=date(2026, 5, 1))  # pregnant, no child yet
    Decimal('836.85')

    Raises:
        ValueError: impossible household.
    """
    if adultes not in (1, 2) or enfants < 0 or (majore and adultes != 1):
        raise ValueError(f"Foyer impossible : {adultes} adulte(s), {enfants} enfant(s), majoré : {majore}.")
    if majore:
        coefficient = decimale("rsa_coefficient_majore", au=au)
        coefficient += enfants * decimale("rsa_coefficient_majore_enfant", au=au)
    else:
        coefficient = 1 + sum(_parts(adultes, enfants, au), Decimal(0))
    return (decimale("rsa_montant_forfaitaire", au=au) * coefficient).quantize(CENTIME, ROUND_HALF_UP)


def _parts(adultes: int, enfants: int, au: date) -> list[Decimal]:
    """What each person beyond the first adds: half for the second, less for the next, more from the third child on."""
    suivants = adultes - 1 + min(enfants, 2)
    parts = [decimale("rsa_coefficient_personne_suivante", au=au)] * suivants
    if suivants:
        parts[0] = decimale("rsa_coefficient_deuxieme_personne", au=au)
    return parts + [decimale("rsa_coefficient_troisieme_enfant", au=au)] * max(enfants - 2, 0)
