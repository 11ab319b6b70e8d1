"""Rows of the contracts room: the contract, both sides' promises, the weekly hours."""

from cordee.metier.contrats.models.contrat import Contrat, Engagement, Objectif
from cordee.metier.contrats.models.heures import HeuresRealisees
from cordee.metier.contrats.models.suite import (
    EtapeCircuit,
    LotContrats,
    PassageCircuit,
    PieceSignee,
    PreuveSignature,
    VersionContrat,
)

__all__ = [
    "Contrat", "Engagement", "EtapeCircuit", "HeuresRealisees", "LotContrats", "Objectif", "PassageCircuit",
    "PieceSignee", "PreuveSignature", "VersionContrat",
]  # fmt: skip
