"""Whose agenda a secret address opens, and the appointments it shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import AbonnementAgenda, RendezVous

PASSE, AVENIR = timedelta(days=7), timedelta(days=70)


def empreinte_du_jeton(jeton: str) -> str:
    """What is kept of a secret."""
    return sha256(jeton.encode()).hexdigest()


def abonnement_en_cours(agent: Agent) -> AbonnementAgenda | None:
    """Her address in force, if she made one."""
    return AbonnementAgenda.objects.filter(agent=agent, revoque_le__isnull=True).first()


def agent_du_jeton(jeton: str) -> Agent | None:
    """The agent whose feed this secret opens; ``None``: unknown, revoked, or she left."""
    abonnement = (
        AbonnementAgenda.objects.filter(empreinte=empreinte_du_jeton(jeton), revoque_le__isnull=True)
        .select_related("agent")
        .first()
    )
    return abonnement.agent if abonnement is not None and abonnement.agent.is_active else None


def rendez_vous_de_l_agent(agent: Agent, *, le: datetime) -> QuerySet[RendezVous]:
    """Her expected appointments, from last week to ten weeks ahead."""
    return (
        RendezVous.objects.filter(agent=agent, statut=StatutRendezVous.PREVU)
        .filter(debut__gte=le - PASSE, debut__lt=le + AVENIR)
        .select_related("structure", "personne", "creneau__lieu")
        .order_by("debut", "pk")
    )
