"""Writing letters, following what becomes of them. No letter leaves a person whose identity is in doubt."""

from cordee.metier.courriers.services.acheminement import (
    AcheminementImpossible,
    mettre_en_route,
    regler_echec,
)
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
from cordee.metier.courriers.services.excuses import s_excuser
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
from cordee.metier.courriers.services.modeles import (
    ModeleFige,
    TexteRefuse,
    activer_modele,
    apercu,
    enregistrer_modele,
    retirer_brouillon,
)
from cordee.metier.courriers.services.preferences import noter_preferences
from cordee.metier.courriers.services.remise import RemiseImpossible, noter_remise

__all__ = [
    "AcheminementImpossible",
    "Depart",
    "Emission",
    "EnvoiImpossible",
    "LettreAEcrire",
    "LotImpossible",
    "ModeleFige",
    "Partie",
    "RemiseImpossible",
    "TexteRefuse",
    "a_retirer",
    "activer_modele",
    "annuler_en_attente",
    "annuler_lot",
    "apercu",
    "composer_lot",
    "compter_feuilles",
    "emettre",
    "emettre_lot",
    "enregistrer_modele",
    "marquer_envoye",
    "mettre_en_route",
    "noter_l_echec",
    "noter_preferences",
    "noter_remise",
    "pdf",
    "poster",
    "preparer_lot",
    "regler_echec",
    "retirer_brouillon",
    "s_excuser",
]
