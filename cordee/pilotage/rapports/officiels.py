"""The official tables of the year, from the engine that also sends them (``pilotage.officiels``)."""

from __future__ import annotations

from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.rapports.blocs import Bloc


def blocs_officiels(manifeste: Manifeste, annee: int) -> list[Bloc]:
    """One block by table, its universe printed under it."""
    return []
