"""Closed lists of the orientation room."""

from cordee.socle.enums import EnumLibelle


class Impact(EnumLibelle):
    """How much a difficulty weighs on the search for work (orientation criteria)."""

    FORT = "fort", "Impact fort"
    FAIBLE = "faible", "Impact faible"
    AUCUN = "aucun", "Sans impact"
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
    """Why a professional decides otherwise than the proposal (the codes of the national exchange)."""

    DECLARATION_INEXACTE = "declaration_inexacte", "Des réponses à corriger"
    SITUATION_NON_COUVERTE = "situation_non_couverte", "Une situation que les critères ne couvrent pas"
    APPRECIATION_DIFFERENTE = "appreciation_differente", "Une autre appréciation de la situation"
    MANQUE_CAPACITE = "manque_capacite", "Pas de place dans l'organisme proposé"
    SOUHAIT = "souhait", "Le souhait de la personne"
    AUTRE = "autre", "Une autre raison"


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
