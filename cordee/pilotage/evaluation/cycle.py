"""The life of an experiment on one screen. Pure.

Registered before its results; closed at its end, not before; what is published or given up stays in the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention

E, G = EtatExperience, GenreMention


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states an act leads where, and what the register says."""

    depuis: frozenset[EtatExperience]
    vers: EtatExperience
    mention: GenreMention


TRANSITIONS: Final[dict[str, Transition]] = {
    "enregistrer": Transition(frozenset({E.BROUILLON}), E.ENREGISTREE, G.ENREGISTREMENT),
    "demarrer": Transition(frozenset({E.ENREGISTREE}), E.EN_COURS, G.DEMARRAGE),
    "clore": Transition(frozenset({E.EN_COURS}), E.CLOSE, G.CLOTURE),
    "publier": Transition(frozenset({E.EN_COURS, E.CLOSE}), E.PUBLIEE, G.PUBLICATION),
    "abandonner": Transition(frozenset({E.ENREGISTREE, E.EN_COURS}), E.ABANDONNEE, G.ABANDON),
}
AVEC_RESULTATS: Final = frozenset({E.EN_COURS, E.CLOSE, E.PUBLIEE, E.ABANDONNEE})
"""States in which results may be asked: never before registration."""
AMENDABLES: Final = frozenset({E.ENREGISTREE, E.EN_COURS})
SCELLEES: Final = frozenset(E) - {E.BROUILLON}


def possibles(etat: EtatExperience) -> list[str]:
    """The acts open in a state.

    >>> possibles(EtatExperience.BROUILLON), possibles(EtatExperience.EN_COURS)
    (['enregistrer'], ['clore', 'publier', 'abandonner'])
    >>> possibles(EtatExperience.PUBLIEE)
    []
    """
    return [acte for acte, t in TRANSITIONS.items() if etat in t.depuis]
