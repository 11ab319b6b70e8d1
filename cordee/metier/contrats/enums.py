"""Closed lists of the contracts room."""

from cordee.socle.enums import EnumLibelle


class GenreContrat(EnumLibelle):
    CONTRAT_ENGAGEMENT = "contrat_engagement", "Contrat d'engagement"
    CER = "cer", "Contrat d'engagements réciproques (avant 2025)"
    PPAE = "ppae", "Projet personnalisé d'accès à l'emploi (avant 2025)"


class Engage(EnumLibelle):
    """Who commits: both sides do (REQ-41)."""

    PERSONNE = "personne", "La personne"
    ORGANISME = "organisme", "Le Département et ses partenaires"


class FamilleActivite(EnumLibelle):
    """The six activity families of C. trav. R5411-15."""

    MISE_EN_SITUATION = "mise_en_situation", "Mise en situation professionnelle"
    FORMATION = "formation", "Formation"
    RECHERCHE = "recherche", "Recherche active d'emploi"
    ACCOMPAGNEMENT = "accompagnement", "Actions d'accompagnement social ou professionnel"
    ACCES_DROITS = "acces_droits", "Accès aux droits et levée des difficultés"
    ACTIVITE = "activite", "Maintien ou développement d'une activité"
