"""Closed lists of the path: what happened, where a person stands, what must be done next."""

from cordee.socle.enums import EnumLibelle


class GenreEvenement(EnumLibelle):
    """What happened. Stored for ever: members are added, never renamed."""

    # What a paying body's file says
    ENTREE_SDD = "entree_sdd", "Nouvelle entrante dans les droits et devoirs"
    RETOUR_SDD = "retour_sdd", "De retour dans les droits et devoirs"
    SDD_INCONNU = "sdd_inconnu", "Soumission aux droits et devoirs non transmise ou contradictoire"
    FIN_SDD = "fin_sdd", "N'est plus soumise aux droits et devoirs"
    DROIT_SUSPENDU = "droit_suspendu", "Droit ou versement suspendu par l'organisme payeur"
    DROIT_RETABLI = "droit_retabli", "Droit rétabli"
    DROIT_CLOS = "droit_clos", "Fin de droit"
    NON_TRANSMISE = "non_transmise", "Absente du fichier de l'organisme payeur"
    RETRANSMISE = "retransmise", "De nouveau présente dans le fichier"
    ADRESSE_CHANGEE = "adresse_changee", "Changement d'adresse"
    MUTATION_SORTANTE = "mutation_sortante", "Départ vers un autre département"
    DECES_PRESUME = "deces_presume", "Décès signalé, à vérifier"
    DECISION_ATTENDUE = "decision_attendue", "Décision attendue par la caisse"
    SANCTION_CONSTATEE = "sanction_constatee", "Sanction à rapprocher avec la caisse"
    MAJORATION_EN_DOUTE = "majoration_en_doute", "Enfant qui ne figure plus dans le foyer"
    ECART_LEVE = "ecart_leve", "Désaccord levé par le fichier"
    # Identity
    PERSONNE_CREEE = "personne_creee", "Fiche ouverte au guichet"
    IDENTITE_DOUTEUSE = "identite_douteuse", "Identité à arbitrer"
    IDENTITE_ARBITREE = "identite_arbitree", "Identité arbitrée"
    FUSION = "fusion", "Fiches réunies"
    FUSION_ANNULEE = "fusion_annulee", "Réunion de fiches annulée"
    DECES = "deces", "Décès"
    # Acts of agents
    DROIT_CONFIRME = "droit_confirme", "Demande confirmée ou close sans suite"
    SDD_CONSTATE = "sdd_constate", "Soumission aux droits et devoirs vérifiée"
    LOCALISEE = "localisee", "Lieu de vie établi"
    DISPARITION_VERIFIEE = "disparition_verifiee", "Absence du fichier vérifiée"
    DOSSIER_TRANSMIS = "dossier_transmis", "Dossier transmis au nouveau département"
    CONVOCATION = "convocation", "Convoquée"
    RENDEZ_VOUS_ANNULE = "rendez_vous_annule", "Rendez-vous annulé"
    PRESENCE = "presence", "Reçue"
    ABSENCE = "absence", "Absente au rendez-vous"
    COURRIER_REVENU = "courrier_revenu", "Courrier revenu (NPAI)"
    ALLER_VERS = "aller_vers", "Démarche d'aller-vers"
    DIAGNOSTIC = "diagnostic", "Entretien de diagnostic"
    ORIENTATION_DECIDEE = "orientation_decidee", "Orientation décidée"
    ORIENTATION_OPERATEUR = "orientation_operateur", "Orientation prononcée par l'opérateur de l'emploi"
    ORIENTATION_ACCUSEE = "orientation_accusee", "Orientation de l'opérateur de l'emploi reçue"
    NOTIFICATION_ENVOYEE = "notification_envoyee", "Décision envoyée"
    DATE_CERTAINE = "date_certaine", "Décision notifiée à date certaine"
    DOSSIER_ACCEPTE = "dossier_accepte", "Accueil accepté par la structure"
    DOSSIER_REFUSE = "dossier_refuse", "Accueil impossible dans la structure"
    REFERENT_NOMME = "referent_nomme", "Référent nommé"
    REFERENT_PARTI = "referent_parti", "Fin de mission du référent"
    COREFERENT_NOMME = "coreferent_nomme", "Co-référent nommé"
    RELAIS_PROPOSE = "relais_propose", "Relais proposé"
    RELAIS_RECU = "relais_recu", "Relais bien reçu"
    RELAIS_ACCEPTE = "relais_accepte", "Relais accepté"
    RELAIS_REFUSE = "relais_refuse", "Relais refusé"
    RELAIS_RETIRE = "relais_retire", "Relais retiré"
    RELAIS_EXPIRE = "relais_expire", "Relais resté sans réponse"
    CHANGEMENT_DEMANDE = "changement_demande", "Changement de référent demandé par la personne"
    CHANGEMENT_REFUSE = "changement_refuse", "Changement de référent refusé"
    ACCUEIL_TERMINE = "accueil_termine", "Fin de l'accompagnement par la structure"
    CONTRAT_SIGNE = "contrat_signe", "Contrat signé"
    CONTRAT_ACTUALISE = "contrat_actualise", "Contrat actualisé"
    CONTRAT_REFUSE = "contrat_refuse", "Contrat refusé par la personne"
    CONTACT = "contact", "Contact"
    INFORMATION_PARTENAIRE = "information_partenaire", "Information reçue du partenaire"
    INTERRUPTION = "interruption", "Accompagnement interrompu"
    SITUATION_PARTICULIERE = "situation_particuliere", "Situation particulière constatée"
    REPRISE = "reprise", "Reprise du parcours"
    REORIENTATION_DEMANDEE = "reorientation_demandee", "Réorientation demandée"
    REORIENTATION_REFUSEE = "reorientation_refusee", "Réorientation refusée"
    REFUS_NOTIFIE = "refus_notifie", "Refus de réorientation notifié à date certaine"
    PROTECTION_SIGNALEE = "protection_signalee", "Mesure de protection signalée"
    REPRESENTANT_IDENTIFIE = "representant_identifie", "Représentant identifié"
    ACCOMPAGNEMENT_VOLONTAIRE = "accompagnement_volontaire", "Accompagnement volontaire"
    FIN_ACCOMPAGNEMENT = "fin_accompagnement", "Fin de l'accompagnement volontaire"
    ECHEANCE_TRAITEE = "echeance_traitee", "Échéance traitée"
    CLOTURE_DECIDEE = "cloture_decidee", "Suite décidée après la fin du droit"
    DECISION_TRANSMISE = "decision_transmise", "Décision transmise à la caisse"
    SANCTION_RAPPROCHEE = "sanction_rapprochee", "Sanction rapprochée avec la caisse"
    MESURE_REPRISE = "mesure_reprise", "Décision de sanction reprise"
    ATTENTE_PROLONGEE = "attente_prolongee", "Vérifié, toujours en attente"
    # Time
    DELAI_ORIENTATION_DEPASSE = "delai_orientation_depasse", "Délai d'orientation dépassé"
    DELAI_CONTRAT_DEPASSE = "delai_contrat_depasse", "Délai du contrat dépassé"
    # Corrections
    ANNULATION = "annulation", "Correction d'un événement"


