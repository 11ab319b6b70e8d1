"""Closed lists of the duties room."""

from cordee.socle.enums import EnumLibelle


class NatureMesure(EnumLibelle):
    """What a decision does to the allowance."""

    SUSPENSION = "suspension", "Suspension", "Le versement est suspendu, en tout ou partie ; il reprend à la levée."
    REDUCTION = "reduction", "Réduction", "Une part du versement est retirée."
    SUPPRESSION = "suppression", "Suppression", "Le versement est supprimé pour une durée fixée."
    FIN_DE_DROIT = "fin_de_droit", "Fin de droit", "Le Département met fin au droit (CASF R262-40)."


class MotifMesure(EnumLibelle):
    """Why it was decided (CASF L262-37)."""

    CONTRAT_NON_ETABLI = "contrat_non_etabli", "Contrat non établi ou non actualisé du fait de la personne"
    CONTRAT_NON_RESPECTE = "contrat_non_respecte", "Engagements du contrat non respectés"
    CONTROLE_REFUSE = "controle_refuse", "Contrôle refusé"
    INDETERMINE = "indetermine", "Non précisé dans l'ancien outil"


class StatutMesure(EnumLibelle):
    DECIDEE = "decidee", "Décidée"
    LEVEE = "levee", "Levée"
    ANNULEE = "annulee", "Annulée"
