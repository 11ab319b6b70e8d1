"""What was written to people, what became of it, and how each wishes to be written to."""

from cordee.metier.courriers.models.courrier import Courrier, SuiviRemise
from cordee.metier.courriers.models.envois import Acheminement
from cordee.metier.courriers.models.lots import LotImpression, PliDeLot
from cordee.metier.courriers.models.modeles import ModeleCourrier
from cordee.metier.courriers.models.preferences import PreferenceContact

__all__ = [
    "Acheminement",
    "Courrier",
    "LotImpression",
    "ModeleCourrier",
    "PliDeLot",
    "PreferenceContact",
    "SuiviRemise",
]
