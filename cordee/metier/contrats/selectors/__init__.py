"""Reads of contracts: the draft, the one in force, what is missing before the signature, the rhythm as measured."""

from cordee.metier.contrats.selectors.contrat import (
    brouillon_de,
    contenu_de,
    contrat_en_vigueur,
    manques_du_contrat,
    representant_qui_assiste,
)
from cordee.metier.contrats.selectors.document import donnees_document
from cordee.metier.contrats.selectors.intensite import IntensiteMesuree, intensite_de

__all__ = [
    "IntensiteMesuree", "brouillon_de", "contenu_de", "contrat_en_vigueur", "donnees_document", "intensite_de",
    "manques_du_contrat", "representant_qui_assiste",
]  # fmt: skip
