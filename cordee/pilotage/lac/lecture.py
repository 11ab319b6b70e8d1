"""Reading the lake: a DuckDB session where its tables, and the views built on them, stand under their plain names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.tables import TABLES, Table

VUES: Final = Path(__file__).resolve().parent.parent / "vues"
REGLAGES: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2, "memory_limit": "512MB", "preserve_insertion_order": False,
}  # fmt: skip
"""Two threads, so that agents keep the machine; nothing here depends on the order of rows."""
_MOT: Final = re.compile(r"[a-z_][a-z0-9_]*")
_COMMENTAIRE: Final = re.compile(r"--[^\n]*")


class Session:
    """One state of the lake, opened for some days. ``executer`` makes the views that a query names, once each."""

    def __init__(self, duck: duckdb.DuckDBPyConnection) -> None:
        self.duck = duck
        self._faites: set[str] = set()

    def executer(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run a query, its views first."""
        self._preparer(sql)
        return self.duck.execute(sql)

    def _preparer(self, sql: str) -> None:
        vues = sources_des_vues()
        for mot in dict.fromkeys(_MOT.findall(_COMMENTAIRE.sub("", sql))):
            if mot in vues and mot not in self._faites:
                self._faites.add(mot)
                self._preparer(vues[mot])
                self.duck.execute(f"CREATE TABLE {mot} AS {vues[mot]}")


@contextmanager
def ouvrir(manifeste: Manifeste, contexte: Sequence[dict[str, Any]]) -> Iterator[Session]:
    """Open the lake for some days: one row of ``contexte`` per day (``calcul.contexte``).

    Nothing of the session is written to disk.
    """
    dossier = manifeste.racine()
    with duckdb.connect(":memory:", config=REGLAGES) as duck:
        poser_contexte(duck, contexte)
        fichiers = manifeste.fichiers("personnes")
        duck.execute(
            f"CREATE TABLE reunies AS SELECT id, canonique_id FROM {_parquet(dossier, fichiers, _personnes())} "
            "WHERE canonique_id IS NOT NULL"
        )
        for table in TABLES:
            duck.execute(vue_de_table(table, _parquet(dossier, manifeste.fichiers(table.nom), table)))
        yield Session(duck)


@cache
def sources_des_vues() -> dict[str, str]:
    """The views of ``vues/*.sql``: name → SELECT."""
    return {f.stem: f.read_text(encoding="utf-8").rstrip().rstrip(";") for f in sorted(VUES.glob("*.sql"))}


def poser_contexte(duck: duckdb.DuckDBPyConnection, contexte: Sequence[dict[str, Any]]) -> None:
    colonnes = list(contexte[0])
    genres = {bool: "BOOLEAN", int: "INTEGER"}
    types = ", ".join(f"{c} {genres.get(type(contexte[0][c]), 'DATE')}" for c in colonnes)
    duck.execute(f"CREATE TABLE contexte ({types})")
    places = ", ".join("?" for _ in colonnes)
    duck.executemany(f"INSERT INTO contexte VALUES ({places})", [list(ligne.values()) for ligne in contexte])


def vue_de_table(table: Table, source: str) -> str:
    """A person is read under the number of her canonical row: a merge moves no event, and is undone without a trace."""
    if not table.personne:
        return f"CREATE VIEW {table.nom} AS SELECT * FROM {source}"
    p = table.personne
    return (
        f"CREATE VIEW {table.nom} AS SELECT t.* REPLACE (coalesce(r.canonique_id, t.{p}) AS {p}) "
        f"FROM {source} t LEFT JOIN reunies r ON r.id = t.{p}"
    )


def _parquet(dossier: Path, fichiers: Sequence[str], table: Table) -> str:
    if fichiers:
        return f"read_parquet({[str(dossier / f) for f in fichiers]})"
    vides = ", ".join(f"CAST(NULL AS {genre}) AS {nom}" for nom, genre in table.types.items())
    return f"(SELECT {vides} WHERE false)"


def _personnes() -> Table:
    return next(table for table in TABLES if table.nom == "personnes")
