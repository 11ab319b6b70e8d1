"""A département at work, as the demonstration builds it: everybody of five years of files, their paths, a morning."""

from __future__ import annotations

import os

from django.db import connection

from cordee.demo.construction import construire as construire_la_demonstration
from cordee.metier.organismes.services import installer_agent_systeme
from cordee.socle.horloge import maintenant
from cordee.territoires.services import charger_departement

MAINTENANT = "2026-11-20T09:00"
GRAINE = 94


def construire(personnes: int) -> None:
    """That many people subject to droits et devoirs at the first photo, and all that happened since.

    Tables are vacuumed at the end, as PostgreSQL does by itself a minute later: an index answers alone for rows that
    are known to be seen by everybody.
    """
    os.environ["CORDEE_MAINTENANT"] = MAINTENANT
    installer_agent_systeme(le=maintenant())
    charger_departement()
    construire_la_demonstration(personnes=personnes, graine=GRAINE, le=maintenant())
    with connection.cursor() as curseur:
        curseur.execute("VACUUM (ANALYZE, SKIP_LOCKED)")
