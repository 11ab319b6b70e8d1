"""Closed lists of steering: how lines become a figure, which way is good, where a figure may be read."""

from cordee.socle.enums import EnumLibelle


class Agregat(EnumLibelle):
    """How the lines of an indicator become one value."""

    EFFECTIF = "effectif", "Nombre", "Somme du numérateur."
    TAUX = "taux", "Part", "Cent fois le numérateur sur le dénominateur."
    MOYENNE = "moyenne", "Moyenne", "Numérateur sur dénominateur."
    MEDIANE = "mediane", "Médiane", "La valeur que la moitié des lignes n'atteignent pas."
    P90 = "p90", "Neuf sur dix", "La valeur que neuf lignes sur dix ne dépassent pas."
    MAXIMUM = "maximum", "Maximum", "La plus grande valeur."
    PAR_JOUR = "par_jour", "Par jour ouvré", "Numérateur sur le nombre de jours, le même pour toutes les lignes."
    RAPPORT = (
        "rapport", "Rapport",
        "Ce qui est observé (numérateur) sur ce que donnerait la moyenne (dénominateur) : 1 quand rien ne diffère.",
    )  # fmt: skip


class Sens(EnumLibelle):
    HAUSSE = "hausse", "Plus c'est haut, mieux c'est"
    BAISSE = "baisse", "Plus c'est bas, mieux c'est"
    NEUTRE = "neutre", "Ni bon ni mauvais en soi"


class Niveau(EnumLibelle):
    """The maps on which a figure is cut. Codes never meet: « 94 », « 94028 », an EPT's number, a structure's code."""

    DEPARTEMENT = "departement", "Département"
    EPT = "ept", "Établissement public territorial"
    COMMUNE = "commune", "Commune"
    STRUCTURE = "structure", "Structure"


class Rattache(EnumLibelle):
    """Which structure a person counts for, in the figures cut by structure."""

    REFERENT = "referent", "L'organisme référent de la personne"
    SECTEUR = "secteur", "La structure du secteur où elle vit"


class Unite(EnumLibelle):
    PERSONNES = "personnes", "personnes"
    FOYERS = "foyers", "foyers"
    POUR_CENT = "pour_cent", "%"
    JOURS = "jours", "jours"
    EUROS = "euros", "€"
    PAR_REFERENT = "par_referent", "personnes par référent"
    CONTRATS_PAR_JOUR = "contrats_par_jour", "contrats par jour ouvré"
    HEURES = "heures", "heures par semaine"
    DIFFICULTES = "difficultes", "difficultés"
    RAPPORT = "rapport", "fois la moyenne"


class Secret(EnumLibelle):
    """Why a figure is not shown (V9)."""

    PETIT_NOMBRE = "petit_nombre", "Trop peu de personnes : le chiffre n'est pas montré"
    COMPLEMENTAIRE = "complementaire", "Non montré : il ferait connaître un chiffre voisin, trop petit"


class EtatEtude(EnumLibelle):
    """Where a study stands (``etudes``)."""

    EN_ATTENTE = "en_attente", "En attente de calcul"
    CALCULEE = "calculee", "Calculée"
    ECHOUEE = "echouee", "Calcul interrompu"


class Avancement(EnumLibelle):
    """Where a figure stands before its target (``cibles``)."""

    ATTEINTE = "atteinte", "Cible atteinte"
    A_VENIR = "a_venir", "Cible à atteindre"
    MANQUEE = "manquee", "Cible non atteinte à la date"
    INCONNUE = "inconnue", "Pas de chiffre à comparer"


class GenreInstantane(EnumLibelle):
    """Why a state was kept (``instantanes``)."""

    FIN_DE_MOIS = "fin_de_mois", "Fin de mois", "Pris seul, quand la photo du mois est complète."
    PUBLICATION = "publication", "Publication", "Pris par une personne qui publie des chiffres."
