"""Business acts: ask for an estimate, keep its result, forget what nobody opens, write what was looked at."""

from cordee.metier.prestations.services.droits import DroitInconnu, examiner_droits
from cordee.metier.prestations.services.simulations import (
    calculer_en_attente,
    demander_simulation,
    purger_simulations,
    reveiller,
)

__all__ = [
    "DroitInconnu", "calculer_en_attente", "demander_simulation", "examiner_droits", "purger_simulations", "reveiller",
]  # fmt: skip
