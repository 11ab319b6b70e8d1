"""What steering keeps, one module per subject."""

from cordee.pilotage.models.calculs import Calcul, ValeurCalculee
from cordee.pilotage.models.cibles import Cible
from cordee.pilotage.models.etudes import Etude

__all__ = ["Calcul", "Cible", "Etude", "ValeurCalculee"]
