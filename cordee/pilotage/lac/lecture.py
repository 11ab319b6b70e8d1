"""Reading the lake: a DuckDB session where its tables, and the views built on them, stand under their plain names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import duckdb

from cordee.pilotage.lac.graphe import nommees, sources_des_vues
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.schema import forme
from cordee.pilotage.lac.tables import PAR_NOM, TABLES, Table

__all__ = ["REGLAGES", "Session", "ouvrir", "poser_contexte", "sources_des_vues", "vue_de_table"]

REGLAGES: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2, "memory_limit": "512MB", "preserve_insertion_order": False,
}  # fmt: skip
"""Two threads, so that agents keep the machine; nothing here depends on the order of rows."""


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
        for mot in nommees(sql):
            if mot in vues and mot not in self._faites:
                self._faites.add(mot)
                self._preparer(vues[mot])
                self.duck.execute(f"CREATE TABLE {mot} AS {vues[mot]}")


@contextmanager
def ouvrir(manifeste: Manifeste, contexte: Sequence[dict[str, Any]]) -> Iterator[Session]:
    """Open the lake for some days: one row of ``contexte`` per day (``calcul.contexte``).

    Nothing of the session is written to disk.
    """
    with duckdb.connect(":memory:", config=REGLAGES) as duck:
        poser_contexte(duck, contexte)
        poser_reunies(duck, manifeste)
        for table in TABLES:
            poser_table(duck, manifeste, table)
        yield Session(duck)


def poser_reunies(duck: duckdb.DuckDBPyConnection, manifeste: Manifeste) -> None:
    """Who is led back to whom."""
    duck.execute(
        f"CREATE OR REPLACE TABLE reunies AS SELECT id, canonique_id FROM {_parquet(manifeste, PAR_NOM['personnes'])} "
        "WHERE canonique_id IS NOT NULL"
    )


def poser_table(duck: duckdb.DuckDBPyConnection, manifeste: Manifeste, table: Table) -> None:
    """A table of the lake, under its name."""
    duck.execute(f"DROP VIEW IF EXISTS {table.nom}")
    duck.execute(vue_de_table(table, _parquet(manifeste, table)))


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


def _parquet(manifeste: Manifeste, table: Table) -> str:
    """The files of a table as one relation. A state of another shape (published long ago) lacks what was added since:
    it reads as unknown.
    """
    vides = ", ".join(f"CAST(NULL AS {genre}) AS {nom}" for nom, genre in table.types.items())
    fichiers = [str(manifeste.racine() / f) for f in manifeste.fichiers(table.nom)]
    if not fichiers:
        return f"(SELECT {vides} WHERE false)"
    if manifeste.schema == forme():
        return f"read_parquet({fichiers})"
    lues = f"SELECT * FROM read_parquet({fichiers}, union_by_name = true)"
    return f"(SELECT {vides} WHERE false UNION ALL BY NAME {lues})"
