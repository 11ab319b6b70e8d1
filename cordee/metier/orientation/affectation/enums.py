"""Closed lists of the allocation: trades, criteria of the cost, why somebody is left, why a line was moved."""

from cordee.socle.enums import EnumLibelle


class Specialite(EnumLibelle):
    """Kinds of team of the Département (S0: 33 agents who receive, 31 in specialised teams; REQ-98)."""

    ACCUEIL_DIAGNOSTIC = "accueil_diagnostic", "Accueil et diagnostic", "Reçoit et oriente ; n'est pas référent"
    ACTIVITE = "activite", "Activité", "Recherche d'emploi immédiate"
    JEUNES = "jeunes", "Jeunes", "Moins de 26 ans"
    CREATEURS = "createurs", "Créateurs et travailleurs indépendants", "Activité indépendante"
    REMOBILISATION = "remobilisation", "Remobilisation", "Difficultés à lever avant la recherche d'emploi"


class Critere(EnumLibelle):
    """What an allocation costs, one criterion each (``bareme.yaml``). None reads sex, nationality, name or health."""

    CHANGEMENT = "changement", "Changer la structure décidée"
    SECTEUR = "secteur", "Sortir du secteur"
    DISTANCE = "distance", "Distance"
    PUBLIC = "public", "Public de la structure"
    SPECIALITE = "specialite", "Spécialité de l'équipe"
    METIER = "metier", "Métier du référent"
    LANGUE = "langue", "Langue parlée"
    ACCESSIBILITE = "accessibilite", "Accessibilité du lieu"
    CONTINUITE = "continuite", "Ancien référent"


class MotifSansSolution(EnumLibelle):
    """Why nobody could be proposed. The order is that of the questions: the first that fails is the reason."""

    VERROU_IMPOSSIBLE = "verrou_impossible", "Le choix verrouillé n'est plus possible"
    HORS_SECTEUR = "hors_secteur", "La commune n'est dans aucun secteur, ou l'adresse est inconnue"
    SENSIBLE = "sensible", "Dossier sensible : aucun lecteur désigné ne peut être référent"
    CONVENTION = "convention", "La structure désignée est fermée, ou n'a plus de convention"
    SANS_REFERENT = "sans_referent", "Aucun référent en poste dans les structures possibles"
    CONFLIT = "conflit", "Les seuls référents possibles la connaissent personnellement, ou sont ses collègues"
    SANS_STRUCTURE = "sans_structure", "Aucune structure ne reçoit ce public à cette distance"
    CAPACITE = "capacite", "Toutes les places possibles sont prises"


class MotifDeplacement(EnumLibelle):
    """Why a professional decides otherwise than the allocation; the choice is hers, coded and counted."""

    CONNAISSANCE = "connaissance", "Je connais la situation de la personne"
    DEMANDE_PERSONNE = "demande_personne", "La personne l'a demandé"
    DEMANDE_REFERENT = "demande_referent", "Le référent l'a demandé"
    EQUILIBRE = "equilibre", "Répartir la charge autrement"
    AUTRE = "autre", "Une autre raison"


class StatutProposition(EnumLibelle):
    BROUILLON = "brouillon", "À relire"
    VALIDEE = "validee", "Validée"
    ABANDONNEE = "abandonnee", "Abandonnée"


class ResultatLigne(EnumLibelle):
    """What became of a line when the allocation was validated."""

    EN_ATTENTE = "en_attente", "À valider"
    NOMMEE = "nommee", "Référent nommé"
    REFUSEE = "refusee", "Non faite"
    ECARTEE = "ecartee", "Laissée de côté"
    ANNULEE = "annulee", "Annulée"


class RegleCouples(EnumLibelle):
    """How the two members of a couple are treated (R36: two people, two référents possible)."""

    MEME_STRUCTURE = "meme_structure", "Dans la même structure, avec un ou deux référents"
    SEPARES = "separes", "Chacun pour soi"


class Mode(EnumLibelle):
    LOT = "lot", "En une fois", "Toutes les personnes qui attendent, toutes les places"
    FIL = "fil", "Au fil des arrivées", "En gardant des places pour les arrivées attendues de la période"
