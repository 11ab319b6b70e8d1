"""Filling empty tables from several connections: what checks their rows is set aside for all of them, then put back.

``chargement.verifiees_a_la_fin`` does it in one transaction, on one connection. Here the work is shared: what is set
aside is committed, several processes write, then indexes and constraints come back over several connections at once.
PostgreSQL still checks every row. Between the two the base is unfinished: the caller leaves a mark that says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from django.db import connection, transaction

from cordee.socle.chargement import CONTRAINTES, INDEX, POSSEDEES, Declencheur, analyser

_TAILLES: Final = "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY(%s::regclass[]) ORDER BY relpages DESC, 1"
_ENTRETENUES: Final = """
SELECT oid::regclass::text FROM pg_class WHERE oid = ANY(%s::regclass[])
AND NOT EXISTS (SELECT FROM unnest(reloptions) o WHERE o LIKE 'autovacuum_enabled=%%') ORDER BY 1
"""
_ETRANGERE: Final = "FOREIGN KEY"


@dataclass(slots=True)
class Ecartes:
    """What was set aside: statements that bring it back, by table. Empty when this account does not own the tables.

    ``entretenues``: tables that the server looks after by itself, and leaves alone meanwhile.
    """

    index: dict[str, list[str]] = field(default_factory=dict)
    cles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    declencheurs: tuple[Declencheur, ...] = ()
    entretenues: tuple[str, ...] = ()


@transaction.atomic
def ecarter(tables: Sequence[str], *, declencheurs: Sequence[Declencheur] = ()) -> Ecartes:
    """Set aside the indexes (unique ones stand), foreign keys, exclusions and constraint triggers of these tables.

    The server's own upkeep of these tables (vacuum, statistics) waits too: it would go through them once a minute, on
    the cores that fill them.
    """
    noms = list(tables)
    ecartes = Ecartes()
    with connection.cursor() as curseur:
        curseur.execute(POSSEDEES, [noms])
        if not curseur.fetchone()[0]:
            return ecartes
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        curseur.execute(CONTRAINTES, [noms])
        index, cles = defaultdict(list), defaultdict(list)
        for table, nom, regle in curseur.fetchall():
            if regle.startswith(_ETRANGERE):
                cles[table].append((nom, regle))
            else:
                index[table].append(f"ALTER TABLE {table} ADD CONSTRAINT {nom} {regle}")
            curseur.execute(f"ALTER TABLE {table} DROP CONSTRAINT {nom}")
        for table in noms:
            curseur.execute(INDEX, [[table]])
            for nom, definition, _ in curseur.fetchall():
                index[table].append(definition)
                curseur.execute(f"DROP INDEX {nom}")
        for d in declencheurs:
            curseur.execute(f"ALTER TABLE {d.table} DISABLE TRIGGER {d.nom}")
        curseur.execute(_ENTRETENUES, [noms])
        entretenues = tuple(table for (table,) in curseur.fetchall())
        for table in entretenues:
            curseur.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
    return Ecartes(dict(index), dict(cles), tuple(declencheurs), entretenues)


def retablir(ecartes: Ecartes, *, connexions: int) -> None:
    """Put back all that is set aside, and check every row.

    Args:
        connexions: how many statements at once, each on a connection of its own; 1: on this one.

    Raises:
        django.db.IntegrityError: rows break a rule. Part of what was set aside is back.
    """
    tables = sorted({*ecartes.index, *ecartes.cles})
    with connection.cursor() as curseur:
        curseur.execute(_TAILLES, [tables])
        grosses_d_abord = [table for (table,) in curseur.fetchall()]
    _repartir(((ecartes.index.get(table, ())) for table in grosses_d_abord), connexions)
    with connection.cursor() as curseur:
        for table, cles in ecartes.cles.items():
            for nom, regle in cles:
                curseur.execute(f"ALTER TABLE {table} ADD CONSTRAINT {nom} {regle} NOT VALID")
    validations = (
        [f"ALTER TABLE {table} VALIDATE CONSTRAINT {nom}" for nom, _ in ecartes.cles.get(table, ())]
        for table in grosses_d_abord
    )
    _repartir(validations, connexions)
    with connection.cursor() as curseur:
        for d in ecartes.declencheurs:
            curseur.execute(d.retablir())
        for table in ecartes.entretenues:
            curseur.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")


def ranger(table: str) -> None:
    """Tell the server what a table just filled holds, and that everybody sees all its rows.

    Without it, lists that an index could answer alone go and look at each row until the server's own upkeep comes by.
    (Inside a transaction only the first half is possible.)
    """
    if not connection.in_atomic_block:
        with connection.cursor() as curseur:
            curseur.execute(f"VACUUM (TRUNCATE OFF) {table}")
    analyser((table,))


def repartir(taches: Iterable[Callable[[], None]], *, connexions: int) -> None:
    """Do independent tasks from several threads, each with its own connection (Django gives one to each thread).

    Raises:
        whatever a task raises, once all threads have stopped.
    """
    file: SimpleQueue[Callable[[], None]] = SimpleQueue()
    for tache in taches:
        file.put(tache)
    fautes: list[BaseException] = []
    fils = [Thread(target=_vider, args=(file, fautes), daemon=True) for _ in range(connexions - 1)]
    for fil in fils:
        fil.start()
    _vider(file, fautes, ici=True)
    for fil in fils:
        fil.join()
    if fautes:
        raise fautes[0]


def _repartir(groupes: Iterable[Sequence[str]], connexions: int) -> None:
    repartir((lambda g=groupe: _executer(g) for groupe in groupes if groupe), connexions=connexions)  # type: ignore[misc]


def _executer(requetes: Sequence[str]) -> None:
    """Tables just filled have no statistics, or those of when they were empty: keys are checked by whole tables, never
    row by row (a loop over what was believed empty took minutes).
    """
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '192MB'; SET LOCAL enable_nestloop = off"
        )
        for sql in requetes:
            curseur.execute(sql)
        curseur.execute("SET CONSTRAINTS ALL DEFERRED; SET LOCAL enable_nestloop = on")


def _vider(file: SimpleQueue[Callable[[], None]], fautes: list[BaseException], *, ici: bool = False) -> None:
    try:
        while not fautes:
            file.get_nowait()()
    except Empty:
        pass
    except BaseException as faute:  # noqa: BLE001 - raised again by the thread that waits
        fautes.append(faute)
    finally:
        if not ici:
            connection.close()
