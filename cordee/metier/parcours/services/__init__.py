"""Writing the path: one door, ``consigner``, for one person or fifty thousand."""

from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner, consigner_un
from cordee.metier.parcours.services.reconstruction import Ecart, reconstruire, reecrire
from cordee.metier.parcours.services.temps import faire_passer_le_temps

__all__ = [
    "Ecart", "NouvelEvenement", "consigner", "consigner_un", "faire_passer_le_temps", "reconstruire", "reecrire",
]  # fmt: skip
