"""Forms of the interview screen."""

from cordee.web.entretien.formulaires.decision import Decision
from cordee.web.entretien.formulaires.entretien import Entretien

__all__ = ["Decision", "Entretien"]
