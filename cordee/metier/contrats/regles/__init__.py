"""The contract and its hours as the law reads them. Pure."""

from cordee.metier.contrats.regles.contenu import (
    Contenu,
    Ligne,
    ligne,
    manques,
    motif_heures_en_mots,
    objectifs,
    plan,
    promesses,
)

__all__ = ["Contenu", "Ligne", "ligne", "manques", "motif_heures_en_mots", "objectifs", "plan", "promesses"]
