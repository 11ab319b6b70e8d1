"""What steering keeps, one module per subject."""

from cordee.pilotage.models.calculs import Calcul, ValeurCalculee

__all__ = ["Calcul", "ValeurCalculee"]
