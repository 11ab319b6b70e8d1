"""The engine of the path: pure functions that turn events into a situation, its étape and its échéances."""

from cordee.metier.parcours.regles.conditions import TransitionInterdite, verifier
from cordee.metier.parcours.regles.deroulement import Ligne, derouler, rejouer
from cordee.metier.parcours.regles.moteur import appliquer
from cordee.metier.parcours.regles.situation import Fait, Orientation, Situation, Tache

__all__ = [
    "Fait", "Ligne", "Orientation", "Situation", "Tache", "TransitionInterdite", "appliquer", "derouler", "rejouer",
    "verifier",
]  # fmt: skip
