"""Reads of persons, always within the agent's perimeter."""

from cordee.metier.personnes.selectors.perimetre import (
    PersonneIntrouvable,
    ids_des_groupes,
    ids_du_groupe,
    permissions_sur,
    personne_visible,
    personnes_visibles,
)
from cordee.metier.personnes.selectors.recherche import rechercher

__all__ = [
    "PersonneIntrouvable", "ids_des_groupes", "ids_du_groupe", "permissions_sur", "personne_visible",
    "personnes_visibles", "rechercher",
]  # fmt: skip
