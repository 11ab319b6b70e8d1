"""Households of the tests, and the exact formula in the shape of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.metier.prestations.enums import NatureRevenu
from cordee.metier.prestations.regles import Adulte, Emploi, Hypotheses, MoisEstime, Resultat, Revenu, rsa_exact

NOVEMBRE = date(2026, 11, 1)
D = Decimal


def adulte(*revenus: Revenu, naissance: date = date(1985, 1, 1), enceinte: bool = False) -> Adulte:
    return Adulte(naissance=naissance, revenus=revenus, enceinte=enceinte)


def seule(*revenus: Revenu, **champs: Any) -> Hypotheses:
    """One person, no child, from November 2026."""
    return Hypotheses(**{"premier_mois": NOVEMBRE, "adultes": (adulte(*revenus),), **champs})


def revenu(nature: NatureRevenu, montant: str, depuis: date | None = None, jusqu_a: date | None = None) -> Revenu:
    return Revenu(nature=nature, montant=D(montant), depuis=depuis, jusqu_a=jusqu_a)


def emploi(**champs: Any) -> Emploi:
    return Emploi(**{"debut": date(2026, 12, 14), "heures_hebdo": D(20), "salaire_net": D("844.52"), **champs})


def moteur_exact(foyers: Sequence[Hypotheses]) -> list[Resultat]:
    """The exact formula of the RSA alone, as the engine answers; it refuses what it does not know, as the model may."""
    return [Resultat(mois=tuple(_mois(h, m) for m in h.mois_montres)) for h in foyers]


def _mois(h: Hypotheses, mois: date) -> MoisEstime:
    rsa = rsa_exact(h, mois)
    if rsa is None:
        raise ValueError("La formule exacte ne connaît pas ce foyer.")
    foyer, zero = h.foyer(mois), D("0.00")
    return MoisEstime(
        mois=mois, examen=h.examen(mois), personnes=foyer.personnes, majore=foyer.majore, rsa=rsa,
        prime_activite=zero, salaires=h.revenus_du_mois(mois, activite=True),
        autres_revenus=h.revenus_du_mois(mois, activite=False), prestations_familiales=zero, ressources_retenues=zero,
        forfait_logement=zero, montant_forfaitaire=zero,
    )  # fmt: skip
