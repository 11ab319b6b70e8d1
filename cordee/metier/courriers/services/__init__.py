"""Writing letters, following what becomes of them. No letter leaves a person whose identity is in doubt."""

from cordee.metier.courriers.services.emission import (
    EnvoiImpossible,
    annuler_en_attente,
    emettre,
    marquer_envoye,
    pdf,
)
from cordee.metier.courriers.services.remise import RemiseImpossible, noter_remise

__all__ = [
    "EnvoiImpossible", "RemiseImpossible", "annuler_en_attente", "emettre", "marquer_envoye", "noter_remise", "pdf",
]  # fmt: skip
