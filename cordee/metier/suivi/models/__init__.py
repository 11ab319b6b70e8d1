"""Contacts, interviews, notes, documents of the accompaniment, and what partners say of the people they follow."""

from cordee.metier.suivi.models.accompagnements import (
    AccompagnementGlobal,
    ObjectifGlobal,
    PointSituation,
    Reclamation,
    RevueConjointe,
)
from cordee.metier.suivi.models.contacts import ContactSuivi
from cordee.metier.suivi.models.documents import Document, PieceVue
from cordee.metier.suivi.models.notes import DecisionEntretien, EntretienSuivi, Note
from cordee.metier.suivi.models.partenaires import InformationPartenaire

__all__ = [
    "AccompagnementGlobal", "ContactSuivi", "DecisionEntretien", "Document", "EntretienSuivi", "InformationPartenaire",
    "Note", "ObjectifGlobal", "PieceVue", "PointSituation", "Reclamation", "RevueConjointe",
]  # fmt: skip