class Etat(EnumLibelle):
    """Where a person stands (life cycle). The table of ``cycle.py`` gives each its étape principale."""

    ATTENTE_DROIT = "attente_droit", "Demande en cours, avant tout fichier"
    SDD_INCONNU = "sdd_inconnu", "Droits et devoirs à vérifier"
    A_LOCALISER = "a_localiser", "Lieu de vie à établir"
    IDENTITE_A_ARBITRER = "identite_a_arbitrer", "Identité à arbitrer"
    ENTRANTE = "entrante", "À convoquer"
    CONVOQUEE = "convoquee", "Convoquée"
    RENCONTREE = "rencontree", "Rencontrée, orientation à décider"
    INJOIGNABLE = "injoignable", "Absente ou injoignable"
    A_ORIENTER_PAR_DEFAUT = "a_orienter_par_defaut", "Orientation par défaut à prononcer"
    COMPETENCE_OPERATEUR_EMPLOI = "competence_operateur_emploi", "Orientation revenue à l'opérateur de l'emploi"
    ORIENTATION_A_ACCUSER = "orientation_a_accuser", "Orientée par l'opérateur de l'emploi, à recevoir"
    ORIENTEE = "orientee", "Orientée, décision à notifier"
    NOTIFIEE = "notifiee", "Décision envoyée, date certaine à établir"
    ATTENTE_ACCUEIL = "attente_accueil", "En attente d'accueil par la structure"
    A_REAFFECTER = "a_reaffecter", "Structure à trouver"
    ATTENTE_REFERENT = "attente_referent", "Référent à nommer"
    SUIVIE_PAR_PARTENAIRE = "suivie_par_partenaire", "Suivie par un partenaire"
    CONTRAT_A_ELABORER = "contrat_a_elaborer", "Contrat à élaborer"
    CONTRAT_EN_RETARD = "contrat_en_retard", "Contrat à relancer"
    ACCOMPAGNEE = "accompagnee", "Accompagnée sous contrat"
    RETOUR = "retour", "De retour, contact à reprendre"
    INTERROMPUE = "interrompue", "Accompagnement interrompu"
    BILAN_VIEILLESSE = "bilan_vieillesse", "Droits à la retraite à examiner"
    BILAN_HANDICAP = "bilan_handicap", "Droits liés au handicap à examiner"
    EN_EMPLOI_PARTIEL = "en_emploi_partiel", "En emploi, toujours soumise"
    INDEPENDANTE = "independante", "Travailleuse indépendante"
    EN_ACTION = "en_action", "En formation ou en action longue"
    REMOBILISATION = "remobilisation", "Suspendue : remobilisation"
    SUPPRIMEE = "supprimee", "Droit supprimé : lien maintenu"
    NON_TRANSMISE = "non_transmise", "Absente du fichier"
    MUTATION_SORTANTE = "mutation_sortante", "Départ vers un autre département"
    MINEURE = "mineure", "Mineure"
    DECES_PRESUME = "deces_presume", "Décès à vérifier"
    VOLONTAIRE = "volontaire", "Accompagnée à sa demande"
    HORS_SDD = "hors_sdd", "Non soumise aux droits et devoirs"
    SORTIE = "sortie", "Sortie du dispositif"
    DECEDEE = "decedee", "Décédée"


