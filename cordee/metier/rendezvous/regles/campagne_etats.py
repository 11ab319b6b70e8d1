"""The life of a campaign on one screen: what each state allows, and what it becomes."""

from __future__ import annotations

from cordee.metier.rendezvous.enums import EtatCampagne
from cordee.socle.erreurs import ErreurMetier

E = EtatCampagne
SUITES: dict[EtatCampagne, frozenset[EtatCampagne]] = {
    E.BROUILLON: frozenset({E.PRETE, E.ANNULEE}),
    E.PRETE: frozenset({E.BROUILLON, E.EN_COURS, E.ANNULEE}),
    E.EN_COURS: frozenset({E.EN_PAUSE, E.TERMINEE, E.ANNULEE}),
    E.EN_PAUSE: frozenset({E.EN_COURS, E.ANNULEE}),
    E.TERMINEE: frozenset({E.ANNULEE}),
    E.ANNULEE: frozenset(),
}
MODIFIABLES = frozenset({E.BROUILLON, E.PRETE})
"""Before the first sending everything may change."""
RETIENNENT = frozenset({E.EN_COURS, E.EN_PAUSE})
"""A person planned in one of these is not convened by another campaign for the same thing. A campaign that is ready
holds its people the day it was prepared: it must be prepared again before it leaves on another."""


class CampagneImpossible(ErreurMetier):
    """The campaign cannot be prepared, sent, paused or cancelled this way."""


def passer(de: EtatCampagne, vers: EtatCampagne) -> EtatCampagne:
    """The new state.

    >>> passer(EtatCampagne.PRETE, EtatCampagne.EN_COURS)
    <EtatCampagne.EN_COURS: 'en_cours'>

    Raises:
        CampagneImpossible: it does not follow.
    """
    if vers not in SUITES[de]:
        raise CampagneImpossible(
            f"Cette campagne est « {de.libelle.lower()} » : elle ne peut pas devenir « {vers.libelle.lower()} »."
        )
    return vers
