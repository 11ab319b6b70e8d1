"""Filling empty tables by the ten thousand: their constraints are checked once for all rows instead of row by row.

A foreign key or an exclusion constraint costs more, row by row, than writing the row. For the first load of an
installation, and for it only, they are set aside at the start of a block and put back at its end, **in the same
transaction**: PostgreSQL then checks every row, as one set, before anybody can see any of them, and nothing is kept if
one of them breaks the rule. The tables are locked meanwhile: callers make sure that nobody works in them yet.

A constraint trigger is set aside only with a query that finds whatever it would have refused, over the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection

NUL: Final = r"\N"
ECHAPPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
"""How a text is written in a row that COPY takes in text form (``str.translate``)."""
CONTRAINTES: Final = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x') AND convalidated AND conparentid = 0
ORDER BY contype DESC, conname
"""
INDEX: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indexprs IS NULL AND c.relam = m.oid
FROM pg_index JOIN pg_class c ON c.oid = indexrelid CROSS JOIN (SELECT oid FROM pg_am WHERE amname = 'btree') m
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique AND NOT indisexclusion AND indisvalid ORDER BY 1
"""
POSSEDEES: Final = """
SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])
"""

_COLONNES: Final = """
SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = ANY(%s::regclass[]) AND attnum > 0 AND NOT attisdropped
  AND atttypid NOT IN ('jsonb'::regtype, 'bytea'::regtype) GROUP BY attrelid
"""


class Declencheur(NamedTuple):
    """A constraint trigger that can be set aside. ``fautes``: the rows it would have refused, among all of the table's.

    The query must hold the whole rule: PostgreSQL has nothing else to check it when the trigger comes back.
    """

    table: str
    nom: str
    fautes: str
    message: str

    def retablir(self) -> str:
        message = self.message.replace("'", "''")
        return f"""
            DO $verifier$ BEGIN
                IF EXISTS ({self.fautes}) THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF;
            END $verifier$; ALTER TABLE {self.table} ENABLE TRIGGER {self.nom}"""


class Suspension:
    """What is set aside, and how it comes back. Once per block: ``indexer`` first when rows are to be read inside."""

    def __init__(self) -> None:
        self._index: list[str] = []
        self._reste: list[str] = []

    def ecarter(self, tables: list[str], declencheurs: Sequence[Declencheur], *, index: bool) -> None:
        """Set aside whatever checks the rows of these tables one by one."""
        with connection.cursor() as curseur:
            curseur.execute(CONTRAINTES, [tables])
            contraintes = curseur.fetchall()
            definitions = []
            if index:
                curseur.execute(INDEX, [tables])
                definitions = curseur.fetchall()
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            for table, nom, _ in contraintes:
                curseur.execute(f"ALTER TABLE {table} DROP CONSTRAINT {nom}")
            for nom, _, _ in definitions:
                curseur.execute(f"DROP INDEX {nom}")
            for d in declencheurs:
                curseur.execute(f"ALTER TABLE {d.table} DISABLE TRIGGER {d.nom}")
        self._index = [definition for _, definition, simple in definitions if simple]
        self._reste = [
            *(definition for _, definition, simple in definitions if not simple),
            *(f"ALTER TABLE {table} ADD CONSTRAINT {nom} {regle}" for table, nom, regle in reversed(contraintes)),
            *(d.retablir() for d in declencheurs),
        ]

    def indexer(self) -> None:
        """Make the plain indexes again, those that joins go by: the rows written so far can be read."""
        index, self._index = self._index, []
        self._executer(index)

    def retablir(self) -> None:
        """Put back all that is still set aside, and check every row."""
        reste, self._reste = [*self._index, *self._reste], []
        self._index = []
        self._executer(reste)

    @contextmanager
    def en_parallele(self) -> Iterator[None]:
        """``retablir`` from a thread while the block computes. Nobody uses the connection of this thread inside it.

        Raises:
            django.db.IntegrityError: at the end of the block, as ``retablir``.
        """
        reste, self._reste = [*self._index, *self._reste], []
        self._index = []
        connection.ensure_connection()
        travail = _Travail(connection.connection, _encadrer(reste))
        travail.start()
        try:
            yield
        finally:
            travail.join()
        if travail.faute is not None:
            with connection.wrap_database_errors:
                raise travail.faute

    @staticmethod
    def _executer(requetes: list[str]) -> None:
        with connection.cursor() as curseur:
            for sql in _encadrer(requetes):
                curseur.execute(sql)


def _encadrer(requetes: list[str]) -> list[str]:
    """No pending check is left on a table that is about to change."""
    if not requetes:
        return []
    debut = "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '128MB'"
    return [debut, *requetes, "SET CONSTRAINTS ALL DEFERRED"]


class _Travail(Thread):
    """Statements run one after the other; ``faute``: what stopped them."""

    def __init__(self, brute: psycopg.Connection[Any], requetes: list[str]) -> None:
        super().__init__(name="chargement", daemon=True)
        self._brute, self._requetes = brute, requetes
        self.faute: BaseException | None = None

    def run(self) -> None:
        try:
            with self._brute.cursor() as curseur:
                for sql in self._requetes:
                    curseur.execute(sql.encode())
        except BaseException as faute:  # noqa: BLE001 - raised again in the caller's thread
            self.faute = faute


@contextmanager
def verifiees_a_la_fin(
    tables: Sequence[str], *, index: bool = True, declencheurs: Sequence[Declencheur] = ()
) -> Iterator[Suspension]:
    """Inside a transaction: check the foreign keys and exclusions of these tables at the end of the block only.

    Args:
        index: make their other indexes again at the end too. Unique ones always stand.
        declencheurs: constraint triggers of these tables to check at the end too.

    Gives what is set aside, for whoever wants some of it back before the end of the block. Nothing is set aside when
    this account does not own the tables: every row is then checked as it comes.

    Raises:
        django.db.IntegrityError: at the end of the block, as it would have been at the row.
    """
    noms, suspension = list(tables), Suspension()
    with connection.cursor() as curseur:
        curseur.execute(POSSEDEES, [noms])
        possedees = curseur.fetchone()[0]
    if possedees:
        suspension.ecarter(noms, declencheurs, index=index)
    yield suspension
    suspension.retablir()


def analyser(tables: Sequence[str]) -> None:
    """Tell the planner how full tables are and what their columns hold, JSON and bytes left out.

    Looking into the JSON of tens of thousands of rows takes longer than everything else, and no plan depends on it.
    """
    with connection.cursor() as curseur:
        curseur.execute(_COLONNES, [list(tables)])
        curseur.execute("ANALYZE " + ", ".join(f"{table} ({colonnes})" for table, colonnes in curseur.fetchall()))
