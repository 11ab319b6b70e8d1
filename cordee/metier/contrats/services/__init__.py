"""Preparing, signing and updating the contrat d'engagement (C. trav. L5411-6)."""

from cordee.metier.contrats.services.accord import accorder
from cordee.metier.contrats.services.redaction import (
    BrouillonExistant,
    ContratIncomplet,
    ContratRefuse,
    abandonner,
    apercu_pdf,
    modifier,
    preparer,
)
from cordee.metier.contrats.services.refus import refuser
from cordee.metier.contrats.services.signature import actualiser, signer

__all__ = [
    "BrouillonExistant", "ContratIncomplet", "ContratRefuse", "abandonner", "accorder", "actualiser", "apercu_pdf",
    "modifier", "preparer", "refuser", "signer",
]  # fmt: skip
