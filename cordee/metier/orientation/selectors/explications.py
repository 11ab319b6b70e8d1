"""Requests of explanation that wait for their answer: the month of CRPA R311-13 runs."""

from __future__ import annotations

from datetime import date

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Coalesce

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.models import DemandeExplication
from cordee.metier.personnes.selectors.perimetre import q_visibles


def explications_en_attente(
    *, pour: Agent, au: date, droits: Habilitation | None = None
) -> QuerySet[DemandeExplication]:
    """Those about the people she may see, the oldest first. ``qui``: the canonical person."""
    lignes = DemandeExplication.objects.filter(repondue_le__isnull=True)
    lignes = lignes.annotate(qui=Coalesce("personne__canonique_id", "personne_id", output_field=BigIntegerField()))
    visibles = lignes.filter(q_visibles("qui", pour=pour, au=au, droits=droits))
    return visibles.select_related("personne").order_by("demandee_le", "pk")
