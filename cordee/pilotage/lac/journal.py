"""Which rows changed since the lake last read them: noted by the database itself, in the transaction that changes them.

A trigger on every source of the lake writes one row of ``pilotage_changement`` for each statement and block of keys. A
change and its note are seen together or not at all: nothing is lost of whoever commits late, nothing is scanned.
"""

from __future__ import annotations

from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections

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


def sources() -> dict[str, str]:
    """The PostgreSQL tables that the lake reads → the key that partitions them."""
    return {t.source: t.cle for t in TABLES}


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
