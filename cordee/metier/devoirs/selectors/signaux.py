"""What procedures tell the boards: one is open, nothing more (neither the breach nor the measure considered)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from cordee.metier.devoirs.cycle import OUVERTES
from cordee.metier.devoirs.models import Procedure


def q_procedure(maintenant: datetime, prefixe: str = "") -> Q:
    """People with an open procedure: accompaniment goes on, and a contact may change everything (E03, L262-37)."""
    ouvertes = Procedure.objects.filter(etat__in=sorted(map(str, OUVERTES)))
    return Q(pk__in=ouvertes.values("personne"))
