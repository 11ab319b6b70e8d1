"""The engine of the path: pure functions that turn events into a situation, its étape and its échéances."""

from cordee.metier.parcours.regles.conditions import TransitionInterdite, verifier
from cordee.metier.parcours.regles.moteur import appliquer, rejouer
from cordee.metier.parcours.regles.situation import Fait, Orientation, Situation, Tache

__all__ = ["Fait", "Orientation", "Situation", "Tache", "TransitionInterdite", "appliquer", "rejouer", "verifier"]
