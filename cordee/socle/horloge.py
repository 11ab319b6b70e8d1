"""The only place that reads the clock. Domain code receives ``le`` instead."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """The current instant in Paris, or the one of ``CORDEE_MAINTENANT`` (refused in production by the settings).

    >>> import os
    >>> os.environ["CORDEE_MAINTENANT"] = "2026-02-17T09:00"
    >>> maintenant().isoformat()
    '2026-02-17T09:00:00+01:00'
    >>> del os.environ["CORDEE_MAINTENANT"]
    """
    fixe = os.environ.get("CORDEE_MAINTENANT")
    if fixe:
        instant = datetime.fromisoformat(fixe)
        return instant.replace(tzinfo=PARIS) if instant.tzinfo is None else instant.astimezone(PARIS)
    return datetime.now(PARIS)


def aujourdhui() -> date:
    """Today's date in Paris."""
    return maintenant().date()


def jour(instant: datetime) -> date:
    """The calendar day of an instant as people in France live it."""
    return instant.astimezone(PARIS).date()
