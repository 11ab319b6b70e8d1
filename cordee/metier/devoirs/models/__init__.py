"""Rows of the duties room: breaches, procedures, what was examined, decisions, appeals."""

from cordee.metier.devoirs.models.controles import ControleAleatoire, TirageControle
from cordee.metier.devoirs.models.ep import (
    ActeSeance,
    CollegeEP,
    MembreEP,
    ParticipationEP,
    ProcesVerbal,
    ReglementEP,
    SeanceEP,
)
from cordee.metier.devoirs.models.ep_dossiers import AvisEP, DissentimentEP, PassageEP, RetraitMembre
from cordee.metier.devoirs.models.manquements import DroitsVerifies, ExamenMotif, Manquement
from cordee.metier.devoirs.models.mesures import MesureDecidee, Recours
from cordee.metier.devoirs.models.procedures import Observation, Procedure, ProjetDecision
from cordee.metier.devoirs.models.transmission import EchoCaisse, FluxConventionne, LigneCaisse, ListeCaisse

__all__ = [
    "ActeSeance",
    "AvisEP",
    "CollegeEP",
    "ControleAleatoire",
    "DissentimentEP",
    "DroitsVerifies",
    "EchoCaisse",
    "ExamenMotif",
    "FluxConventionne",
    "LigneCaisse",
    "ListeCaisse",
    "Manquement",
    "MembreEP",
    "MesureDecidee",
    "Observation",
    "ParticipationEP",
    "PassageEP",
    "Procedure",
    "ProcesVerbal",
    "ProjetDecision",
    "Recours",
    "ReglementEP",
    "RetraitMembre",
    "SeanceEP",
    "TirageControle",
]  # fmt: skip
