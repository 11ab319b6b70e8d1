"""Contacts, interviews, notes, documents of the accompaniment, and what partners say of the people they follow."""

from cordee.metier.suivi.models.contacts import ContactSuivi
from cordee.metier.suivi.models.partenaires import InformationPartenaire

__all__ = ["ContactSuivi", "InformationPartenaire"]
