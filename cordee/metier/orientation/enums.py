"""Closed lists of the orientation room."""

from cordee.socle.enums import EnumLibelle


class Impact(EnumLibelle):
    """How much a difficulty weighs on the search for work (orientation criteria)."""

    FORT = "fort", "Impact fort"
    FAIBLE = "faible", "Impact faible"
    AUCUN = "aucun", "Sans impact"
    REFUS = "refus", "Ne souhaite pas en parler", "La personne a été invitée à en parler et préfère ne pas le faire."
    NON_ABORDE = "non_aborde", "Non abordé"


class ThemeDiagnostic(EnumLibelle):
    SANTE = "sante", "Santé"
    LOGEMENT = "logement", "Logement"
    MOBILITE = "mobilite", "Mobilité"
    FAMILLE = "famille", "Famille et garde d'enfants"
    FINANCES = "finances", "Situation financière"
    NUMERIQUE = "numerique", "Numérique"
    DEMARCHES = "demarches", "Démarches et droits"
    LANGUE = "langue", "Français, lecture, calcul"
    CONFIANCE = "confiance", "Confiance en soi"


class SituationPro(EnumLibelle):
    EN_ACTIVITE = "en_activite", "En activité"
    DEUX_ANS = "deux_ans", "A travaillé dans les deux dernières années"
    PLUS_DEUX_ANS = "plus_deux_ans", "A travaillé il y a plus de deux ans"
    JAMAIS = "jamais", "N'a jamais travaillé"


class NiveauFormation(EnumLibelle):
    SUPERIEUR = "superieur", "Diplôme supérieur au bac"
    BAC = "bac", "Baccalauréat"
    QUALIFIANT = "qualifiant", "CAP, BEP ou titre professionnel"
    SANS = "sans", "Sans diplôme qualifiant"


class MotifOrientation(EnumLibelle):
    """Coded reasons of a decision, cited in the notification."""

    ACTIVITE_RECENTE = "activite_recente", "Une activité récente ou en cours"
    QUALIFICATION = "qualification", "Une qualification qui permet de chercher dès maintenant"
    PROJECTION = "projection", "Un projet de travail à court terme"
    FREINS_A_TRAITER = "freins_a_traiter", "Des difficultés à traiter en même temps que la recherche d'emploi"
    FREINS_BLOQUANTS = "freins_bloquants", "Des difficultés qui empêchent pour l'instant de chercher un emploi"
    SOUHAIT = "souhait", "Le souhait exprimé par la personne"
    CONTINUITE = "continuite", "La continuité de l'accompagnement en cours"
    INFORMATIONS_MANQUANTES = "informations_manquantes", "Les informations nécessaires n'ont pas pu être recueillies"
    HANDICAP = "handicap", "Un accompagnement adapté au handicap"
    AGE = "age", "Un accompagnement adapté aux moins de 26 ans"
    CAPACITE = "capacite", "La structure d'abord désignée ne peut pas accueillir la personne"


class StatutOrientation(EnumLibelle):
    EN_VIGUEUR = "en_vigueur", "En vigueur"
    REMPLACEE = "remplacee", "Remplacée"
    CLOSE = "close", "Close"


class MotifEcart(EnumLibelle):
    """Why a professional decides otherwise than the proposal: the five codes of the national exchange, no other.

    ``AUTRE`` asks for a short text, kept with the decision and never in an event. A wish of the person is a reason of
    the decision (``MotifOrientation.SOUHAIT``), not a gap of the rule.
    """

    DECLARATION_INEXACTE = "declaration_inexacte", "Des réponses à corriger", "La personne a précisé sa situation."
    SITUATION_NON_COUVERTE = (
        "situation_non_couverte",
        "Une situation que les critères ne couvrent pas",
        "Les questions ne disent pas ce qui compte ici.",
    )
    APPRECIATION_DIFFERENTE = (
        "appreciation_differente",
        "Une autre appréciation de la situation",
        "Les réponses sont justes, leur poids est différent.",
    )
    MANQUE_CAPACITE_ACCUEIL = (
        "manque_capacite_accueil",
        "Pas de place dans l'organisme proposé",
        "La personne serait accueillie trop tard.",
    )
    AUTRE = "autre", "Une autre raison", "Dites-la en quelques mots."


class StatutArrete(EnumLibelle):
    """Where a joint arrêté stands (C. trav. L5411-5-1 III al. 2)."""

    BROUILLON = "brouillon", "En préparation"
    ACTIF = "actif", "Activé"
    ABANDONNE = "abandonne", "Abandonné"


