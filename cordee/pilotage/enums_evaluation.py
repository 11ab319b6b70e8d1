"""Closed lists of evaluation: where an experiment stands, what is measured, against whom, how."""

from cordee.socle.enums import EnumLibelle


class EtatExperience(EnumLibelle):
    """Where an experiment stands (``cycle.TRANSITIONS``)."""

    BROUILLON = "brouillon", "Brouillon", "Elle s'écrit encore ; aucun résultat n'est calculé."
    ENREGISTREE = "enregistree", "Enregistrée", "Son protocole est scellé ; elle n'a pas commencé."
    EN_COURS = "en_cours", "En cours", "Les résultats sont intermédiaires jusqu'à la fin déclarée."
    CLOSE = "close", "Close", "Ses résultats sont définitifs ; ils ne sont pas encore publiés."
    PUBLIEE = "publiee", "Publiée", "Ses résultats sont figés et lisibles par les élus."
    ABANDONNEE = "abandonnee", "Abandonnée", "Elle s'est arrêtée avant sa fin : elle reste au registre."


class Devis(EnumLibelle):
    """How people come to be treated."""

    TERRITOIRES = "territoires", "Des communes, à partir d'une date", "Différence de différences sur les entrantes."
    ORDRE = "ordre", "Des unités dans un ordre tiré au sort", "Déploiement échelonné, permutation de l'ordre."
    PERSONNES = "personnes", "Des personnes inscrites", "Comparaison équilibrée sur ce qui est connu d'elles."
    ORIENTATION = "orientation", "Un parcours ou un organisme", "Comparaison équilibrée des orientées ici ou ailleurs."


class Critere(EnumLibelle):
    """What is measured on each person, yes, no or unknown."""

    ACTIVITE_6_MOIS = (
        "activite_6_mois", "En activité six mois après",
        "Le dernier fichier connu à la fin du sixième mois dit un contrat de travail. Une personne sortie du "
        "dispositif garde ce que son dernier fichier disait.",
    )  # fmt: skip
    EMPLOI_6_MOIS = (
        "emploi_6_mois", "Accès à un emploi dans les six mois",
        "Un fichier au moins, dans les six mois, dit un contrat de travail commencé depuis.",
    )  # fmt: skip
    CONTRAT_30_JOURS = (
        "contrat_30_jours", "Contrat dans les trente jours",
        "Un contrat est entré en vigueur dans les trente jours.",
    )  # fmt: skip
    ABSENCE_PREMIER = (
        "absence_premier", "Absence au premier rendez-vous",
        "Absence sans excuse au premier rendez-vous des six mois. Sans rendez-vous tenu ou manqué, ce n'est pas connu.",
    )  # fmt: skip
    PARCOURS_PRO = (
        "parcours_pro", "Orientée vers un parcours professionnel",
        "La première orientation des six mois est « emploi ». Sans orientation, ce n'est pas connu.",
    )  # fmt: skip
    TEMOIN_ACTIVITE = (
        "temoin_activite", "En activité le jour de l'entrée",
        "Témoin : fixé avant tout accompagnement, rien ne peut le changer.",
    )  # fmt: skip
    TEMOIN_FEMME = "temoin_femme", "Être une femme", "Témoin : rien ne peut le changer."
    TEMOIN_MOIS = (
        "temoin_mois",
        "Être née un mois pair",
        "Témoin de pur hasard : un écart signale une erreur de calcul.",
    )

    @property
    def temoin(self) -> bool:
        """Whether no treatment can change it: an « effect » on it says that the groups differ."""
        return self.value.startswith("temoin_")

    @property
    def favorable(self) -> int:
        """1 when more is better, −1 when less is."""
        return -1 if self is Critere.ABSENCE_PREMIER else 1


class Comparateur(EnumLibelle):
    """Against whom."""

    RESTE = "reste", "Le reste du département"
    RESTE_SANS_VOISINES = (
        "reste_sans_voisines", "Le reste du département, sans les communes voisines",
        "Les voisines peuvent perdre les emplois que les communes traitées gagnent (déplacement).",
    )  # fmt: skip
    ORDRE = "ordre", "Les unités dont le tour n'est pas venu"
    AUTRES = "autres", "Les autres personnes, rendues comparables"


class Estimateur(EnumLibelle):
    NAIF = "naif", "Écart brut", "Un écart, pas un effet."
    DIFFERENCES = "differences", "Différence de différences", "Par trimestre d'entrée et commune, pondérée."
    PERMUTATION = "permutation", "Permutation des unités traitées", "Valeur p et intervalle par inversion."
    SYNTHETIQUE = "synthetique", "Contrôle synthétique", "La moyenne de communes qui ressemble le plus, avant."
    ENTROPIE = "entropie", "Équilibrage entropique", "Des poids qui égalisent les moyennes."
    DOUBLE = "double", "Doublement robuste", "Score de propension et modèle du résultat."


class Covariable(EnumLibelle):
    """What is known of a person when she enters, and may make groups comparable."""

    FEMME = "femme", "Femme"
    AGE = "age", "Âge"
    AVEC_ENFANT = "avec_enfant", "Enfant à charge"
    EN_COUPLE = "en_couple", "En couple"
    INSCRITE = "inscrite", "Inscrite chez l'opérateur de l'emploi"
    ACTIVITE_ENTREE = "activite_entree", "En activité à l'entrée"
    INDEPENDANTE = "independante", "Travailleuse indépendante"
    ANCIENNETE = "anciennete", "Ancienneté de la demande"
    DATE_ENTREE = "date_entree", "Date de départ du suivi"


class GenreMention(EnumLibelle):
    """A line of the register of an experiment. Nothing is ever rubbed out."""

    ENREGISTREMENT = "enregistrement", "Protocole enregistré"
    AMENDEMENT = "amendement", "Protocole amendé"
    DEMARRAGE = "demarrage", "Expérimentation commencée"
    RESULTATS = "resultats", "Résultats demandés pour la première fois"
    EXPLORATION = "exploration", "Analyse exploratoire"
    INSCRIPTIONS = "inscriptions", "Personnes inscrites"
    CLOTURE = "cloture", "Expérimentation close"
    PUBLICATION = "publication", "Résultats publiés"
    ABANDON = "abandon", "Expérimentation abandonnée"


class Groupe(EnumLibelle):
    TRAITE = "traite", "Inscrite"
    TEMOIN = "temoin", "Témoin"


class GenreUnite(EnumLibelle):
    """What a random order puts in order."""

    COMMUNES = "communes", "Des communes"
    STRUCTURES = "structures", "Des structures"
    SEMAINES = "semaines", "Des lots de convocation"


class Verdict(EnumLibelle):
    """What may be concluded (``regles.conclusions``)."""

    EFFET_FAVORABLE = "effet_favorable", "Un effet favorable"
    EFFET_DEFAVORABLE = "effet_defavorable", "Un effet défavorable"
    PAS_D_EFFET = "pas_d_effet", "Pas d'effet qui compte"
    NON_CONCLUANT = "non_concluant", "On ne peut pas conclure"
    FRAGILE = "fragile", "Une différence qu'on ne peut pas attribuer"
    IMPOSSIBLE = "impossible", "Comparaison impossible"
