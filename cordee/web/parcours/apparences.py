"""Icons and tones of the path: states, étapes, échéances, events. A word always stands beside."""

from __future__ import annotations

from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.web.composants import etats

E, S, G = GenreEvenement, Etat, GenreEtape

ETATS: dict[str, tuple[str, str]] = {
    S.ATTENTE_DROIT: ("neutre", "attente"),
    S.SDD_INCONNU: ("attention", "aide"),
    S.A_LOCALISER: ("attention", "lieu"),
    S.IDENTITE_A_ARBITRER: ("attention", "fusion"),
    S.ENTRANTE: ("info", "nouveau"),
    S.CONVOQUEE: ("info", "courrier"),
    S.RENCONTREE: ("accent", "orientation"),
    S.INJOIGNABLE: ("attention", "appel"),
    S.A_ORIENTER_PAR_DEFAUT: ("attention", "orientation"),
    S.COMPETENCE_OPERATEUR_EMPLOI: ("attention", "externe"),
    S.ORIENTATION_A_ACCUSER: ("info", "file"),
    S.ORIENTEE: ("primaire", "orientation"),
    S.NOTIFIEE: ("primaire", "courrier"),
    S.ATTENTE_ACCUEIL: ("info", "structure"),
    S.A_REAFFECTER: ("attention", "echange"),
    S.ATTENTE_REFERENT: ("info", "referent"),
    S.SUIVIE_PAR_PARTENAIRE: ("primaire", "externe"),
    S.CONTRAT_A_ELABORER: ("accent", "contrat"),
    S.CONTRAT_EN_RETARD: ("danger", "contrat"),
    S.ACCOMPAGNEE: ("succes", "signature"),
    S.RETOUR: ("info", "relance"),
    S.INTERROMPUE: ("neutre", "pause"),
    S.BILAN_VIEILLESSE: ("neutre", "droits"),
    S.BILAN_HANDICAP: ("neutre", "droits"),
    S.EN_EMPLOI_PARTIEL: ("succes", "emploi"),
    S.INDEPENDANTE: ("succes", "emploi"),
    S.EN_ACTION: ("succes", "ecole"),
    S.REMOBILISATION: ("attention", "reprendre"),
    S.SUPPRIMEE: ("danger", "interdit"),
    S.NON_TRANSMISE: ("attention", "aide"),
    S.MUTATION_SORTANTE: ("neutre", "sortie"),
    S.MINEURE: ("info", "personne"),
    S.DECES_PRESUME: ("neutre", "aide"),
    S.VOLONTAIRE: ("succes", "referent"),
    S.HORS_SDD: ("neutre", "sortie"),
    S.SORTIE: ("neutre", "sortie"),
    S.DECEDEE: ("neutre", "sortie"),
    StatutRendezVous.EXCUSE: ("neutre", "info"),
    StatutRendezVous.SANS_RENDEZ_VOUS: ("succes", "entree"),
}
etats.declarer({str(valeur): aspect for valeur, aspect in ETATS.items()})

_ETAPES: dict[GenreEtape | GenreEcheance, str] = {
    G.CONFIRMER_DROIT: "droits", G.VERIFIER_SDD: "droits", G.LOCALISER: "lieu", G.ARBITRER_IDENTITE: "fusion",
    G.CONVOQUER: "courrier", G.ORIENTER: "orientation", G.ALLER_VERS: "appel", G.ORIENTER_PAR_DEFAUT: "orientation",
    G.SUIVRE_ORIENTATION_FT: "externe", G.ACCUSER_ORIENTATION_FT: "file", G.NOTIFIER: "envoyer",
    G.ETABLIR_DATE_CERTAINE: "courrier", G.ACCEPTER_DOSSIER: "structure", G.REAFFECTER: "echange",
    G.NOMMER_REFERENT: "referent", G.ATTENDRE_PARTENAIRE: "externe", G.ELABORER_CONTRAT: "contrat",
    G.RELANCER_CONTRAT: "contrat", G.PROCHAIN_CONTACT: "entretien", G.REPRENDRE_CONTACT: "relance",
    G.BILAN_DROITS_VIEILLESSE: "droits", G.BILAN_DROITS_HANDICAP: "droits", G.CONSOLIDER_EMPLOI: "emploi",
    G.POINT_ACTIVITE: "emploi", G.POINT_ACTION: "ecole", G.REMOBILISER: "reprendre", G.MAINTENIR_LIEN: "associer",
    G.VERIFIER_DISPARITION: "recherche", G.TRANSMETTRE_DOSSIER: "envoyer", G.RELAYER_ASE_ML: "binome",
    G.VERIFIER_DECES: "recherche", G.ACCOMPAGNEMENT_VOLONTAIRE: "referent",
    GenreEcheance.PROCEDURE_REFUS: "decision", GenreEcheance.ACTUALISER_CONTRAT: "contrat",
    GenreEcheance.DIAGNOSTIC_CONJOINT: "diagnostic", GenreEcheance.RETABLIR_DROIT: "droits",
    GenreEcheance.DECIDER_REORIENTATION: "orientation", GenreEcheance.ARBITRER_IDENTITE: "fusion",
    GenreEcheance.IDENTIFIER_REPRESENTANT: "securite", GenreEcheance.RECUPERER_HISTORIQUE: "historique",
    GenreEcheance.STATUER_RAPO: "decision", GenreEcheance.SUIVI_EMPLOI: "emploi",
    GenreEcheance.NON_RECOURS: "droits", GenreEcheance.REVOIR_APRES_FUSION: "fusion",
    GenreEcheance.CLOTURE_AVEC_CONTRAT: "sortie", GenreEcheance.DECISION_ATTENDUE_CAF: "echange",
    GenreEcheance.SANCTION_A_RAPPROCHER: "decision", GenreEcheance.MAJORATION_A_REVOIR: "associer",
    GenreEcheance.LIRE_AVIS_EP: "decision",
    GenreEcheance.DECES_A_VERIFIER: "recherche", GenreEcheance.REPONDRE_RELAIS: "binome",
    GenreEcheance.TRANCHER_RELAIS: "binome", GenreEcheance.REPONDRE_CHANGEMENT: "referent",
    GenreEcheance.NOTIFIER_REFUS: "courrier", GenreEcheance.RENOUVELER_PIECE: "document",
    GenreEcheance.REPONDRE_RECLAMATION: "commentaire",
}  # fmt: skip