class GenreEtape(EnumLibelle):
    """The étapes principales of the life cycle. There is no catch-all."""

    CONFIRMER_DROIT = "confirmer_droit", "Confirmer le droit"
    VERIFIER_SDD = "verifier_sdd", "Vérifier les droits et devoirs"
    LOCALISER = "localiser", "Établir le lieu de vie"
    ARBITRER_IDENTITE = "arbitrer_identite", "Arbitrer l'identité"
    CONVOQUER = "convoquer", "Convoquer"
    ORIENTER = "orienter", "Orienter"
    ALLER_VERS = "aller_vers", "Aller vers la personne"
    ORIENTER_PAR_DEFAUT = "orienter_par_defaut", "Prononcer l'orientation par défaut"
    SUIVRE_ORIENTATION_FT = "suivre_orientation_ft", "Suivre l'orientation de l'opérateur de l'emploi"
    ACCUSER_ORIENTATION_FT = "accuser_orientation_ft", "Recevoir l'orientation de l'opérateur de l'emploi"
    NOTIFIER = "notifier", "Notifier la décision"
    ETABLIR_DATE_CERTAINE = "etablir_date_certaine", "Établir la date certaine"
    ACCEPTER_DOSSIER = "accepter_dossier", "Accepter l'accueil"
    REAFFECTER = "reaffecter", "Trouver une autre structure"
    NOMMER_REFERENT = "nommer_referent", "Nommer le référent"
    ATTENDRE_PARTENAIRE = "attendre_partenaire", "Attendu du partenaire"
    ELABORER_CONTRAT = "elaborer_contrat", "Élaborer et signer le contrat"
    RELANCER_CONTRAT = "relancer_contrat", "Relancer le contrat"
    PROCHAIN_CONTACT = "prochain_contact", "Prochain contact"
    REPRENDRE_CONTACT = "reprendre_contact", "Reprendre contact"
    BILAN_DROITS_VIEILLESSE = "bilan_droits_vieillesse", "Faire le point sur la retraite"
    BILAN_DROITS_HANDICAP = "bilan_droits_handicap", "Faire le point sur les droits liés au handicap"
    CONSOLIDER_EMPLOI = "consolider_emploi", "Consolider l'emploi"
    POINT_ACTIVITE = "point_activite", "Faire le point sur l'activité indépendante"
    POINT_ACTION = "point_action", "Faire le point sur l'action en cours"
    REMOBILISER = "remobiliser", "Remobiliser"
    MAINTENIR_LIEN = "maintenir_lien", "Maintenir le lien"
    VERIFIER_DISPARITION = "verifier_disparition", "Vérifier l'absence du fichier"
    TRANSMETTRE_DOSSIER = "transmettre_dossier", "Transmettre le dossier"
    RELAYER_ASE_ML = "relayer_ase_ml", "Passer le relais jeunesse"
    VERIFIER_DECES = "verifier_deces", "Vérifier le décès"
    ACCOMPAGNEMENT_VOLONTAIRE = "accompagnement_volontaire", "Accompagner à sa demande"


