"""Figures as people read them: written in ``cordee.pilotage.dessins.nombres``, which printed files share."""

from __future__ import annotations

from cordee.pilotage.dessins.nombres import FINE, accorder, decimales_de, ecart, ecrire, nombre

__all__ = ["FINE", "accorder", "decimales_de", "ecart", "ecrire", "nombre"]