_EVENEMENTS: dict[GenreEvenement, str] = {
    E.ENTREE_SDD: "nouveau", E.RETOUR_SDD: "relance", E.SDD_INCONNU: "aide", E.FIN_SDD: "sortie",
    E.DROIT_SUSPENDU: "pause", E.DROIT_RETABLI: "reprendre", E.DROIT_CLOS: "sortie", E.NON_TRANSMISE: "aide",
    E.RETRANSMISE: "succes", E.ADRESSE_CHANGEE: "lieu", E.MUTATION_SORTANTE: "sortie", E.PERSONNE_CREEE: "ajouter",
    E.IDENTITE_DOUTEUSE: "fusion", E.IDENTITE_ARBITREE: "fusion", E.FUSION: "fusion", E.FUSION_ANNULEE: "fusion",
    E.DROIT_CONFIRME: "droits", E.SDD_CONSTATE: "droits", E.LOCALISEE: "lieu", E.CONVOCATION: "courrier",
    E.RENDEZ_VOUS_ANNULE: "abandon", E.PRESENCE: "entretien", E.ABSENCE: "alerte", E.COURRIER_REVENU: "courrier",
    E.ALLER_VERS: "appel", E.DIAGNOSTIC: "diagnostic", E.ORIENTATION_DECIDEE: "orientation",
    E.ORIENTATION_OPERATEUR: "orientation", E.ORIENTATION_ACCUSEE: "file", E.NOTIFICATION_ENVOYEE: "envoyer",
    E.DATE_CERTAINE: "cocher", E.DOSSIER_ACCEPTE: "structure", E.DOSSIER_REFUSE: "refus",
    E.REFERENT_NOMME: "referent", E.REFERENT_PARTI: "sortie", E.COREFERENT_NOMME: "binome",
    E.EP_INSCRITE: "agenda", E.EP_RETIREE: "abandon", E.AVIS_EP: "equipe",
    E.CONTRAT_SIGNE: "signature", E.CONTRAT_ACTUALISE: "contrat", E.CONTRAT_REFUSE: "refus", E.CONTACT: "entretien",
    E.INFORMATION_PARTENAIRE: "externe", E.INTERRUPTION: "pause", E.REPRISE: "reprendre",
    E.REORIENTATION_DEMANDEE: "echange", E.REORIENTATION_REFUSEE: "refus", E.PROTECTION_SIGNALEE: "securite",
    E.REPRESENTANT_IDENTIFIE: "securite", E.ACCOMPAGNEMENT_VOLONTAIRE: "referent", E.ECHEANCE_TRAITEE: "cocher",
    E.DELAI_ORIENTATION_DEPASSE: "retard", E.DELAI_CONTRAT_DEPASSE: "retard", E.ANNULATION: "abandon",
    E.CLOTURE_DECIDEE: "sortie", E.DECISION_ATTENDUE: "echange", E.DECISION_TRANSMISE: "envoyer",
    E.SANCTION_CONSTATEE: "decision", E.SANCTION_RAPPROCHEE: "decision", E.MESURE_REPRISE: "decision",
    E.MAJORATION_EN_DOUTE: "associer", E.RELAIS_PROPOSE: "binome", E.RELAIS_RECU: "file", E.RELAIS_ACCEPTE: "binome",
    E.RELAIS_REFUSE: "refus", E.RELAIS_RETIRE: "abandon", E.RELAIS_EXPIRE: "retard", E.CHANGEMENT_DEMANDE: "echange",
    E.CHANGEMENT_REFUSE: "refus", E.ACCUEIL_TERMINE: "sortie", E.REFUS_NOTIFIE: "cocher",
    E.ECART_LEVE: "succes", E.ATTENTE_PROLONGEE: "attente", E.POINT_SITUATION: "entretien",
    E.REVUE_CONJOINTE: "diagnostic", E.PIECE_NOTEE: "document", E.RECLAMATION_RECUE: "commentaire",
    E.RECLAMATION_REPONDUE: "commentaire", E.GLOBAL_OUVERT: "binome", E.GLOBAL_CLOS: "sortie",
}  # fmt: skip


def icone_tache(genre: GenreEtape | GenreEcheance) -> str:
    """The icon of an étape or an échéance."""
    return _ETAPES.get(genre, "action")


def icone_evenement(genre: GenreEvenement) -> str:
    """The icon of what happened."""
    return _EVENEMENTS.get(genre, "noeud")
