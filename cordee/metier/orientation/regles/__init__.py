"""Rules of the orientation room."""

from cordee.metier.orientation.regles.proposition import (
    AGE_MISSION_LOCALE,
    FAIBLES_TOLERES,
    FORTS_BLOQUANTS,
    THEMES_BLOQUANTS,
    VERSION,
    Proposition,
    Reponses,
    proposer,
)

__all__ = [
    "AGE_MISSION_LOCALE",
    "FAIBLES_TOLERES",
    "FORTS_BLOQUANTS",
    "THEMES_BLOQUANTS",
    "VERSION",
    "Proposition",
    "Reponses",
    "proposer",
]
