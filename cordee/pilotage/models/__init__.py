"""What steering keeps, one module per subject."""

from cordee.pilotage.models.calculs import Calcul, ValeurCalculee
from cordee.pilotage.models.cibles import Cible
from cordee.pilotage.models.cohortes import CohorteGardee
from cordee.pilotage.models.etudes import Etude
from cordee.pilotage.models.evaluation import Experience, MentionExperience, OrdreAleatoire, Participation
from cordee.pilotage.models.instantanes import Instantane, ValeurPubliee

__all__ = [
    "Calcul", "Cible", "CohorteGardee", "Etude", "Experience", "Instantane", "MentionExperience", "OrdreAleatoire",
    "Participation", "ValeurCalculee", "ValeurPubliee",
]  # fmt: skip
