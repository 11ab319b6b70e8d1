"""Rules of the orientation room."""

from cordee.metier.orientation.regles.proposition import (
    Proposition,
    Variante,
    destination,
    proposer,
    variantes_de,
    voie_de,
)
from cordee.metier.orientation.regles.reponses import Reponses

__all__ = ["Proposition", "Reponses", "Variante", "destination", "proposer", "variantes_de", "voie_de"]