class TrancheAge(EnumLibelle):
    """Ages of the checks of a rule, in the bands of the national statistics; the first ends where the rule's does."""

    MOINS_26 = "moins_26", "Moins de 26 ans"
    DE_26_A_29 = "de_26_a_29", "26 à 29 ans"
    DE_30_A_39 = "de_30_a_39", "30 à 39 ans"
    DE_40_A_49 = "de_40_a_49", "40 à 49 ans"
    DE_50_A_59 = "de_50_a_59", "50 à 59 ans"
    PLUS_60 = "plus_60", "60 ans et plus"


class Famille(EnumLibelle):
    """Households of the checks of a rule, as the national statistics cut them."""

    SEUL_SANS = "seul_sans", "Personne seule sans enfant"
    SEUL_AVEC = "seul_avec", "Personne seule avec enfant"
    COUPLE_SANS = "couple_sans", "Couple sans enfant"
    COUPLE_AVEC = "couple_avec", "Couple avec enfant"


class MotifRefusAccueil(EnumLibelle):
    """Why a structure cannot receive the person oriented towards it."""

    CAPACITE = "capacite", "Plus de place"
    PUBLIC = "public", "Un public que la structure ne reçoit pas"
    TERRITOIRE = "territoire", "Un territoire que la structure ne couvre pas"
    CONVENTION = "convention", "La convention prend fin"
    AUTRE = "autre", "Une autre raison"


class Demandeur(EnumLibelle):
    PERSONNE = "personne", "La personne"
    ORGANISME = "organisme", "L'organisme référent"


class MotifReorientation(EnumLibelle):
    SITUATION = "situation", "La situation a changé"
    SOUHAIT = "souhait", "Le souhait de la personne"
    DEMENAGEMENT = "demenagement", "Un déménagement"
    FREINS = "freins", "Des difficultés qui empêchent de chercher un emploi"
    PROGRES = "progres", "La personne est prête à chercher un emploi"
    DESACCORD = "desaccord", "Un désaccord avec l'accompagnement"


class MotifRefusReorientation(EnumLibelle):
    ADAPTEE = "adaptee", "L'orientation reste adaptée à la situation"
    TROP_TOT = "trop_tot", "L'accompagnement vient de commencer"
    SANS_PLACE = "sans_place", "Aucune place dans l'organisme demandé"


class NatureConstat(EnumLibelle):
    """What a line of the diagnosis is, in the linked vocabulary."""

    SITUATION = "situation", "Situation"
    OBJECTIF = "objectif", "Objectif"
    ACTION = "action", "Action"


class SourceConstat(EnumLibelle):
    """Who said it. What a professional wrote with the person goes before what a partner sends."""

    AGENT = "agent", "Entretien"
    OPERATEUR_EMPLOI = "operateur_emploi", "Opérateur de l'emploi"
    INSTRUCTION = "instruction", "Demande de RSA"


class Diplome(EnumLibelle):
    """Last diploma, in the codes exchanged nationally (AFS … NV1)."""

    AFS = "afs", "Jamais scolarisé"
    CP4 = "cp4", "École primaire à 4e non achevée"
    CFG = "cfg", "4e achevée"
    C3A = "c3a", "3e achevée ou brevet"
    C12 = "c12", "2de ou 1re achevée"
    NV5 = "nv5", "CAP, BEP ou titre professionnel"
    NV4 = "nv4", "Baccalauréat"
    NV3 = "nv3", "Bac + 2"
    NV2 = "nv2", "Bac + 3 ou 4"
    NV1 = "nv1", "Bac + 5 ou plus"


class NiveauFrancais(EnumLibelle):
    """A rough level, as an interviewer can hear it: the common European scale, never a test."""

    AUCUN = "aucun", "Pas du tout"
    A1 = "a1", "Quelques mots", "Niveau A1 du cadre européen."
    A2 = "a2", "Vie courante", "Niveau A2 du cadre européen."
    B1 = "b1", "Assez à l'aise", "Niveau B1 du cadre européen."
    B2 = "b2", "À l'aise", "Niveau B2 du cadre européen ou plus."


class AutonomieNumerique(EnumLibelle):
    AUTONOME = "autonome", "Se débrouille seule"
    AVEC_AIDE = "avec_aide", "Avec de l'aide"
    NON_MAITRISE = "non_maitrise", "N'y arrive pas"
    NON_ACCES = "non_acces", "N'a pas d'accès"
    REFUS = "refus", "Ne le souhaite pas"


class Permis(EnumLibelle):
    B = "b", "Permis B"
    EN_COURS = "en_cours", "Permis ou code en cours"
    POIDS_LOURD = "poids_lourd", "Poids lourd ou transport en commun"
    DEUX_ROUES = "deux_roues", "Deux-roues"
    ETRANGER = "etranger", "Permis étranger"
    SUSPENDU = "suspendu", "Suspendu"
    AUCUN = "aucun", "Aucun"


