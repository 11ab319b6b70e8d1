"""Writing letters, following what becomes of them. No letter leaves a person whose identity is in doubt."""

from cordee.metier.courriers.services.emission import (
    Emission,
    EnvoiImpossible,
    LettreAEcrire,
    annuler_en_attente,
    emettre,
    emettre_lot,
    marquer_envoye,
    pdf,
)
from cordee.metier.courriers.services.remise import RemiseImpossible, noter_remise

__all__ = [
    "Emission",
    "EnvoiImpossible",
    "LettreAEcrire",
    "RemiseImpossible",
    "annuler_en_attente",
    "emettre",
    "emettre_lot",
    "marquer_envoye",
    "noter_remise",
    "pdf",
]
