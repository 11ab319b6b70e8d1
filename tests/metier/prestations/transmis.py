"""Households as a payer's file leaves them in the database: resources of a quarter, amounts of the last calculation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, DroitFoyer, DroitPersonne, Personne
from tests import fabriques as f

TRIMESTRE = ("2025-11-01", "2025-12-01", "2026-01-01")


def ressources(*lignes: tuple[str, str], mois: Sequence[str] = TRIMESTRE, **bloc: str) -> dict[str, Any]:
    """The same lines (NATRESS, amount) each month of the quarter."""
    detail = [{"NATRESS": nature, "MTNATRESSMEN": f"{Decimal(m):010.2f}", **bloc} for nature, m in lignes]
    return {
        "GeneraliteRessourcesTrimestre": {
            "TOPRESSNUL": "0" if lignes else "1",
            "DDRESS": mois[0],
            "DFRESS": "2026-01-31",
        },
        **(
            {
                "RessourcesMensuelles": [
                    {"GeneraliteRessourcesMensuelles": {"MOISRESS": m}, "DetailRessourcesMensuelles": detail}
                    for m in mois
                ]
            }
            if lignes
            else {}
        ),
    }


def foyer_transmis(
    *adultes: dict[str, Any], enfants: Sequence[date] = (), montants: dict[str, str] | None = None, nature: str = "RSD",
    du: str | None = "573.49",
) -> list[Personne]:  # fmt: skip
    """The adults of a new household, the claimant first, each with her own blocks (« Ressources », « Grossesse »)."""
    foyer = f.foyer(nb_enfants_autres=len(enfants))
    personnes = []
    for role, detail in zip((RoleFoyer.DEM, RoleFoyer.CJT), adultes, strict=False):
        personne = f.personne(foyer=foyer, role=role)
        DroitPersonne.objects.create(personne=personne, foyer=foyer, sdd=True, detail=detail, debut=date(2026, 1, 31))
        personnes.append(personne)
    for naissance in enfants:
        enfant = f.personne(date_naissance=naissance)
        Appartenance.objects.create(
            personne=enfant, foyer=foyer, role=RoleFoyer.ENF, a_charge=True, debut=date(2024, 1, 1)
        )
    calcul = {"MontantsCalculDroitRSA": montants} if montants is not None else {}
    DroitFoyer.objects.create(
        foyer=foyer, etat="2", montant=du, debut=date(2026, 1, 31),
        detail={
            "DetailDroitRSA": {"DetailCalculDroitRSA": [{"NATPF": nature, "DDNATDRO": "2025-10-01"}], **calcul},
        },
    )  # fmt: skip
    return personnes


MONTANTS = {"MTALRSA": "0000077.58", "MTPFRSA": "0000000.00"}
"""One person, housing deducted in full, April 2025 scale."""
