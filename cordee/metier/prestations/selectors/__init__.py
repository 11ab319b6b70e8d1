"""Reads: the hypotheses of a household from what the files say, an estimate, the rights looked at."""

from cordee.metier.prestations.selectors.foyer import Constat, FoyerSuppose, hypotheses_du_foyer
from cordee.metier.prestations.selectors.simulations import (
    DroitVu,
    Estimation,
    SimulationIntrouvable,
    droits_examines,
    simulation,
    simulations,
    simulations_en_attente,
    trouver_simulation,
)

__all__ = [
    "Constat", "DroitVu", "Estimation", "FoyerSuppose", "SimulationIntrouvable", "droits_examines",
    "hypotheses_du_foyer", "simulation", "simulations", "simulations_en_attente",
    "trouver_simulation",
]  # fmt: skip
