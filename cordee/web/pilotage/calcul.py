"""Asking the background worker for figures: the agent goes on working meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

TACHE: Final = "cordee.configuration.taches.rafraichir_les_chiffres"
VERROU: Final = "chiffres"
"""The task of every ten minutes, and the lock that keeps it alone: asked for by name, the web stands below it."""


def demander(*, le: datetime) -> bool:
    """Queue an update of the figures; ``False`` when one is waiting already."""
    tache = app.configure_task(TACHE, queueing_lock=VERROU, lock=VERROU)
    try:
        with transaction.atomic():
            tache.defer(timestamp=int(le.timestamp()))
    except AlreadyEnqueued:
        return False
    return True
