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
from cordee.metier.courriers.services.lots import (
    Depart,
    LotImpossible,
    Partie,
    a_retirer,
    annuler_lot,
    composer_lot,
    compter_feuilles,
    noter_l_echec,
    poster,
    preparer_lot,
)
from cordee.metier.courriers.services.remise import RemiseImpossible, noter_remise

__all__ = [
    "Depart",
    "Emission",
    "EnvoiImpossible",
    "LettreAEcrire",
    "LotImpossible",
    "Partie",
    "RemiseImpossible",
    "a_retirer",
    "annuler_en_attente",
    "annuler_lot",
    "composer_lot",
    "compter_feuilles",
    "emettre",
    "emettre_lot",
    "marquer_envoye",
    "noter_l_echec",
    "noter_remise",
    "pdf",
    "poster",
    "preparer_lot",
]