class MoyenTransport(EnumLibelle):
    VOITURE = "voiture", "Voiture"
    DEUX_ROUES = "deux_roues", "Scooter ou moto"
    VELO = "velo", "Vélo ou trottinette"
    TRANSPORTS = "transports", "Transports en commun"
    COVOITURAGE = "covoiturage", "Covoiturage"
    SANS_PERMIS = "sans_permis", "Voiture sans permis"
    AUCUN = "aucun", "Aucun"


class Disponibilite(EnumLibelle):
    MATIN = "matin", "Le matin"
    APRES_MIDI = "apres_midi", "L'après-midi"
    SOIR = "soir", "Le soir"
    NUIT = "nuit", "La nuit"
    SAMEDI = "samedi", "Le samedi"
    DIMANCHE = "dimanche", "Le dimanche"


class ProjetPro(EnumLibelle):
    """What the person looks for, in the codes exchanged nationally."""

    SALARIAT = "salariat", "Un emploi salarié"
    ENTREPRENEURIAT = "entrepreneuriat", "Créer ou développer son activité"
    FORMATION = "formation", "Une formation"
    AUCUN = "aucun", "Pas encore de projet"


class ContratVise(EnumLibelle):
    CDI = "cdi", "CDI"
    CDD = "cdd", "CDD"
    INTERIM = "interim", "Intérim"
    SAISONNIER = "saisonnier", "Saisonnier"
    ALTERNANCE = "alternance", "Alternance"
    INSERTION = "insertion", "Contrat d'insertion"
    INDEPENDANT = "independant", "À son compte"


class MotifRelais(EnumLibelle):
    """Why the accompaniment is handed over to somebody else."""

    DEMENAGEMENT = "demenagement", "La personne a déménagé dans le département"
    SPECIALITE = "specialite", "Un accompagnement plus adapté à sa situation"
    DEMANDE = "demande", "La personne a demandé à changer de référent"
    DEPART = "depart", "Le référent quitte la structure"
    ABSENCE = "absence", "Le référent est absent longtemps"
    CHARGE = "charge", "La charge du référent ne permet plus de l'accompagner"
    CONVENTION = "convention", "La convention de la structure prend fin"
    FERMETURE = "fermeture", "La structure ferme"


class StatutRelais(EnumLibelle):
    """Where a hand-over stands. Transitions: ``orientation.cycle``."""

    PROPOSE = "propose", "Proposé, à accuser réception"
    RECU = "recu", "Reçu, réponse attendue"
    EXPIRE = "expire", "Sans réponse, à trancher"
    ACCEPTE = "accepte", "Accepté"
    REFUSE = "refuse", "Refusé"
    RETIRE = "retire", "Retiré"
    SANS_OBJET = "sans_objet", "Devenu sans objet"


class ActeRelais(EnumLibelle):
    """What may be done on a hand-over."""

    ACCUSER = "accuser", "Accuser réception"
    ACCEPTER = "accepter", "Accepter"
    REFUSER = "refuser", "Refuser"
    RETIRER = "retirer", "Retirer"
    EXPIRER = "expirer", "Constater l'absence de réponse"
    CLORE = "clore", "Constater que le relais n'a plus d'objet"


class MotifRefusRelais(EnumLibelle):
    """Why the receiver gives it back."""

    CAPACITE = "capacite", "Plus de place pour l'instant"
    TERRITOIRE = "territoire", "Un territoire que la structure ne couvre pas"
    PUBLIC = "public", "Un public que la structure ne reçoit pas"
    CONTINUITE = "continuite", "Mieux vaut que le référent actuel continue"
    INFORMATION = "information", "La note de relais ne dit pas assez"


class MotifChangement(EnumLibelle):
    """Why a person asks for another référent. She need not say (R83)."""

    NON_DIT = "non_dit", "Elle ne souhaite pas le dire"
    ENTENTE = "entente", "Elle ne s'entend pas avec son référent"
    DISPONIBILITE = "disponibilite", "Son référent n'est pas assez disponible"
    LANGUE = "langue", "Elle souhaite parler une autre langue"
    LIEU = "lieu", "Le lieu est trop loin ou difficile d'accès"
    AUTRE = "autre", "Une autre raison"


class MotifRefusChangement(EnumLibelle):
    SEUL = "seul", "Aucun autre référent dans la structure"
    SATURES = "satures", "Les autres référents n'ont pas de place pour l'instant"
    REGLE = "regle", "Le désaccord a été réglé avec la personne"
    RETIREE = "retiree", "La personne retire sa demande"


class IssueReorientation(EnumLibelle):
    EN_ATTENTE = "en_attente", "À décider"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    SANS_OBJET = "sans_objet", "Devenue sans objet"
