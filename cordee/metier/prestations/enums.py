"""Closed lists of the benefits room."""

from cordee.socle.enums import EnumLibelle


class NatureRevenu(EnumLibelle):
    """Monthly resources, by the way the RSA and the prime d'activité count them (CASF R262-6 to R262-13)."""

    SALAIRE = "salaire", "Salaire net", "Salaire, apprentissage, stage rémunéré, chômage partiel."
    NON_SALARIE = "non_salarie", "Revenu d'activité non salariée", "Bénéfice du mois après abattement."
    CHOMAGE = "chomage", "Allocation chômage", "Montant net versé par l'opérateur de l'emploi."
    INDEMNITES = "indemnites", "Indemnités journalières", "Maladie, accident du travail."
    PENSION = "pension", "Pension ou rente", "Retraite, invalidité, rente."
    PENSION_ALIMENTAIRE = "pension_alimentaire", "Pension alimentaire reçue", "Pour soi ou pour un enfant."
    AUTRE = "autre", "Autres ressources", "Revenus de biens, aide régulière, autres."

    @property
    def activite(self) -> bool:
        """Whether it is earned by working."""
        return self in (NatureRevenu.SALAIRE, NatureRevenu.NON_SALARIE)


class Logement(EnumLibelle):
    """What is deducted from the RSA for housing (CASF R262-9, R262-10)."""

    AVEC_AIDE = (
        "avec_aide",
        "Locataire avec une aide au logement",
        "Forfait logement, ou l'aide si elle est plus faible.",
    )
    SANS_AIDE = "sans_aide", "Locataire sans aide au logement", "Aucune déduction."
    SANS_CHARGE = "sans_charge", "Propriétaire sans charge, ou logée gratuitement", "Forfait logement."
    SANS_DOMICILE = "sans_domicile", "Sans domicile stable", "Aucune déduction."


class Origine(EnumLibelle):
    """Where a hypothesis comes from."""

    FICHIER = "fichier", "Fichier de l'organisme payeur"
    FICHE = "fiche", "Fiche de la personne"
    SAISIE = "saisie", "Saisie pour cette estimation"
    SUPPOSEE = "supposee", "Supposée : le dossier n'en dit rien"


class Statut(EnumLibelle):
    EN_ATTENTE = "en_attente", "En attente de calcul"
    CALCULEE = "calculee", "Calculée"
    ECHEC = "echec", "N'a pas pu être calculée"
