"""Rows of the duties room: breaches, procedures, what was examined, decisions, appeals."""

from cordee.metier.devoirs.models.manquements import DroitsVerifies, ExamenMotif, Manquement
from cordee.metier.devoirs.models.mesures import MesureDecidee, Recours
from cordee.metier.devoirs.models.procedures import Observation, Procedure, ProjetDecision

__all__ = [
    "DroitsVerifies", "ExamenMotif", "Manquement", "MesureDecidee", "Observation", "Procedure", "ProjetDecision",
    "Recours",
]  # fmt: skip
