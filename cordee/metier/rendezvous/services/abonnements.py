"""An agent's calendar feed: a secret address that she makes, replaces or revokes. Only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.models import AbonnementAgenda
from cordee.metier.rendezvous.selectors.abonnements import empreinte_du_jeton


@transaction.atomic
def ouvrir_abonnement(*, agent: Agent, le: datetime) -> str:
    """A new secret address (its last part); the former one stops at once. Shown once: it cannot be read again."""
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    revoquer_abonnement(agent=agent, le=le)
    jeton = secrets.token_urlsafe(32)
    AbonnementAgenda.objects.create(agent=agent, empreinte=empreinte_du_jeton(jeton), cree_le=le)
    return jeton


@transaction.atomic
def revoquer_abonnement(*, agent: Agent, le: datetime) -> None:
    """The address answers nothing any more."""
    AbonnementAgenda.objects.filter(agent=agent, revoque_le__isnull=True).update(revoque_le=le)
