"""Reads of the agenda: free slots, what each structure offers, a week of an agent or of a structure."""

from cordee.metier.rendezvous.selectors.creneaux import Offre, agenda, creneaux_libres, places_par_structure

__all__ = ["Offre", "agenda", "creneaux_libres", "places_par_structure"]
