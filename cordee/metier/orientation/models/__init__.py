"""Rows of the orientation room: the interview, the decision, the local rules, what the person was told of them."""

from cordee.metier.orientation.models.affectation import (
    BesoinAccueil,
    LigneAffectation,
    PropositionAffectation,
    ReglageReferent,
    ReglageStructure,
)
from cordee.metier.orientation.models.arrete import ActeArrete, ArreteCriteres
from cordee.metier.orientation.models.diagnostic import Constat, DetailDiagnostic, Diagnostic, VersionDiagnostic
from cordee.metier.orientation.models.explication import DemandeExplication
from cordee.metier.orientation.models.orientation import Orientation
from cordee.metier.orientation.models.projet import ExperienceEmploi, ProjetEmploi
from cordee.metier.orientation.models.relais import DemandeChangement, DemandeReorientation, Relais
from cordee.metier.orientation.models.rome import (
    AppellationRome,
    DomaineRome,
    ItemMetierRome,
    ItemRome,
    MetierRome,
    MobiliteRome,
    VersionRome,
)

__all__ = [
    "ActeArrete", "AppellationRome", "ArreteCriteres", "BesoinAccueil", "Constat", "DemandeChangement",
    "DemandeExplication", "DemandeReorientation", "DetailDiagnostic", "Diagnostic", "DomaineRome",
    "ExperienceEmploi", "ItemMetierRome", "ItemRome", "LigneAffectation", "MetierRome", "MobiliteRome",
    "Orientation", "ProjetEmploi", "PropositionAffectation", "ReglageReferent", "ReglageStructure", "Relais",
    "VersionDiagnostic", "VersionRome",
]  # fmt: skip
