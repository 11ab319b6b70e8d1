"""Writing the path: one door, ``consigner``, for one person or fifty thousand."""

from cordee.metier.parcours.services.actes import (
    ActeRefuse,
    ResultatVerification,
    annuler_evenement,
    confirmer_droit,
    constater_sdd,
    localiser,
    traiter_echeance,
    transmettre_dossier,
    verifier_disparition,
)
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner, consigner_un
from cordee.metier.parcours.services.reconstruction import Ecart, reconstruire, reecrire
from cordee.metier.parcours.services.temps import faire_passer_le_temps

__all__ = [
    "ActeRefuse", "Ecart", "NouvelEvenement", "ResultatVerification", "annuler_evenement", "confirmer_droit",
    "consigner", "consigner_un", "constater_sdd", "faire_passer_le_temps", "localiser", "reconstruire", "reecrire",
    "traiter_echeance", "transmettre_dossier", "verifier_disparition",
]  # fmt: skip
