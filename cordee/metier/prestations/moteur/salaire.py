"""From a gross hourly wage to the net wage of a full month, as the model of contributions computes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from cordee.metier.prestations.moteur.systeme import charger
from cordee.metier.prestations.regles.hypotheses import SEMAINES_PAR_MOIS, Emploi, Hypotheses
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import CENTIME

Fiche = tuple[date, Decimal, Decimal]
"""First full month, gross wage of the month, hours of the month."""


def salaires_nets(lot: Sequence[Hypotheses]) -> list[Decimal | None]:
    """Net wage of a full month of each household's job: as given, or from its gross; ``None`` without a job."""
    fiches = [_fiche(h.emploi) for h in lot]
    nets: dict[Fiche, Decimal] = {}
    for mois in sorted({fiche[0] for fiche in fiches if fiche}):
        du_mois = sorted({fiche for fiche in fiches if fiche and fiche[0] == mois})
        nets.update(zip(du_mois, _nets(mois, du_mois), strict=True))
    return [
        nets[fiche] if fiche else (h.emploi.salaire_net if h.emploi else None)
        for h, fiche in zip(lot, fiches, strict=True)
    ]


def _fiche(emploi: Emploi | None) -> Fiche | None:
    if emploi is None or emploi.salaire_brut is None:
        return None
    mois = emploi.debut if emploi.debut.day == 1 else ajouter_mois(emploi.debut.replace(day=1), 1)
    return mois, emploi.salaire_brut, (emploi.heures_hebdo * SEMAINES_PAR_MOIS).quantize(CENTIME, ROUND_HALF_UP)


def _nets(mois: date, fiches: Sequence[Fiche]) -> list[Decimal]:
    from openfisca_core.simulation_builder import SimulationBuilder  # noqa: PLC0415 - heavy, see the package

    n = len(fiches)
    simulation = SimulationBuilder().build_default_simulation(charger(), count=n)
    cle = f"{mois:%Y-%m}"
    simulation.set_input("salaire_de_base", cle, np.array([float(brut) for _, brut, _ in fiches]))
    simulation.set_input("heures_remunerees_volume", cle, np.array([float(heures) for _, _, heures in fiches]))
    simulation.set_input("contrat_de_travail", cle, np.array([_contrat(heures) for _, _, heures in fiches]))
    simulation.set_input("effectif_entreprise", cle, np.full(n, 20))
    return [Decimal(f"{net:.4f}").quantize(CENTIME, ROUND_HALF_UP) for net in simulation.calculate("salaire_net", cle)]


def _contrat(heures: Decimal) -> str:
    return "temps_plein" if heures >= 151 else "temps_partiel"
