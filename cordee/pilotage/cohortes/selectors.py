"""Reading the cohorts that are kept: hers, and those that are shared."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.models import CohorteGardee


def cohortes_gardees(*, pour: Agent, au: date) -> QuerySet[CohorteGardee]:
    """Hers and the shared ones, latest first; none for who may not study cohorts."""
    if not habilitation(pour, au=au).peut(Permission.ANALYSER):
        return CohorteGardee.objects.none()
    lisibles = CohorteGardee.objects.filter(Q(par=pour) | Q(partagee=True))
    return lisibles.select_related("par").order_by("-modifiee_le", "-pk")