class GenreEcheance(EnumLibelle):
    """Parallel duties: they never displace the étape principale (E03)."""

    PROCEDURE_REFUS = "procedure_refus", "Examiner le refus de contrat"
    ACTUALISER_CONTRAT = "actualiser_contrat", "Actualiser le contrat"
    DIAGNOSTIC_CONJOINT = "diagnostic_conjoint", "Mener le diagnostic conjoint"
    RETABLIR_DROIT = "retablir_droit", "Aider à rétablir le droit"
    DECIDER_REORIENTATION = "decider_reorientation", "Décider la réorientation"
    ARBITRER_IDENTITE = "arbitrer_identite", "Arbitrer un doublon possible"
    IDENTIFIER_REPRESENTANT = "identifier_representant", "Identifier le représentant"
    RECUPERER_HISTORIQUE = "recuperer_historique", "Récupérer l'historique de l'ancien département"
    STATUER_RAPO = "statuer_rapo", "Statuer sur le recours préalable"
    SUIVI_EMPLOI = "suivi_emploi", "Prendre des nouvelles dans l'emploi"
    NON_RECOURS = "non_recours", "Vérifier un droit perdu"
    REVOIR_APRES_FUSION = "revoir_apres_fusion", "Revoir les actes faits pendant la réunion des fiches"
    CLOTURE_AVEC_CONTRAT = "cloture_avec_contrat", "Décider la suite après la fin du droit"
    DECISION_ATTENDUE_CAF = "decision_attendue_caf", "Répondre à la caisse"
    SANCTION_A_RAPPROCHER = "sanction_a_rapprocher", "Rapprocher une sanction avec la caisse"
    MAJORATION_A_REVOIR = "majoration_a_revoir", "Revoir la majoration avec la personne"
    DECES_A_VERIFIER = "deces_a_verifier", "Vérifier un décès signalé"
    REPONDRE_RELAIS = "repondre_relais", "Répondre à un relais"
    TRANCHER_RELAIS = "trancher_relais", "Trancher un relais sans réponse"
    REPONDRE_CHANGEMENT = "repondre_changement", "Répondre à une demande de changement de référent"
    NOTIFIER_REFUS = "notifier_refus", "Notifier le refus de réorientation"


class SuiteCloture(EnumLibelle):
    """What becomes of an accompaniment whose right has ended."""

    FIN = "fin", "Fin de l'accompagnement", "Le contrat et les rendez-vous à venir prennent fin."
    VOLONTAIRE = "volontaire", "Accompagnement à sa demande", "L'accompagnement continue, parce qu'elle le souhaite."
    SUIVI_EMPLOI = "suivi_emploi", "Suivi dans l'emploi", "Des nouvelles seront prises dans un mois."


class AideDroit(EnumLibelle):
    """How a suspended right was helped."""

    ENSEMBLE = "ensemble", "La démarche a été faite avec la personne"
    SEULE = "seule", "La personne l'a faite elle-même"
    SANS_AIDE = "sans_aide", "Elle ne souhaite pas d'aide"


class ReponseCaisse(EnumLibelle):
    """What the Département answers to a paying body that waits for it (E31)."""

    ACCORD = "accord", "Accord"
    REFUS = "refus", "Refus"
    AJOURNEE = "ajournee", "Décision ajournée"
    SANS_OBJET = "sans_objet", "Demande sans objet"


class ReponseSanction(EnumLibelle):
    """How a sanction on which the file and our records disagree is settled, short of recording the decision."""

    CAISSE_SAISIE = "caisse_saisie", "Aucune décision ici : la caisse est saisie pour rétablir le droit"
    RETRANSMISE = "retransmise", "La décision est transmise de nouveau à la caisse"
    TERMINEE = "terminee", "La mesure est levée ou terminée : rien à appliquer"


class Voie(EnumLibelle):
    """The three paths of the orientation criteria (arrêté of 21 November 2024; vocabulary E33)."""

    EMPLOI = "emploi", "Parcours emploi", "Accès direct à l'emploi"
    SOCIO_PRO = "socio_pro", "Parcours socio-professionnel", "Emploi et freins traités ensemble"
    SOCIAL = "social", "Parcours d'insertion sociale", "Remobilisation préalable"


class Intensite(EnumLibelle):
    """How often the référent and the person speak (30 d unless the contract says otherwise)."""

    INTENSIVE = "intensive", "Tous les quinze jours"
    REGULIERE = "reguliere", "Tous les mois"
    LEGERE = "legere", "Tous les trois mois"


class MotifSortie(EnumLibelle):
    EMPLOI = "emploi", "Reprise d'emploi"
    RESSOURCES = "ressources", "Ressources au-dessus du plafond"
    DEMENAGEMENT = "demenagement", "Départ du département"
    PIECES_MANQUANTES = "pieces_manquantes", "Quatre mois sans droit"
    RETRAITE_AAH = "retraite_aah", "Retraite ou allocation handicap"
    DECES = "deces", "Décès"
    AUTRE = "autre", "Autre motif"


class AttentePartenaire(EnumLibelle):
    """E05: not having heard is not being late."""

    NON_RECUE = "non_recue", "Information non reçue"
    RECUE = "recue", "Information reçue"
