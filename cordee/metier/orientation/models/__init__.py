"""Rows of the orientation room: the interview, the decision."""

from cordee.metier.orientation.models.diagnostic import Diagnostic
from cordee.metier.orientation.models.orientation import Orientation

__all__ = ["Diagnostic", "Orientation"]
