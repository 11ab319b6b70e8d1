"""Filling empty tables by the ten thousand: their constraints are checked once for all rows instead of row by row.

A foreign key or an exclusion constraint costs more, row by row, than writing the row. For the first load of an
installation, and for it only, they are set aside at the start of a block and put back at its end, **in the same
transaction**: PostgreSQL then checks every row, as one set, before anybody can see any of them, and nothing is kept if
one of them breaks the rule. The tables are locked meanwhile: callers make sure that nobody works in them yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from django.db import connection

_CONTRAINTES: Final = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x') AND convalidated AND conparentid = 0
ORDER BY contype DESC, conname
"""
_INDEX: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique AND NOT indisexclusion AND indisvalid ORDER BY 1
"""
_POSSEDEES: Final = """
SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])
"""

_COLONNES: Final = """
SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = ANY(%s::regclass[]) AND attnum > 0 AND NOT attisdropped
  AND atttypid NOT IN ('jsonb'::regtype, 'bytea'::regtype) GROUP BY attrelid
"""


class _Contrainte(NamedTuple):
    table: str
    nom: str
    definition: str


@contextmanager
def verifiees_a_la_fin(tables: Sequence[str], *, index: bool = True) -> Iterator[None]:
    """Inside a transaction: check the foreign keys and exclusions of these tables at the end of the block only.

    Args:
        index: make their other indexes again at the end too. Unique ones always stand.

    Nothing is set aside when this account does not own the tables: every row is then checked as it comes.

    Raises:
        django.db.IntegrityError: at the end of the block, as it would have been at the row.
    """
    noms = list(tables)
    with connection.cursor() as curseur:
        curseur.execute(_POSSEDEES, [noms])
        possedees = curseur.fetchone()[0]
        if possedees:
            curseur.execute(_CONTRAINTES, [noms])
            contraintes = [_Contrainte(*ligne) for ligne in curseur.fetchall()]
            definitions = []
            if index:
                curseur.execute(_INDEX, [noms])
                definitions = curseur.fetchall()
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            for c in contraintes:
                curseur.execute(f"ALTER TABLE {c.table} DROP CONSTRAINT {c.nom}")
            for nom, _ in definitions:
                curseur.execute(f"DROP INDEX {nom}")
    yield
    if not possedees:
        return
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '128MB'")
        for _, definition in definitions:
            curseur.execute(definition)
        for c in reversed(contraintes):
            curseur.execute(f"ALTER TABLE {c.table} ADD CONSTRAINT {c.nom} {c.definition}")
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")


def analyser(tables: Sequence[str]) -> None:
    """Tell the planner how full tables are and what their columns hold, JSON and bytes left out.

    Looking into the JSON of tens of thousands of rows takes longer than everything else, and no plan depends on it.
    """
    with connection.cursor() as curseur:
        curseur.execute(_COLONNES, [list(tables)])
        curseur.execute("ANALYZE " + ", ".join(f"{table} ({colonnes})" for table, colonnes in curseur.fetchall()))
