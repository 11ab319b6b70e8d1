"""The tables of the lake, one module per subject. A table more is a row in one of them."""

from typing import Final

from cordee.pilotage.lac.tables import droits, parcours, territoire
from cordee.pilotage.lac.tables.base import JAMAIS, Colonne, Table

__all__ = ["JAMAIS", "PAR_NOM", "TABLES", "Colonne", "Table"]

TABLES: Final[tuple[Table, ...]] = (*droits.TABLES, *parcours.TABLES, *territoire.TABLES)
PAR_NOM: Final = {table.nom: table for table in TABLES}
