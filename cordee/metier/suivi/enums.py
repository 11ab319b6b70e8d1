"""Closed lists of the follow-up room."""

from cordee.socle.enums import EnumLibelle


class GenreContactSuivi(EnumLibelle):
    ENTRETIEN = "entretien", "Entretien"
    APPEL = "appel", "Appel téléphonique"
    MESSAGE = "message", "Message laissé"
    COURRIEL = "courriel", "Courriel ou SMS"
    VISITE = "visite", "Visite à domicile"


class ResultatContact(EnumLibelle):
    """A voice-mail is an attempt, not a contact (R13)."""

    JOINTE = "jointe", "La personne a été jointe"
    MESSAGE = "message", "Message laissé"
    SANS_REPONSE = "sans_reponse", "Pas de réponse"
    ADRESSE_FAUSSE = "adresse_fausse", "Adresse ou numéro faux"


class MotifInterruption(EnumLibelle):
    SANTE = "sante", "Santé"
    MATERNITE = "maternite", "Maternité"
    HOSPITALISATION = "hospitalisation", "Hospitalisation"
    DETENTION = "detention", "Détention"
    ETRANGER = "etranger", "Séjour à l'étranger"
    FAMILLE = "famille", "Événement familial"


# Notes and interviews -----------------------------------------------------------------------------------------------
class ThemeNote(EnumLibelle):
    """What a note speaks of: all that somebody outside the référent body reads of its sensitive part."""

    PARCOURS = "parcours", "Projet et parcours"
    EMPLOI = "emploi", "Emploi"
    FORMATION = "formation", "Formation"
    DEMARCHES = "demarches", "Démarches et droits"
    LOGEMENT = "logement", "Logement"
    FINANCES = "finances", "Situation financière"
    MOBILITE = "mobilite", "Mobilité"
    NUMERIQUE = "numerique", "Numérique"
    LANGUE = "langue", "Français, lecture, calcul"
    FAMILLE = "famille", "Famille et garde d'enfants"
    SANTE = "sante", "Santé"


class QuiFait(EnumLibelle):
    """Who does what was decided together: what we promise is listed like what she does (R15)."""

    PERSONNE = "personne", "La personne"
    REFERENT = "referent", "Nous"


# Documents ----------------------------------------------------------------------------------------------------------
class GenreDocument(EnumLibelle):
    CV = "cv", "Curriculum vitæ"
    DIPLOME = "diplome", "Diplôme ou titre"
    FORMATION = "formation", "Attestation de formation"
    CONTRAT_SIGNE = "contrat_signe", "Contrat d'engagement signé (numérisé)"
    PRESENCE = "presence", "Feuille de présence"
    EMPLOI = "emploi", "Contrat de travail ou promesse d'embauche"
    DOMICILE = "domicile", "Justificatif de domicile"
    COURRIER = "courrier", "Courrier de la personne"
    AUTRE = "autre", "Autre document utile au parcours"
    MEDICAL = "medical", "Certificat ou document médical"


class FormatDocument(EnumLibelle):
    """What a file is, read in its first bytes; the description is the type it is served with."""

    PDF = "pdf", "PDF", "application/pdf"
    JPEG = "jpeg", "Image JPEG", "image/jpeg"
    PNG = "png", "Image PNG", "image/png"
    HEIC = "heic", "Image HEIC", "image/heic"


class EtatAnalyse(EnumLibelle):
    NON_ANALYSE = "non_analyse", "Non analysé"
    SAIN = "sain", "Analysé, sain"
    QUARANTAINE = "quarantaine", "En quarantaine"


class NaturePiece(EnumLibelle):
    """A paper that was shown and handed back: who saw it, when, of what nature (V11). Nothing of it is kept."""

    TITRE_SEJOUR = (
        "titre_sejour",
        "Titre de séjour",
        "La date de fin seule est notée, avec une alerte trois mois avant.",
    )
    RQTH = "rqth", "Reconnaissance de travailleur handicapé (RQTH)", "Elle ouvre l'accompagnement de Cap emploi."
    DOSSIER_MDPH = "dossier_mdph", "Dossier déposé à la MDPH", "La date à laquelle la réponse est attendue."
    INVALIDITE = "invalidite", "Pension d'invalidité, AAH", "Pas d'inscription comme demandeur d'emploi à maintenir."
    DOMICILIATION = "domiciliation", "Attestation de domiciliation", "À renouveler auprès de l'organisme."
    MEDICAL = "medical", "Justificatif médical", "Vu et rendu : ni copie, ni détail."
    GROSSESSE = "grossesse", "Déclaration de grossesse", "Vue et rendue : ni copie, ni détail."
    INTEGRATION = "integration", "Contrat d'intégration républicaine (OFII)", "Ses heures comptent dans le plan."
    IDENTITE = "identite", "Pièce d'identité"
    PERMIS = "permis", "Permis de conduire"


