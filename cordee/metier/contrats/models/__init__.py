"""Rows of the contracts room: the contract, both sides' promises, the weekly hours."""

from cordee.metier.contrats.models.contrat import Contrat, Engagement
from cordee.metier.contrats.models.heures import HeuresRealisees

__all__ = ["Contrat", "Engagement", "HeuresRealisees"]
