"""Which rows changed since the lake last read them: noted by the database itself, in the transaction that changes them.

A trigger on every source of the lake writes one row of ``pilotage_changement`` for each statement and block of keys. A
change and its note are seen together or not at all: nothing is lost of whoever commits late, nothing is scanned.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connection, connections

from cordee.pilotage.lac.tables import TABLES

BLOC: Final = 13
"""A block is 8,192 keys (migration 0004)."""
_GENRES: Final = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS lignes",
    "update": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS lignes",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS lignes",
    "truncate": "AFTER TRUNCATE ON {table}",
}
_POSES: Final = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname LIKE 'lac\\_%%' AND t.tgenabled <> 'D' AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname HAVING count(*) = %s
"""


_NOTES: Final = """
FROM pilotage_changement
WHERE transaction_id >= pg_snapshot_xmin(%(photo)s::pg_snapshot)
  AND CASE WHEN transaction_id = %(propre)s::xid8 THEN id > %(dernier)s
           ELSE NOT pg_visible_in_snapshot(transaction_id, %(photo)s::pg_snapshot) END
"""
GARDER: Final = timedelta(days=7)
"""A lake that has not been refreshed for that long is made again."""

Filigrane = tuple[str, str, int]
"""What a refresh has seen: the snapshot of the database, and, when it read inside a transaction that was writing
(tests), this transaction and the last note it had made."""


def filigrane() -> Filigrane:
    """What is seen now."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_current_snapshot()::text, coalesce(pg_current_xact_id_if_assigned()::text, '0'), "
            "(SELECT coalesce(max(id), 0) FROM pilotage_changement)"
        )
        instantane, propre, dernier = curseur.fetchone()
        return str(instantane), str(propre), int(dernier)


def changements(depuis: Filigrane) -> dict[str, set[int] | None]:
    """What changed since: source → blocks of keys (``None``: any of them)."""
    touchees: dict[str, set[int] | None] = {}
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT source, bloc {_NOTES} GROUP BY source, bloc", _parametres(depuis))
        for source, bloc in curseur.fetchall():
            blocs = touchees.setdefault(source, set())
            if bloc is None or blocs is None:
                touchees[source] = None
            else:
                blocs.add(bloc)
    return touchees


def a_change(depuis: Filigrane) -> bool:
    """Whether anything changed since: some tens of microseconds."""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT EXISTS (SELECT 1 {_NOTES})", _parametres(depuis))
        return bool(curseur.fetchone()[0])


def purger(*, le: datetime) -> int:
    """Forget notes that every lake has read: one that has not is made again."""
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM pilotage_changement WHERE le < %s", [le - GARDER])
        return int(curseur.rowcount)


def _parametres(depuis: Filigrane) -> dict[str, str | int]:
    return dict(zip(("photo", "propre", "dernier"), depuis, strict=True))


def sources() -> dict[str, str]:
    """The PostgreSQL tables that the lake reads → the key that partitions them."""
    autres = {nom: "id" for t in TABLES for nom in t.autres_sources}
    return autres | {t.source: t.cle for t in TABLES}


def surveillees(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """The sources that note their changes."""
    with connections[using].cursor() as curseur:
        curseur.execute(_POSES, [len(_GENRES)])
        return {nom for (nom,) in curseur.fetchall()}


def poser_les_declencheurs(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Have every source note its changes from now on (after each ``migrate``). Gives those that did not yet."""
    with connections[using].cursor() as curseur:
        curseur.execute("SELECT to_regproc('lac_noter') IS NOT NULL")
        if not curseur.fetchone()[0]:
            return []
        curseur.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)", [list(sources())])
        presentes = {nom for (nom,) in curseur.fetchall()}
        nouvelles = sorted(presentes - surveillees(using))
        for table in nouvelles:
            for genre, quand in _GENRES.items():
                curseur.execute(
                    f"CREATE OR REPLACE TRIGGER lac_{genre} {quand.format(table=table)} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION lac_noter('{sources()[table]}')"
                )
    return nouvelles
