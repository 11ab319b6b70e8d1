"""The tables of the lake, one module per subject. A table more is a row in one of them."""

from typing import Final

from cordee.pilotage.lac.tables import (
    contrats,
    devoirs,
    diagnostics,
    droits,
    experiences,
    heures,
    parcours,
    suivi,
    territoire,
)
from cordee.pilotage.lac.tables.base import JAMAIS, Colonne, Table

__all__ = ["JAMAIS", "PAR_NOM", "TABLES", "Colonne", "Table"]

TABLES: Final[tuple[Table, ...]] = (
    *droits.TABLES, *parcours.TABLES, *diagnostics.TABLES, *heures.TABLES, *suivi.TABLES, *contrats.TABLES,
    *devoirs.TABLES, *experiences.TABLES, *territoire.TABLES,
)  # fmt: skip
PAR_NOM: Final = {table.nom: table for table in TABLES}
