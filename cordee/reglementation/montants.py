"""The RSA in exact decimals: lump sum (CASF L262-2, R262-1, L262-9), housing deduction (R262-9), amount due.

What a household is due once its resources are known needs nothing else; the model of all benefits (prime d'activité,
prestations familiales, net wage) stands in ``cordee.metier.prestations``. Both agree to the cent (tested).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cordee.reglementation.parametres import decimale

CENTIME = Decimal("0.01")
_TAUX_LOGEMENT = {
    1: "forfait_logement_une_personne",
    2: "forfait_logement_deux_personnes",
    3: "forfait_logement_trois_personnes",
}


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


def forfait_logement(*, personnes: int, au: date) -> Decimal:
    """What is deducted from a household that has a housing benefit, owns its home or lives there for free (R262-9).

    Args:
        personnes: everybody the allowance counts; from three on the deduction no longer grows. Majoration never counts.
        au: day of the amount.

    >>> [str(forfait_logement(personnes=n, au=date(2026, 5, 1))) for n in (1, 2, 3, 6)]
    ['78.20', '156.41', '193.55', '193.55']

    Raises:
        ValueError: nobody.
    """
    if personnes < 1:
        raise ValueError(f"Foyer impossible : {personnes} personne.")
    compte = min(personnes, 3)
    coefficient = 1 + sum(_parts(1, compte - 1, au), Decimal(0))
    taux = decimale(_TAUX_LOGEMENT[compte], au=au)
    return (decimale("rsa_montant_forfaitaire", au=au) * coefficient * taux).quantize(CENTIME, ROUND_HALF_UP)


def rsa_du(
    *, adultes: int, enfants: int, au: date, majore: bool = False, ressources: Decimal = Decimal(0),
    logement: Decimal = Decimal(0),
) -> Decimal:  # fmt: skip
    """What is due for a month: the lump sum less housing and resources, nothing under the threshold (R262-39).

    Args:
        ressources: monthly average of the quarter of reference, family benefits of the month included (R262-3).
        logement: what is deducted for housing: ``forfait_logement``, or the housing benefit where it is smaller.

    >>> rsa_du(adultes=1, enfants=0, au=date(2026, 5, 1), ressources=Decimal(300))
    Decimal('351.69')
    >>> rsa_du(adultes=1, enfants=0, au=date(2026, 5, 1), ressources=Decimal("646"))  # 5,69 €: not paid
    Decimal('0.00')
    """
    du = montant_forfaitaire(adultes=adultes, enfants=enfants, au=au, majore=majore) - logement - ressources
    return seuil_de_versement(du, au=au)


def seuil_de_versement(du: Decimal, *, au: date) -> Decimal:
    """An amount as it is paid: never negative, nothing under the threshold (CASF R262-39).

    >>> seuil_de_versement(Decimal("6"), au=date(2026, 5, 1)), seuil_de_versement(Decimal("-3"), au=date(2026, 5, 1))
    (Decimal('6.00'), Decimal('0.00'))
    """
    verse = du if du >= decimale("rsa_seuil_versement", au=au) else Decimal(0)
    return verse.quantize(CENTIME, ROUND_HALF_UP)


def _parts(adultes: int, enfants: int, au: date) -> list[Decimal]:
    """What each person beyond the first adds: half for the second, less for the next, more from the third child on."""
    suivants = adultes - 1 + min(enfants, 2)
    parts = [decimale("rsa_coefficient_personne_suivante", au=au)] * suivants
    if suivants:
        parts[0] = decimale("rsa_coefficient_deuxieme_personne", au=au)
    return parts + [decimale("rsa_coefficient_troisieme_enfant", au=au)] * max(enfants - 2, 0)
