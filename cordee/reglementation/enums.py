"""Closed lists of the rules: what a deadline is worth in law, how sure we are of it, how it is counted."""

from __future__ import annotations

from cordee.socle.enums import EnumLibelle


class Nature(EnumLibelle):
    """What a deadline is worth. No letter may cite an ``OBJECTIF`` or an ``INDICATEUR`` as an obligation.

    >>> Nature.LEGALE.libelle, Nature.LEGALE.opposable, Nature.OBJECTIF.opposable
    ('délai légal', True, False)
    """

    LEGALE = "legale", "délai légal", "Fixé par la loi ou un décret : il s'impose à tous."
    REGLEMENT_LOCAL = (
        "reglement_local",
        "règlement local",
        "Fixé par une délibération ou une convention du Département : il engage ses services.",
    )
    OBJECTIF = "objectif", "objectif", "Repère que le service se donne : il n'oblige jamais la personne."
    INDICATEUR = "indicateur", "indicateur", "Durée mesurée pour rendre compte : la dépasser ne déclenche rien."

    @property
    def opposable(self) -> bool:
        """Whether a letter or a decision may cite the deadline as an obligation."""
        return self in (Nature.LEGALE, Nature.REGLEMENT_LOCAL)


class Confiance(EnumLibelle):
    """How far the value of a rule has been checked against the text itself."""

    HAUTE = "haute", "haute", "Texte lu, ou règle interne écrite par nous."
    MOYENNE = "moyenne", "moyenne", "Texte voisin ou source secondaire : à vérifier avant d'en faire un motif."
    BASSE = "basse", "basse", "Le texte est muet ou n'a pas pu être lu : valeur par défaut, à faire valider."


class Unite(EnumLibelle):
    """How a deadline is counted from its start."""

    JOURS = "jours", "jours", "Jours de calendrier."
    MOIS = "mois", "mois", "De quantième à quantième ; à défaut, dernier jour du mois."
    JOURS_OUVRES = "jours_ouvres", "jours ouvrés", "Du lundi au vendredi, jours fériés exclus."
    DATE_FIXE = "date_fixe", "date fixe", "Une date du calendrier, la même pour tous."
    DATE_ANNUELLE = "date_annuelle", "date annuelle", "Le même jour chaque année."
    DATE_CONVENUE = "date_convenue", "date convenue", "Fixée d'un commun accord avec la personne."


class Titulaire(EnumLibelle):
    """Who must act before the term: it decides which reading of a Saturday, Sunday or public holiday applies."""

    SERVICE = "service", "le service", "Le terme est avancé au jour ouvré précédent."
    PERSONNE = "personne", "la personne", "Le terme est reporté au jour ouvré suivant."


class TypeValeur(EnumLibelle):
    """What the value of a parameter is."""

    EUROS = "euros", "euros"
    TAUX = "taux", "taux"
    NOMBRE = "nombre", "nombre"
    HEURES = "heures", "heures par semaine"
    JOURS = "jours", "jours"
    MOIS = "mois", "mois"
    ANS = "ans", "ans"
    BOOLEEN = "booleen", "oui ou non"
    LISTE = "liste", "liste"
