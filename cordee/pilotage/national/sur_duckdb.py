"""A national lake read by DuckDB, on one machine: the SQL of the indicators as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final

import duckdb

from cordee.pilotage.calcul import agregation, contexte, preparer_lignes
from cordee.pilotage.entetes import Definition
from cordee.pilotage.lac.lecture import Session, poser_contexte, vue_de_table
from cordee.pilotage.lac.tables import TABLES
from cordee.pilotage.national.lac import LacNational
from cordee.pilotage.national.lignes import Ligne, lire_ligne

MEMOIRE: Final = "8GB"


@contextmanager
def ouvrir(lac: LacNational, jours: Iterable[date], *, memoire: str = MEMOIRE) -> Iterator[Session]:
    """Open it for some days. What does not fit in memory is written to a folder that goes with the session."""
    with (
        tempfile.TemporaryDirectory(prefix="cordee-") as brouillon,
        duckdb.connect(f"{brouillon}/session.duckdb") as duck,
    ):
        duck.execute(f"SET memory_limit = '{memoire}'; SET preserve_insertion_order = false")
        duck.execute(f"SET temp_directory = '{brouillon}'")
        poser_contexte(duck, contexte(jours, lac.derniere_photo))
        duck.execute(
            f"CREATE TABLE reunies AS SELECT id, canonique_id FROM read_parquet('{lac.motif('personnes')}') "
            "WHERE canonique_id IS NOT NULL"
        )
        for table in TABLES:
            duck.execute(vue_de_table(table, f"read_parquet('{lac.motif(table.nom)}')"))
        yield Session(duck)


def calculer(lac: LacNational, jours: Sequence[date], definitions: Iterable[Definition]) -> Iterator[Ligne]:
    """The figures of these days, every territory, before any is hidden."""
    with ouvrir(lac, jours) as session:
        for definition in definitions:
            preparer_lignes(session, definition)
            for brute in session.duck.execute(agregation(definition)).fetchall():
                yield lire_ligne(definition.code, brute)
