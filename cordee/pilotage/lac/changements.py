"""From which day on a change of the lake may change figures: past months are kept as long as nothing touches them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from cordee.pilotage.lac.tables import Table

_TOUT: Final = date.min


def depuis_quand(
    duck: duckdb.DuckDBPyConnection, dossier: Path, table: Table, anciens: Sequence[str], nouveaux: Sequence[str]
) -> date | None:
    """The first day that rows which appeared, went away or changed can change; ``date.min``: any day.

    A period that only ends later, or sooner, touches the days from the first of its two ends on. A table without dates
    (who is a woman, where a commune stands) touches every day, unless its rows are only new: a new person has no past.
    """
    for nom, fichiers in (("anciens", anciens), ("nouveaux", nouveaux)):
        duck.execute(f"CREATE OR REPLACE TEMP VIEW {nom} AS SELECT * FROM {_lignes(dossier, table, fichiers)}")
    duck.execute("CREATE OR REPLACE TEMP TABLE partis AS SELECT * FROM anciens EXCEPT ALL SELECT * FROM nouveaux")
    duck.execute("CREATE OR REPLACE TEMP TABLE venus AS SELECT * FROM nouveaux EXCEPT ALL SELECT * FROM anciens")
    if not table.debut:
        (n,) = duck.execute("SELECT count(*) FROM partis").fetchone() or (0,)
        return _TOUT if n else None
    if not table.fin:
        return _premier(duck, f"SELECT min({table.debut}) FROM (FROM partis UNION ALL FROM venus)")
    memes = [c for c in table.types if c != table.fin]
    duck.execute(
        f"CREATE OR REPLACE TEMP TABLE prolongees AS SELECT p.*, least(p.{table.fin}, v.{table.fin}) AS touche "
        f"FROM partis p JOIN venus v ON {_egales('p', 'v', memes)}"
    )
    return _premier(
        duck,
        f"""SELECT min(jour) FROM (
            SELECT touche AS jour FROM prolongees
            UNION ALL
            SELECT {table.debut} FROM (FROM partis UNION ALL FROM venus) x
            WHERE NOT EXISTS (SELECT 1 FROM prolongees p WHERE {_egales("p", "x", memes)})
        )""",
    )


def _lignes(dossier: Path, table: Table, fichiers: Sequence[str]) -> str:
    """Those files as one relation, even where there is none any more."""
    chemins = [str(dossier / f) for f in fichiers if (dossier / f).exists()]
    if chemins:
        return f"read_parquet({chemins})"
    vides = ", ".join(f"CAST(NULL AS {genre}) AS {c}" for c, genre in table.types.items())
    return f"(SELECT {vides} WHERE false)"


def _egales(a: str, b: str, colonnes: Sequence[str]) -> str:
    return " AND ".join(f"{a}.{c} IS NOT DISTINCT FROM {b}.{c}" for c in colonnes)


def _premier(duck: duckdb.DuckDBPyConnection, requete: str) -> date | None:
    ligne = duck.execute(requete).fetchone()
    return ligne[0] if ligne else None
