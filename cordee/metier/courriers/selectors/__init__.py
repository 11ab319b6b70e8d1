"""Reads of the letters: by which way people can be written to, to whom, what was sent and what became of it."""

from cordee.metier.courriers.selectors.canaux import (
    MOYENS,
    ORDRES,
    CanalPossible,
    ChoixCanal,
    Joignable,
    blocage_des_envois,
    canaux_ouverts,
    canaux_possibles,
    empechement,
    joignables,
)
from cordee.metier.courriers.selectors.destinataires import (
    Destinataire,
    destinataire,
    nom_complet,
    representants_a_informer,
)
from cordee.metier.courriers.selectors.suivi import (
    a_envoyer,
    courriers_de,
    courriers_de_l_objet,
    date_certaine_de,
    en_attente_d_envoi,
)

__all__ = [
    "MOYENS",
    "ORDRES",
    "CanalPossible",
    "ChoixCanal",
    "Destinataire",
    "Joignable",
    "a_envoyer",
    "blocage_des_envois",
    "canaux_ouverts",
    "canaux_possibles",
    "courriers_de",
    "courriers_de_l_objet",
    "date_certaine_de",
    "destinataire",
    "empechement",
    "en_attente_d_envoi",
    "joignables",
    "nom_complet",
    "representants_a_informer",
]
