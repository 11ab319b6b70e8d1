"""Appointments, and the agenda that holds their slots."""

from cordee.metier.rendezvous.models.agenda import Creneau, Fermeture, Lieu, Plage
from cordee.metier.rendezvous.models.base import IntervalleHoraire
from cordee.metier.rendezvous.models.campagne import Campagne, CampagneLigne
from cordee.metier.rendezvous.models.lien import DemandeRappel, LienPersonnel
from cordee.metier.rendezvous.models.rendezvous import RendezVous

__all__ = [
    "Campagne", "CampagneLigne", "Creneau", "DemandeRappel", "Fermeture", "IntervalleHoraire", "LienPersonnel", "Lieu",
    "Plage", "RendezVous",
]  # fmt: skip
