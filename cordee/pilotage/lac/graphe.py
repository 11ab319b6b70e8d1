"""What rests on what: tables of the lake → views → indicators, read from their SQL."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import Final

import duckdb

from cordee.pilotage.lac.tables import PAR_NOM

VUES: Final = Path(__file__).resolve().parent.parent / "vues"
_MOT: Final = re.compile(r"[a-z_][a-z0-9_]*")
_COMMENTAIRE: Final = re.compile(r"--[^\n]*")


class _Lecteur:
    """Reads queries, never rows."""

    def __init__(self) -> None:
        self.verrou = Lock()

    @cached_property
    def duck(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(":memory:", config={"threads": 1})


_LECTEUR: Final = _Lecteur()


@cache
def sources_des_vues() -> dict[str, str]:
    """The views of ``vues/*.sql``: name → SELECT."""
    return {f.stem: f.read_text(encoding="utf-8").rstrip().rstrip(";") for f in sorted(VUES.glob("*.sql"))}


@cache
def nommees(sql: str) -> tuple[str, ...]:
    """The tables and views that a query names, in order.

    DuckDB reads them from a SELECT; any other statement is read word by word: a word too many makes a view for nothing.
    """
    connues = PAR_NOM.keys() | sources_des_vues().keys()
    mots = dict.fromkeys(_MOT.findall(_COMMENTAIRE.sub("", sql)))
    with contextlib.suppress(duckdb.Error), _LECTEUR.verrou:
        lues = _LECTEUR.duck.get_table_names(sql)
        return tuple(mot for mot in mots if mot in lues and mot in connues)
    return tuple(mot for mot in mots if mot in connues)


def tables_lues(sql: str) -> frozenset[str]:
    """The tables of the lake that a query rests on, through every view."""
    vues, lues, a_voir = sources_des_vues(), set(), list(nommees(sql))
    while a_voir:
        nom = a_voir.pop()
        if nom not in lues:
            lues.add(nom)
            a_voir += nommees(vues[nom]) if nom in vues else ()
    return frozenset(lues - vues.keys())


def atteintes(requetes: Iterable[tuple[str, str]], tables: Collection[str]) -> list[str]:
    """The codes of the queries that the changes of some tables may reach: (code, SQL) each."""
    return [code for code, sql in requetes if not tables_lues(sql).isdisjoint(tables)]
