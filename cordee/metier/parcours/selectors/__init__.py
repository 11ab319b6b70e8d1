"""Reads of the path: queues of work, one person's situation and history, the whole population at a glance."""

from cordee.metier.parcours.selectors.dossier import SituationDe, histoire_de, situation_de
from cordee.metier.parcours.selectors.ensemble import (
    etapes,
    verifier_parcours,
)
from cordee.metier.parcours.selectors.explications import Explication, expliquer_ligne, expliquer_tache
from cordee.metier.parcours.selectors.file import (
    CompteDeFile,
    GroupeDeTaches,
    LigneDeFile,
    Urgence,
    compter_file,
    echeances_de,
    etapes_de,
    file_de_travail,
    q_repond_de,
    q_urgence,
)
from cordee.metier.parcours.selectors.phrases import Souvenir

__all__ = [
    "CompteDeFile", "Explication", "GroupeDeTaches", "LigneDeFile", "SituationDe", "Souvenir", "Urgence",
    "compter_file", "echeances_de", "etapes", "etapes_de", "expliquer_ligne", "expliquer_tache",
    "file_de_travail", "histoire_de", "q_repond_de", "q_urgence", "situation_de", "verifier_parcours",
]  # fmt: skip
