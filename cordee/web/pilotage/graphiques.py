"""Charts of the pages: made in ``cordee.pilotage.dessins.graphiques``, which files that are printed share."""

from __future__ import annotations

from cordee.pilotage.dessins.graphiques import (
    ACCENT,
    ENCRE,
    LIGNE,
    POLICE,
    PRIMAIRE,
    SOURDINE,
    SURFACE,
    TAUX_INCONNU,
    TEINTES,
    Graphique,
    Lieu,
    Point,
    Repere,
    carte,
    courbe,
    depuis_zero,
    etincelle,
    nommes,
)

__all__ = [
    "ACCENT", "ENCRE", "LIGNE", "POLICE", "PRIMAIRE", "SOURDINE", "SURFACE", "TAUX_INCONNU", "TEINTES", "Graphique",
    "Lieu", "Point", "Repere", "carte", "courbe", "depuis_zero", "etincelle", "nommes",
]  # fmt: skip
