"""Rows of the contracts room: the contract, both sides' promises, the weekly hours."""

from cordee.metier.contrats.models.contrat import Contrat, Engagement

__all__ = ["Contrat", "Engagement"]
