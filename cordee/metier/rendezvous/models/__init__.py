"""Appointments, and the agenda that holds their slots."""

from cordee.metier.rendezvous.models.agenda import Creneau, Fermeture, Lieu, Plage
from cordee.metier.rendezvous.models.base import IntervalleHoraire
from cordee.metier.rendezvous.models.campagne import Campagne, CampagneLigne
from cordee.metier.rendezvous.models.lien import DemandeRappel, LienPersonnel
from cordee.metier.rendezvous.models.reglages import AbonnementAgenda, Attente, Interprete, Surreservation
from cordee.metier.rendezvous.models.rendezvous import RendezVous

__all__ = [
    "AbonnementAgenda", "Attente", "Campagne", "CampagneLigne", "Creneau", "DemandeRappel", "Fermeture", "Interprete",
    "IntervalleHoraire", "LienPersonnel", "Lieu", "Plage", "RendezVous", "Surreservation",
]  # fmt: skip
