"""Asking the background worker to send a campaign: the agent goes on working meanwhile."""

from __future__ import annotations

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from cordee.metier.courriers.enums import MotifExcuses
from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.taches import mener_campagne, s_excuser


def demander(*, campagne: Campagne, par: Agent) -> bool:
    """Queue the sending (or the undoing) of a campaign; ``False`` when it waits already. Harmless twice."""
    verrou = f"campagne-{campagne.pk}"
    tache = mener_campagne.configure(queueing_lock=verrou, lock=verrou)
    try:
        with transaction.atomic():
            tache.defer(campagne_id=campagne.pk, par_id=par.pk)
    except AlreadyEnqueued:
        return False
    return True


def demander_excuses(*, campagne: Campagne, motif: MotifExcuses, par: Agent) -> bool:
    """Queue the apologies of a cancelled campaign, after its undoing; ``False`` when they wait already."""
    verrou = f"campagne-{campagne.pk}"
    tache = s_excuser.configure(queueing_lock=f"{verrou}-excuses", lock=verrou)
    try:
        with transaction.atomic():
            tache.defer(campagne_id=campagne.pk, par_id=par.pk, motif=motif.value)
    except AlreadyEnqueued:
        return False
    return True
