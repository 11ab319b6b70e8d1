"""The life of an accompaniment: contacts, interviews, notes, documents, situations, reviews, what partners say."""

from cordee.metier.suivi.services.accompagnement import (
    clore_accompagnement_volontaire,
    constater_situation,
    corriger,
    interrompre,
    noter_aller_vers,
    noter_contact,
    ouvrir_accompagnement_volontaire,
    reprendre,
)
from cordee.metier.suivi.services.appui import SuiviRefuse
from cordee.metier.suivi.services.documents import (
    analyser_document,
    clore_piece,
    deposer_document,
    effacer_document,
    effacer_documents_echus,
    lire_document,
    noter_piece_vue,
)
from cordee.metier.suivi.services.entretiens import (
    ContenuEntretien,
    abandonner_entretien,
    finir_entretien,
    garder_entretien,
    ouvrir_entretien_du_conjoint,
    tenir_decision,
)
from cordee.metier.suivi.services.globaux import clore_global, fixer_objectif_global, ouvrir_global
from cordee.metier.suivi.services.notes import corriger_note, ecrire_note
from cordee.metier.suivi.services.partenaires import (
    BilanInformations,
    noter_information_partenaire,
    noter_informations,
)
from cordee.metier.suivi.services.reclamations import recevoir_reclamation, repondre_reclamation
from cordee.metier.suivi.services.revues import tenir_revue_conjointe
from cordee.metier.suivi.services.situations import Valeurs, entrer_en_situation, faire_le_point, prendre_des_nouvelles

__all__ = [
    "BilanInformations", "ContenuEntretien", "SuiviRefuse", "Valeurs", "abandonner_entretien", "analyser_document",
    "clore_accompagnement_volontaire", "clore_global", "clore_piece", "constater_situation", "corriger",
    "corriger_note", "deposer_document", "ecrire_note", "effacer_document", "effacer_documents_echus",
    "entrer_en_situation", "faire_le_point", "finir_entretien", "fixer_objectif_global", "garder_entretien",
    "interrompre", "lire_document", "noter_aller_vers", "noter_contact", "noter_information_partenaire",
    "noter_informations", "noter_piece_vue", "ouvrir_accompagnement_volontaire", "ouvrir_entretien_du_conjoint",
    "ouvrir_global", "prendre_des_nouvelles", "recevoir_reclamation", "repondre_reclamation", "reprendre",
    "tenir_decision", "tenir_revue_conjointe",
]  # fmt: skip
