"""Asking the background worker to send a campaign: the agent goes on working meanwhile."""

from __future__ import annotations

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.taches import mener_campagne


def demander(*, campagne: Campagne, par: Agent) -> bool:
    """Queue the sending (or the undoing) of a campaign; ``False`` when it waits already. Harmless twice."""
    tache = mener_campagne.configure(queueing_lock=f"campagne-{campagne.pk}", lock=f"campagne-{campagne.pk}")
    try:
        with transaction.atomic():
            tache.defer(campagne_id=campagne.pk, par_id=par.pk)
    except AlreadyEnqueued:
        return False
    return True
