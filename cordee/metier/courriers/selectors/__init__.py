"""Reads of the letters: by which way people can be written to, to whom, what was sent and what became of it."""

from cordee.metier.courriers.selectors.canaux import (
    MOYENS,
    ORDRES,
    CanalPossible,
    ChoixCanal,
    Joignable,
    blocage_des_envois,
    blocages,
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
from cordee.metier.courriers.selectors.file import (
    compter_en_attente,
    compter_par_vue,
    courriers_visibles,
    de_la_vue,
    filtrer,
    lots_ouverts,
    par_reference,
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
    "blocages",
    "canaux_ouverts",
    "canaux_possibles",
    "compter_en_attente",
    "compter_par_vue",
    "courriers_de",
    "courriers_de_l_objet",
    "courriers_visibles",
    "date_certaine_de",
    "de_la_vue",
    "destinataire",
    "empechement",
    "en_attente_d_envoi",
    "filtrer",
    "joignables",
    "lots_ouverts",
    "nom_complet",
    "par_reference",
    "representants_a_informer",
]
