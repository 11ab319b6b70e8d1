"""Closed lists of the comparison of structures."""

from cordee.socle.enums import EnumLibelle


class Groupe(EnumLibelle):
    """Whom a structure is compared with. The average is that of the group."""

    TOUTES = "toutes", "Toutes les structures"
    DEPARTEMENT = "departement", "Services du Département", "EDS, espaces insertion, équipes spécialisées."
    CONVENTIONNEES = "conventionnees", "Structures conventionnées", "CCAS, associations, opérateurs, missions locales."
    OPERATEUR_EMPLOI = "operateur_emploi", "Opérateur de l'emploi", "Ses agences."


class NatureIssue(EnumLibelle):
    TAUX = "taux", "Part des personnes", "Oui ou non pour chaque personne ; modèle logistique."
    JOURS = "jours", "Nombre de jours", "Un nombre de jours par personne ; modèle linéaire."
    POINTS = "points", "Part moyenne", "Une part entre 0 et 100 par personne ; modèle linéaire."


class Lecture(EnumLibelle):
    """What may be said of a structure's figure beside what its publics would give elsewhere. Never a rank (V10)."""

    ATTENDUE = (
        "attendue",
        "Dans la variation attendue",
        "L'écart avec ce que donneraient ses publics ailleurs tient dans les limites du hasard (95 %).",
    )
    LIMITE_PLUS = (
        "limite_plus",
        "En limite, au-dessus",
        "Hors des limites à 95 %, dans celles à 99,8 % : une structure sur vingt s'y trouve par hasard.",
    )
    LIMITE_MOINS = (
        "limite_moins",
        "En limite, au-dessous",
        "Hors des limites à 95 %, dans celles à 99,8 % : une structure sur vingt s'y trouve par hasard.",
    )
    PLUS = (
        "plus",
        "Plus que ce que ses publics expliquent",
        "Au-dessus des limites à 99,8 % : ni le hasard ni les caractéristiques connues de ses publics n'y suffisent.",
    )
    MOINS = (
        "moins",
        "Moins que ce que ses publics expliquent",
        "Au-dessous des limites à 99,8 % : ni le hasard ni les caractéristiques connues de ses publics n'y suffisent.",
    )
    INFORMATION = (
        "information",
        "Information insuffisante",
        "Ce qui s'est passé n'est pas connu pour trop de ses personnes : rien ne peut en être dit.",
    )
