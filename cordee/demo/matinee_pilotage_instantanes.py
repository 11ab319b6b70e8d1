"""Published states of the demonstration: the last whole month, and the year before as it is known this morning."""

from __future__ import annotations

from datetime import date, datetime

from cordee.metier.organismes.models import Agent
from cordee.pilotage.instantanes.services import InstantaneRefuse, prendre, prendre_la_fin_du_mois


def publier_des_instantanes(*, par: Agent, le: datetime) -> int:
    """Gives how many were taken: a small demonstration may have no year before."""
    pris = int(prendre_la_fin_du_mois(par=par, le=le) is not None)
    annee = le.year - 1
    try:
        prendre(libelle=f"Bilan {annee}", au=date(annee, 12, 31), par=par, le=le)
    except InstantaneRefuse:
        return pris
    return pris + 1
