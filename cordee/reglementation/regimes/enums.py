"""Closed lists of the rights and duties: what a breach is, what a measure does, how a rank is reached."""

from __future__ import annotations

from cordee.socle.enums import EnumLibelle


class NatureMesure(EnumLibelle):
    """What a decision does to the allowance."""

    SUSPENSION = "suspension", "Suspension", "Le versement est suspendu, en tout ou partie ; il reprend à la levée."
    REDUCTION = "reduction", "Réduction", "Une part du versement est retirée."
    SUPPRESSION = "suppression", "Suppression", "Le versement est supprimé pour une durée fixée."
    FIN_DE_DROIT = "fin_de_droit", "Fin de droit", "Le Département met fin au droit (CASF R262-40)."


class TypeManquement(EnumLibelle):
    """What the person is told she did not do. Which of them exist depends on the regime (CASF L262-37, dated)."""

    REFUS_CONTRAT = (
        "refus_contrat",
        "Refus d'élaborer ou d'actualiser le contrat d'engagement",
        "La personne a refusé, et ce refus est écrit comme tel : un contrat en retard n'est pas un refus.",
    )
    NON_RESPECT_CONTRAT = (
        "non_respect_contrat",
        "Engagements du contrat non tenus",
        "Une obligation écrite dans le contrat en vigueur n'a pas été tenue ; rien d'autre ne peut être reproché.",
    )
    REFUS_CONTROLE = (
        "refus_controle",
        "Refus de se soumettre aux contrôles",
        "La personne a refusé un contrôle prévu par le code ; le barème n'a pas pu être vérifié.",
    )
    CONTRAT_NON_ETABLI = (
        "contrat_non_etabli",
        "Contrat ou projet non établi dans les délais, du fait de la personne",
        "Manquement de la loi d'avant 2025.",
    )
    RADIATION_OPERATEUR = (
        "radiation_operateur",
        "Radiation de la liste des demandeurs d'emploi",
        "Manquement de la loi d'avant 2025 : la radiation était prononcée par l'opérateur de l'emploi.",
    )


class FormeRang(EnumLibelle):
    """How a rank is reached (CASF L262-37 II)."""

    PREMIER = "premier", "Premier manquement", "Aucune décision ne compte avant celle-ci."
    PERSISTANCE = "persistance", "Persistance", "Le même manquement dure encore au terme de la suspension."
    REITERATION = "reiteration", "Réitération", "Un manquement de même nature, après une décision notifiée."


class Assiette(EnumLibelle):
    """What a share is a share of: the same percentage is not the same euros (E22)."""

    CHAQUE_MOIS = "chaque_mois", "le montant de l'allocation de chaque mois"
    DERNIER_MOIS_TRIMESTRE = (
        "dernier_mois_trimestre",
        "le montant dû au titre du dernier mois du trimestre de référence",
    )
    EUROS = "euros", "un montant en euros"


class VoieFinDeDroit(EnumLibelle):
    """What must have been completed before the right may be ended (E26)."""

    SUPPRESSION_TOTALE = "suppression_totale", "Au terme d'une suppression totale"
    SUSPENSION_DE_RANG_DEUX = "suspension_de_rang_deux", "Au terme d'une suspension de second rang"
    FERMEE = "fermee", "Aucune voie vérifiée"
