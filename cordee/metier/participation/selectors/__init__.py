"""Reads of the person's own space: her access, her contract, her rights, who read her file."""

from cordee.metier.participation.selectors.acces import (
    acces_de,
    acces_du_numero,
    contact_du_code,
    contacts_a_elle,
    numero_de,
    personne_de,
    porte_fermee,
)

__all__ = [
    "acces_de", "acces_du_numero", "contact_du_code", "contacts_a_elle", "numero_de", "personne_de", "porte_fermee",
]  # fmt: skip