# Accompagnement global ----------------------------------------------------------------------------------------------
class IssueGlobale(EnumLibelle):
    """How an accompagnement global ended; the description says whether it counts as an access to work."""

    EMPLOI_DURABLE = "emploi_durable", "Emploi durable (six mois ou plus)", "emploi"
    EMPLOI_COURT = "emploi_court", "Emploi de moins de six mois", "emploi"
    CREATION = "creation", "Création d'activité", "emploi"
    FORMATION = "formation", "Entrée en formation"
    AUTRE_PARCOURS = "autre_parcours", "Passage à un autre accompagnement"
    SANTE = "sante", "Arrêt pour raison de santé ou retraite"
    DEMENAGEMENT = "demenagement", "Départ du département"
    FIN_A_SA_DEMANDE = "fin_a_sa_demande", "Fin à la demande de la personne"
    SANS_NOUVELLES = "sans_nouvelles", "Sans nouvelles"


# Particular situations ----------------------------------------------------------------------------------------------
class Constat(EnumLibelle):
    """What was found when the situation was gone through: one list per situation (``regles.situations``)."""

    # Retirement
    RELEVE_DEMANDE = "releve_demande", "Relevé de carrière demandé"
    TAUX_PLEIN_PLUS_TARD = "taux_plein_plus_tard", "Taux plein plus tard"
    RETRAITE_DEMANDEE = "retraite_demandee", "Retraite ou ASPA demandée"
    RETRAITE_OUVERTE = "retraite_ouverte", "Retraite ou ASPA obtenue"
    # Disability
    DOSSIER_A_DEPOSER = "dossier_a_deposer", "Dossier MDPH à déposer"
    REPONSE_ATTENDUE = "reponse_attendue", "Réponse de la MDPH attendue"
    RQTH_OBTENUE = "rqth_obtenue", "RQTH obtenue"
    AAH_OBTENUE = "aah_obtenue", "AAH ou pension d'invalidité obtenue"
    DEMANDE_REFUSEE = "demande_refusee", "Demande refusée"
    # Job
    EMPLOI_TENU = "emploi_tenu", "L'emploi se poursuit"
    HEURES_EN_PLUS = "heures_en_plus", "Plus d'heures obtenues"
    EMPLOI_FRAGILE = "emploi_fragile", "L'emploi est fragile"
    EMPLOI_FINI = "emploi_fini", "L'emploi a pris fin"
    # Self-employed
    VIABLE = "viable", "L'activité est viable"
    A_CONSOLIDER = "a_consolider", "L'activité est à consolider"
    A_REDIRIGER = "a_rediriger", "L'activité ne suffira pas : chercher un autre projet"
    ACTIVITE_CESSEE = "activite_cessee", "L'activité a cessé"
    # Action
    ACTION_SUIVIE = "action_suivie", "L'action se passe bien"
    ACTION_DIFFICILE = "action_difficile", "L'action est difficile à tenir"
    SUITE_PREPAREE = "suite_preparee", "La suite est préparée"
    ACTION_FINIE = "action_finie", "L'action est finie ou arrêtée"
    # Minor
    RELAIS_ASE = "relais_ase", "Relais passé à l'aide sociale à l'enfance"
    RELAIS_ML = "relais_ml", "Relais passé à la mission locale"
    RELAIS_DOUBLE = "relais_double", "Relais passé aux deux"


class NouvelleEmploi(EnumLibelle):
    """What she says of the job she took up; the description says whether news are taken again."""

    TOUJOURS = "toujours", "Toujours en emploi", "continue"
    DIFFICILE = "difficile", "En emploi, mais c'est difficile", "continue"
    FINI = "fini", "L'emploi a pris fin", "fin"
    REFUS = "refus", "Ne souhaite plus être appelée", "fin"


class ResultatRevue(EnumLibelle):
    """What the joint diagnosis leads to (L262-31)."""

    REVISION = "revision", "Réviser le contrat", "Le contrat s'actualise à la date convenue."
    REORIENTATION = "reorientation", "Demander une autre orientation", "La décision revient au Département."
    POURSUITE = "poursuite", "Poursuivre le même accompagnement", "Avec le motif. La prochaine revue est datée."


# Complaints ---------------------------------------------------------------------------------------------------------
class GenreReclamation(EnumLibelle):
    RECLAMATION = "reclamation", "Réclamation"
    MEDIATION = "mediation", "Demande de médiation"


class ObjetReclamation(EnumLibelle):
    ACCUEIL = "accueil", "L'accueil ou les mots employés"
    DELAI = "delai", "Un délai, une absence de réponse"
    ACCOMPAGNEMENT = "accompagnement", "L'accompagnement ou le contrat"
    DECISION = "decision", "Une décision"
    DONNEES = "donnees", "Les informations conservées"
    AUTRE = "autre", "Autre chose"


class CanalReclamation(EnumLibelle):
    GUICHET = "guichet", "Au guichet"
    TELEPHONE = "telephone", "Par téléphone"
    COURRIER = "courrier", "Par courrier"
    COURRIEL = "courriel", "Par courriel"


class IssueReclamation(EnumLibelle):
    FONDEE = "fondee", "Fondée : réparée"
    EN_PARTIE = "en_partie", "Fondée en partie"
    NON_FONDEE = "non_fondee", "Non fondée : expliquée"
    TRANSMISE = "transmise", "Transmise à l'autorité compétente"
    RETIREE = "retiree", "Retirée par la personne"
