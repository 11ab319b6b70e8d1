"""The monthly file a payer would send about the synthetic population."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from cordee.demo.foyers import ORGANISMES, foyer_lu
from cordee.demo.modele import Population
from cordee.demo.population import generer, mois_suivant
from cordee.demo.reductions import Demandes, appliquer, lire_listes
from cordee.echanges.caf import ecriture
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.caf.resultats import Entete
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS

ORIGINE: Final = date(2024, 12, 31)
"""Photo of the first month of the demonstration; later months follow from it, month after month."""


class MoisImpossible(ErreurMetier):
    """The month asked for is not one a file can be made for."""


def generer_mensuel(
    mois: str, *, foyers: int, graine: int, sortie: Path, organisme: str = "CAF", listes: Sequence[Path] = ()
) -> int:
    """Make the file a payer sends in ``mois`` (``AAAA-MM``) about ``foyers`` households at the origin.

    Two months asked with the same seed are two photos of the same population.

    Args:
        listes: lists of decisions the payer was sent, exported as CSV: it applies them (``ReductionRSA``).

    Returns:
        The number of households written.

    Raises:
        MoisImpossible: not a month, or too early.
    """
    population = population_pour(mois, foyers=foyers, graine=graine)
    return ecrire_mensuel(population, mois, sortie, organisme=organisme, demandes=lire_listes(listes))


def population_pour(mois: str, *, foyers: int, graine: int) -> Population:
    """The population of the file sent in ``mois``: the photo at the end of the month before (E01)."""
    reference = reference_de(mois)
    if reference < ORIGINE:
        raise MoisImpossible(f"Le premier fichier de démonstration est celui de janvier {ORIGINE.year + 1}.")
    population = generer(foyers=foyers, graine=graine, au=ORIGINE)
    while population.au < reference:
        population = mois_suivant(population)
    return population


def reference_de(mois: str) -> date:
    """DTREF of the file sent in a month: the last day of the month before.

    >>> reference_de("2026-02")
    datetime.date(2026, 1, 31)
    """
    try:
        return date.fromisoformat(f"{mois}-01") - timedelta(days=1)
    except ValueError:
        raise MoisImpossible(f"« {mois} » n'est pas un mois : écrivez-le AAAA-MM, par exemple 2026-02.") from None


def cree_le(reference: date) -> datetime:
    """When the file of a photo is made: on the 5th, at night."""
    return datetime.combine(reference + timedelta(days=5), time(1, 18, 36), tzinfo=PARIS)


def recu_le(reference: date) -> date:
    """When the Département receives it: on the 6th."""
    return reference + timedelta(days=6)


def ecrire_mensuel(
    population: Population, mois: str, sortie: Path, *, organisme: str = "CAF", calculs_au: date | None = None,
    demandes: Demandes | None = None,
) -> int:  # fmt: skip
    """Write the monthly file of ``mois``, created on the 5th. Same population, same bytes.

    Args:
        calculs_au: day of the calculations, the photo's own when ``None``. Every right is calculated anew each month,
            so that two true months differ nearly everywhere; giving the former month's day leaves only the changes
            of situation (for measures).
        demandes: what the payer was asked to withhold, by request number.

    Returns:
        The number of households written.

    Raises:
        MoisImpossible: the population is not the photo this file must show.
    """
    reference = reference_de(mois)
    if population.au != reference:
        raise MoisImpossible(
            f"La population est au {population.au:%d/%m/%Y}, le fichier de {mois} au {reference:%d/%m/%Y}."
        )
    entete = entete_mensuel(reference, organisme)
    foyers = foyers_lus(population, organisme, calculs_au or reference)
    if demandes:
        foyers = (appliquer(foyer, demandes, au=reference) for foyer in foyers)
    return ecriture.ecrire(sortie, entete, foyers)


def entete_mensuel(reference: date, organisme: str) -> Entete:
    """The header of the file of a photo."""
    appli, _ = ORGANISMES[organisme]
    return Entete(
        appli=appli, version_appli="6200", type_flux="M", nature="D", cree_le=cree_le(reference), reference=reference
    )


def foyers_lus(population: Population, organisme: str, calculs_au: date) -> Iterator[FoyerLu]:
    """The households of one payer, as its file shows them."""
    retenus = (menage for menage in population.menages if menage.organisme == organisme and menage.transmis)
    return (foyer_lu(menage, population.au, calculs_au) for menage in retenus)
