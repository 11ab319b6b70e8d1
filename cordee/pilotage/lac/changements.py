"""From which day on a change of the lake may change figures: past months are kept as long as nothing touches them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from cordee.pilotage.lac.tables import Table

#: Columns by which rows of one key before and after are the same fact.
_TOUT: Final = date.min


def depuis_quand(dossier: Path, table: Table, anciens: Sequence[str], nouveaux: Sequence[str]) -> date | None:
    """The first day that rows which appeared, went away or changed can change; ``date.min``: any day.

    A period that only ends later, or sooner, touches the days from the first of its two ends on. A table without dates
    (who is a woman, where a commune stands) touches every day, unless its rows are only new: a new person has no past.
    """
    with duckdb.connect(":memory:") as duck:
        colonnes = list(table.types)
        for nom, fichiers in (("anciens", anciens), ("nouveaux", nouveaux)):
            chemins = [str(dossier / f) for f in fichiers if (dossier / f).exists()]
            if chemins:
                duck.execute(f"CREATE VIEW {nom} AS SELECT * FROM read_parquet({chemins})")
            else:
                vides = ", ".join(f"CAST(NULL AS {genre}) AS {c}" for c, genre in table.types.items())
                duck.execute(f"CREATE VIEW {nom} AS SELECT {vides} WHERE false")
        duck.execute("CREATE TABLE partis AS SELECT * FROM anciens EXCEPT ALL SELECT * FROM nouveaux")
        duck.execute("CREATE TABLE venus AS SELECT * FROM nouveaux EXCEPT ALL SELECT * FROM anciens")
        if not table.debut:
            (n,) = duck.execute("SELECT count(*) FROM partis").fetchone() or (0,)
            return _TOUT if n else None
        if not table.fin:
            return _premier(duck, f"SELECT min({table.debut}) FROM (FROM partis UNION ALL FROM venus)")
        memes = [c for c in colonnes if c != table.fin]
        egalite = " AND ".join(f"p.{c} IS NOT DISTINCT FROM v.{c}" for c in memes)
        duck.execute(
            f"CREATE TABLE prolongees AS SELECT p.*, least(p.{table.fin}, v.{table.fin}) AS touche "
            f"FROM partis p JOIN venus v ON {egalite}"
        )
        return _premier(
            duck,
            f"""SELECT min(jour) FROM (
                SELECT touche AS jour FROM prolongees
                UNION ALL
                SELECT {table.debut} FROM (FROM partis UNION ALL FROM venus) x
                WHERE NOT EXISTS (SELECT 1 FROM prolongees p WHERE {
                " AND ".join(f"p.{c} IS NOT DISTINCT FROM x.{c}" for c in memes)
            })
            )""",
        )


def _premier(duck: duckdb.DuckDBPyConnection, requete: str) -> date | None:
    ligne = duck.execute(requete).fetchone()
    return ligne[0] if ligne else None
