"""The engine: openfisca-france, loaded once by the worker or a command, never by the web process (ADR 0029).

The model is imported inside functions: reading this package costs nothing.
"""

from cordee.metier.prestations.moteur.calcul import TAILLE_LOT, echauffer, estimer
from cordee.metier.prestations.moteur.systeme import charge, charger

__all__ = ["TAILLE_LOT", "charge", "charger", "echauffer", "estimer"]
