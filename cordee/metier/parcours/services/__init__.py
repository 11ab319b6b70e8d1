"""Writing the path: one door, ``consigner``, for one person or fifty thousand."""

from cordee.metier.parcours.services.actes import (
    ActeRefuse,
    ResultatVerification,
    annuler_evenement,
    confirmer_droit,
    constater_sdd,
    localiser,
    traiter_echeance,
    transmettre_dossier,
    verifier_disparition,
)
from cordee.metier.parcours.services.agents import appliquer_departs, fermer_acces, quitter_structure
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner, consigner_un
from cordee.metier.parcours.services.ecarts import (
    RapprochementRefuse,
    decider_cloture,
    prolonger_attente,
    rapprocher_sanction,
    transmettre_decision,
)
from cordee.metier.parcours.services.fusion import (
    ActeIdentiteRefuse,
    annoncer_doutes,
    annuler_fusion,
    arbitrer,
    fusionner,
)
from cordee.metier.parcours.services.identite import (
    changer_adresse,
    constater_deces,
    identifier_representant,
    lever_sensible,
    marquer_contact_discret,
    marquer_sensible,
    ouvrir_au_guichet,
    signaler_doublon,
    signaler_protection,
)
from cordee.metier.parcours.services.reconstruction import Ecart, reconstruire, reecrire
from cordee.metier.parcours.services.reprise import RepriseRefusee, reprendre
from cordee.metier.parcours.services.temps import faire_passer_le_temps

__all__ = [
    "ActeIdentiteRefuse", "ActeRefuse", "Ecart", "NouvelEvenement", "RapprochementRefuse", "RepriseRefusee",
    "ResultatVerification", "annoncer_doutes", "annuler_evenement", "annuler_fusion", "appliquer_departs", "arbitrer",
    "changer_adresse", "confirmer_droit", "consigner", "consigner_un", "constater_deces", "constater_sdd",
    "decider_cloture", "faire_passer_le_temps", "fermer_acces", "fusionner", "identifier_representant",
    "lever_sensible", "localiser", "marquer_contact_discret", "marquer_sensible", "ouvrir_au_guichet",
    "prolonger_attente", "quitter_structure", "rapprocher_sanction", "reconstruire", "reecrire", "reprendre",
    "signaler_doublon", "signaler_protection", "traiter_echeance", "transmettre_decision", "transmettre_dossier",
    "verifier_disparition",
]  # fmt: skip
