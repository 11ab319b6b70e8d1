"""Reads of the follow-up."""

from cordee.metier.suivi.selectors.contacts import Manifestation, contacts_de, manifestations, manifestations_de
from cordee.metier.suivi.selectors.partenaires import (
    AttenteDeStructure,
    attentes_de,
    attentes_par_structure,
    connues_de,
    informations_ailleurs,
    informations_de,
    structures_du_partenaire,
)

__all__ = [
    "AttenteDeStructure", "Manifestation", "attentes_de", "attentes_par_structure", "connues_de", "contacts_de",
    "informations_ailleurs", "informations_de", "manifestations", "manifestations_de", "structures_du_partenaire",
]  # fmt: skip
