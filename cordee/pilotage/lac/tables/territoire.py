"""Structures and communes."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import Table, colonnes

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "structures", "organismes_structure",
        colonnes("""
            structure_id BIGINT = t.id
            code VARCHAR
            nom VARCHAR
            type VARCHAR
            categorie VARCHAR
        """),
        "Les structures.",
    ),
    Table(
        "communes", "territoires_commune",
        colonnes("""
            commune VARCHAR = t.code_insee
            nom VARCHAR
            departement VARCHAR
            ept VARCHAR = t.ept_id
        """),
        "Les communes et leur établissement public territorial.", cle="",
    ),
)  # fmt: skip
