"""Appointments, and the agenda that holds their slots."""

from cordee.metier.rendezvous.models.agenda import Creneau, Fermeture, Lieu, Plage
from cordee.metier.rendezvous.models.base import IntervalleHoraire
from cordee.metier.rendezvous.models.rendezvous import RendezVous

__all__ = ["Creneau", "Fermeture", "IntervalleHoraire", "Lieu", "Plage", "RendezVous"]
