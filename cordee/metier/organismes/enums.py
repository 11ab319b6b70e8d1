"""Closed lists of the organisations room."""

from cordee.socle.enums import EnumLibelle


class TypeStructure(EnumLibelle):
    DEPARTEMENT = "departement", "Services du Département", "Direction, pilotage, unités centrales"
    PLATEFORME = "plateforme", "Plateforme d'orientation", "Accueil, convocation, premier entretien, orientation"
    EDS = "eds", "Espace départemental des solidarités", "Service social départemental de secteur"
    EI = "ei", "Espace insertion", "Accueil et accompagnement d'un ou plusieurs secteurs"
    EQUIPE_SPECIALISEE = "equipe_specialisee", "Équipe spécialisée", "Activité, jeunes, créateurs, remobilisation"
    CCAS = "ccas", "Centre communal d'action sociale", "Délégataire par convention"
    ASSOCIATION = "association", "Association", "Délégataire par convention"
    OPERATEUR = "operateur", "Opérateur", "Titulaire d'un marché ou d'un appel à projets"
    OPERATEUR_EMPLOI = "operateur_emploi", "Opérateur de l'emploi", "Agence de l'opérateur public de l'emploi"
    MISSION_LOCALE = "mission_locale", "Mission locale", "Accompagnement des moins de 26 ans"
    CAP_EMPLOI = "cap_emploi", "Cap emploi", "Accompagnement des personnes handicapées"


class PublicSecteur(EnumLibelle):
    """Whom a structure receives in a commune (PDIE: the split between EDS, EI, CCAS and associations)."""

    TOUS = "tous", "Tous publics"
    ISOLES = "isoles", "Personnes isolées sans enfant"
    COUPLES_SANS_ENFANT = "couples_sans_enfant", "Couples sans enfant"
    SANS_ENFANT = "sans_enfant", "Personnes isolées et couples sans enfant"
    AVEC_ENFANT = "avec_enfant", "Familles avec enfant"


class Unite(EnumLibelle):
    """Who owns a step, as a function inside an organisation (the owner kinds of the life cycle)."""

    PLATEFORME = "plateforme", "Plateforme d'orientation"
    REFERENT = "referent", "Référent (à défaut, sa structure)"
    LIAISON = "liaison", "Liaison avec les partenaires"
    DONNEES = "donnees", "Gestion des données"
    DEVOIRS = "devoirs", "Unité droits et devoirs"
    ENCADREMENT = "encadrement", "Encadrement"
    CHEF_STRUCTURE = "chef_structure", "Responsable de la structure"
    TRAVAIL_SOCIAL = "travail_social", "Service social"
    JURIDIQUE = "juridique", "Service juridique"
    STRUCTURE_RECEVANTE = "structure_recevante", "Structure qui reçoit la personne"


class RoleAgent(EnumLibelle):
    AGENT_PLATEFORME = "agent_plateforme", "Agent de la plateforme"
    REFERENT = "referent", "Référent"
    CHEF_STRUCTURE = "chef_structure", "Responsable de structure"
    ENCADRANT = "encadrant", "Encadrant de la plateforme"
    LIAISON = "liaison", "Chargé de liaison partenaires"
    GESTIONNAIRE_DONNEES = "gestionnaire_donnees", "Gestionnaire des données"
    DEVOIRS = "devoirs", "Unité droits et devoirs"
    SIGNATAIRE = "signataire", "Signataire par délégation"
    MEMBRE_EP = "membre_ep", "Membre de l'équipe pluridisciplinaire"
    TRAVAILLEUR_SOCIAL = "travailleur_social", "Travailleur social"
    OPERATEUR = "operateur", "Intervenant d'un opérateur"
    CHARGE_EMPLOI = "charge_emploi", "Chargé d'intermédiation emploi"
    PILOTAGE = "pilotage", "Pilotage"
    ELU = "elu", "Élu"
    ADMINISTRATEUR = "administrateur", "Administrateur"


class MotifAbsence(EnumLibelle):
    """Why an agent is away. Nothing medical is ever written."""

    CONGE = "conge", "Congé"
    MALADIE = "maladie", "Arrêt"
    FORMATION = "formation", "Formation"
    AUTRE = "autre", "Autre"


class Finalite(EnumLibelle):
    """Why a file is opened: the eight purposes of C. trav. R5312-38-1 II, written with each logged read."""

    IDENTIFICATION = "identification", "Identifier la personne"
    ORIENTATION = "orientation", "Orienter ou réorienter"
    DIAGNOSTIC = "diagnostic", "Établir le diagnostic"
    CONTRAT = "contrat", "Élaborer et suivre le contrat"
    CONTROLE = "controle", "Contrôler les engagements"
    SANCTION = "sanction", "Instruire une sanction"
    SUIVI = "suivi", "Assurer la continuité du suivi"
    ACTIONS = "actions", "Mettre en œuvre des actions"
