"""What steering keeps, one module per subject."""

from cordee.pilotage.models.calculs import Calcul, ValeurCalculee
from cordee.pilotage.models.cibles import Cible
from cordee.pilotage.models.cohortes import CohorteGardee
from cordee.pilotage.models.etudes import Etude
from cordee.pilotage.models.evaluation import Experience, MentionExperience, OrdreAleatoire, Participation
from cordee.pilotage.models.instantanes import Instantane, ValeurPubliee
from cordee.pilotage.models.rapports import AccordBilan, Bilan, Edition, NoteBilan

__all__ = [
    "AccordBilan", "Bilan", "Calcul", "Cible", "CohorteGardee", "Edition", "Etude", "Experience", "Instantane",
    "MentionExperience", "NoteBilan", "OrdreAleatoire", "Participation", "ValeurCalculee", "ValeurPubliee",
]  # fmt: skip
