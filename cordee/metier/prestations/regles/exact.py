"""The RSA of a household in exact decimals, at once: lump sum, housing, quarter of reference (CASF R262-2 to R262-13).

It answers where nothing but the RSA is asked and everything needed is known; otherwise ``None``, and the model answers.
Both agree to the cent (tested over a grid of households).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.metier.prestations.regles.hypotheses import AGE_A_CHARGE, Hypotheses, age
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import CENTIME, forfait_logement, rsa_du
from cordee.reglementation.parametres import decimale

ZERO: Final = Decimal(0)
PROFESSIONNELS: Final = (NatureRevenu.SALAIRE, NatureRevenu.NON_SALARIE, NatureRevenu.CHOMAGE)
"""Set aside altogether when they stop and nothing takes their place (CASF R262-13)."""
AUTRES: Final = (NatureRevenu.PENSION, NatureRevenu.PENSION_ALIMENTAIRE, NatureRevenu.AUTRE)
"""Set aside up to the lump sum of one person when they stop (same article)."""


def rsa_exact(h: Hypotheses, mois: date) -> Decimal | None:
    """What is due for a month, before any measure.

    >>> from cordee.metier.prestations.regles.hypotheses import Adulte
    >>> seule = Hypotheses(premier_mois=date(2026, 11, 1), adultes=(Adulte(naissance=date(1985, 1, 1)),))
    >>> rsa_exact(seule, date(2026, 11, 1))  # 651,69 € less 78,20 € for housing
    Decimal('573.49')
    """
    ressources = ressources_du_trimestre(h, mois)
    familiales = _prestations_familiales(h)
    if ressources is None or familiales is None or not _ouvert(h, mois):
        return None
    foyer = h.foyer(mois)
    return rsa_du(
        adultes=len(h.adultes), enfants=len(h.enfants_nes(mois)), majore=foyer.majore, au=mois,
        ressources=ressources + familiales, logement=deduction(h, mois),
    )  # fmt: skip


def deduction(h: Hypotheses, mois: date) -> Decimal:
    """What is taken off for housing: nothing, the deduction, or the housing benefit where it is smaller (R262-10)."""
    if h.logement in (Logement.SANS_AIDE, Logement.SANS_DOMICILE):
        return ZERO
    forfait = forfait_logement(personnes=h.foyer(mois).personnes, au=mois)
    if h.logement is Logement.AVEC_AIDE and h.aide_logement is not None:
        return min(h.aide_logement, forfait)
    return forfait


def ressources_du_trimestre(h: Hypotheses, mois: date) -> Decimal | None:
    """Monthly average of the quarter of reference; ``None`` where a figure belongs to the model (net wage of a job
    given in gross, daily allowances).
    """
    emploi = h.emploi
    if emploi is not None and emploi.salaire_net is None:
        return None
    if any(r.nature is NatureRevenu.INDEMNITES for a in h.adultes for r in a.revenus):
        return None
    total = sum((_de_l_adulte(h, rang, mois) for rang in range(len(h.adultes))), ZERO)
    return (total / 3).quantize(CENTIME, ROUND_HALF_UP)


def _de_l_adulte(h: Hypotheses, rang: int, mois: date) -> Decimal:
    examen, trimestre = h.examen(mois), h.trimestre(mois)
    remplacees = any(_revenu(h, rang, nature, examen) for nature in PROFESSIONNELS)
    total = ZERO
    for nature in PROFESSIONNELS:
        if remplacees or not _cesse(h, rang, nature, examen):
            total += sum((_revenu(h, rang, nature, m) for m in trimestre), ZERO)
    for nature in AUTRES:
        somme = sum((_revenu(h, rang, nature, m) for m in trimestre), ZERO)
        neutralise = 3 * decimale("rsa_montant_forfaitaire", au=examen) if _cesse(h, rang, nature, examen) else ZERO
        total += max(somme - neutralise, ZERO)
    return total


def _cesse(h: Hypotheses, rang: int, nature: NatureRevenu, examen: date) -> bool:
    """Received the month before the examination, and no longer."""
    return not _revenu(h, rang, nature, examen) and _revenu(h, rang, nature, ajouter_mois(examen, -1)) > 0


def _revenu(h: Hypotheses, rang: int, nature: NatureRevenu, mois: date) -> Decimal:
    montant, emploi = h.revenu(rang, nature, mois), h.emploi
    if nature is NatureRevenu.SALAIRE and emploi is not None and emploi.adulte == rang and emploi.salaire_net:
        montant += (emploi.salaire_net * emploi.part_du_mois(mois)).quantize(CENTIME, ROUND_HALF_UP)
    return montant


def _prestations_familiales(h: Hypotheses) -> Decimal | None:
    """What counts among resources: given, or nothing without a child; ``None`` where the model must compute it."""
    if h.prestations_familiales is not None:
        return h.prestations_familiales
    return None if h.enfants else ZERO


def _ouvert(h: Hypotheses, mois: date) -> bool:
    """The right is open already: only adults who count as children of nobody are left to the model."""
    return all(age(a.naissance, mois) >= AGE_A_CHARGE for a in h.adultes) or bool(h.enfants_nes(mois))
