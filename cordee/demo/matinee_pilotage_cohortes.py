"""Cohorts of the demonstration: who entered before the experiment and since, in its three communes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cordee.demo.organisation import Organisation
from cordee.pilotage.cohortes.definition import Definition
from cordee.pilotage.cohortes.services import garder
from cordee.pilotage.models import CohorteGardee

COMMUNES: Final = ("94017", "94028", "94079")
"""Champigny-sur-Marne, Créteil, Villiers-sur-Marne: the three of March 2024."""
NOTE: Final = (
    "Les trois communes de l'expérimentation. La comparaison décrit, elle n'évalue pas : les deux années diffèrent par "
    "bien d'autres choses."
)


def garder_des_cohortes(organisation: Organisation, *, le: datetime) -> int:
    """Two shared cohorts to open side by side. Gives how many were kept."""
    analyste = organisation.comptes["pilotage"]
    for annee in (2022, 2024):
        nom = f"Entrées {annee}, trois communes"
        if not CohorteGardee.objects.filter(par=analyste, nom=nom).exists():
            d = Definition(du=f"{annee}-01", au=f"{annee}-12", lieux=COMMUNES, horizon=24)
            garder(nom=nom, definition=d, note=NOTE, partagee=True, par=analyste, le=le)
    return 2
