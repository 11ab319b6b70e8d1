"""The five kinds of referent bodies (C. trav. L5411-5-1 IV) and what the law attaches to each."""

from __future__ import annotations

from cordee.socle.enums import EnumLibelle


class GenreOrganismeReferent(EnumLibelle):
    """Towards whom a person may be oriented. Order and numbers are those of C. trav. L5411-5-1 IV.

    >>> [genre.numero for genre in GenreOrganismeReferent]
    ['1°', '2°', '3°', '4°', '5°']
    """

    OPERATEUR_EMPLOI = "operateur_emploi", "Opérateur de l'emploi", "France Travail, opérateur national de l'emploi."
    CONSEIL_DEPARTEMENTAL = "conseil_departemental", "Département", "Les services du conseil départemental."
    DELEGATAIRE = (
        "delegataire",
        "Organisme délégataire du Département",
        "CCAS, association ou opérateur lié par une convention entre le Département et l'opérateur de l'emploi.",
    )
    MISSION_LOCALE = "mission_locale", "Mission locale", "Pour les jeunes de 16 à 25 ans révolus."
    PLACEMENT_HANDICAP = (
        "placement_handicap",
        "Organisme de placement spécialisé",
        "Cap emploi, pour les personnes en situation de handicap.",
    )

    @property
    def numero(self) -> str:
        """Number of the kind in C. trav. L5411-5-1 IV."""
        return f"{list(type(self)).index(self) + 1}°"


def delai_legal_du_contrat(genre: GenreOrganismeReferent) -> bool:
    """Whether the one-month legal clock runs: bodies 1° to 4° only (C. trav. D5411-14-1).

    >>> [delai_legal_du_contrat(genre) for genre in GenreOrganismeReferent]
    [True, True, True, True, False]
    """
    return genre is not GenreOrganismeReferent.PLACEMENT_HANDICAP


def regle_du_contrat(genre: GenreOrganismeReferent, *, apres_reorientation: bool = False) -> str:
    """Name of the deadline to give to ``echeance`` for the contract with that body.

    >>> regle_du_contrat(GenreOrganismeReferent.MISSION_LOCALE, apres_reorientation=True)
    'contrat_apres_reorientation'
    >>> regle_du_contrat(GenreOrganismeReferent.PLACEMENT_HANDICAP)
    'contrat_organisme_handicap'
    """
    if not delai_legal_du_contrat(genre):
        return "contrat_organisme_handicap"
    return "contrat_apres_reorientation" if apres_reorientation else "contrat_engagement"


def convention_exigee(genre: GenreOrganismeReferent) -> bool:
    """Whether the body may be chosen only under a convention valid on that day (C. trav. L5411-5-1 IV 3°).

    >>> [genre.value for genre in GenreOrganismeReferent if convention_exigee(genre)]
    ['delegataire']
    """
    return genre is GenreOrganismeReferent.DELEGATAIRE


def signale_les_manquements(genre: GenreOrganismeReferent) -> bool:
    """Whether the body must report breaches *and* steps to comply to the Département (CASF R262-69: 3°, 4°, 5°).

    >>> [genre.numero for genre in GenreOrganismeReferent if signale_les_manquements(genre)]
    ['3°', '4°', '5°']
    """
    return genre not in (GenreOrganismeReferent.OPERATEUR_EMPLOI, GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL)
