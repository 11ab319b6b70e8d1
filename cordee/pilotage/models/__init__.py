"""What steering keeps, one module per subject."""

from cordee.pilotage.models.calculs import Calcul, ValeurCalculee
from cordee.pilotage.models.cibles import Cible
from cordee.pilotage.models.cohortes import CohorteGardee, ExportCohorte
from cordee.pilotage.models.etudes import Etude
from cordee.pilotage.models.evaluation import Experience, MentionExperience, OrdreAleatoire, Participation
from cordee.pilotage.models.instantanes import Instantane, ValeurPubliee
from cordee.pilotage.models.rapports import AccordBilan, Bilan, Edition, NoteBilan
from cordee.pilotage.models.vues import AbonnementVue, EnvoiVue, VueGardee

__all__ = [
    "AbonnementVue", "AccordBilan", "Bilan", "Calcul", "Cible", "CohorteGardee", "Edition", "EnvoiVue",
    "Etude", "Experience", "ExportCohorte", "Instantane", "MentionExperience",
    "NoteBilan", "OrdreAleatoire", "Participation", "ValeurCalculee", "ValeurPubliee", "VueGardee",
]  # fmt: skip
