"""Persons, households, membership, identifiers, rights, addresses, contacts, accesses.

Person ≠ foyer ≠ membership ≠ identifier. Facts of a file are dated rows. A merged person keeps her rows; ``canonique``
says who she is now.
"""

from cordee.metier.personnes.models.acces import LecteurSensible, Lecture, LienAgent, Rattachement
from cordee.metier.personnes.models.bases import CleRecherche
from cordee.metier.personnes.models.droits import DroitFoyer, DroitPersonne, OuvertureDroit
from cordee.metier.personnes.models.foyers import Adresse, Appartenance, Foyer, OrganismePayeur
from cordee.metier.personnes.models.identite import Contact, Identifiant, Personne, Representant
from cordee.metier.personnes.models.propositions import ContactPropose
from cordee.metier.personnes.models.rapprochements import Arbitrage, Fusion

__all__ = [
    "Adresse",
    "Appartenance",
    "Arbitrage",
    "CleRecherche",
    "Contact",
    "ContactPropose",
    "DroitFoyer",
    "DroitPersonne",
    "Foyer",
    "Fusion",
    "Identifiant",
    "LecteurSensible",
    "Lecture",
    "LienAgent",
    "OrganismePayeur",
    "OuvertureDroit",
    "Personne",
    "Rattachement",
    "Representant",
]
