"""What every test shares: no stopwatch for property tests, no network, a fixed moment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_socket
from django.core.management.commands import flush
from django.db import connection, transaction
from hypothesis import HealthCheck, settings

from tests import gabarit
from tests.fabriques import MAINTENANT

REFERENCE = Path(os.environ.get("CORDEE_REFERENCE") or Path(__file__).resolve().parents[2] / "shared" / "reference")

settings.register_profile(
    "cordee", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("cordee")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In random order, but for the two walks through every page: each process begins with one, none ends with one."""
    longs = sorted((i for i in items if "test_pages_accessibles[" in i.nodeid and "navigateur" in i.nodeid),
                   key=lambda item: item.nodeid)  # fmt: skip
    autres = [item for item in items if item not in longs]
    for rang, item in enumerate(longs):
        autres.insert(rang * (len(autres) + 1) // max(len(longs), 1), item)
    items[:] = autres


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """The database of the tests is a copy of one where the migrations have run (``tests.gabarit``)."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = gabarit.preparer()


@pytest.fixture(scope="session", autouse=True)
def vidage_rapide() -> Iterator[None]:
    """Between two tests that commit, only the tables that hold rows are emptied (the others are 150).

    Content types and permissions are the same for all tests: they stay. A role that may not put the guards to sleep
    empties everything, as Django does; so does anybody once the dead rows weigh, which later tests would read.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", _vider_les_pleines)
        yield


_TOUT_VIDER = flush.Command.handle
_PLEINES = """
SELECT current_setting('is_superuser') = 'on' AND sum(pg_relation_size(oid)) < 16 * 1024 * 1024,
       array_agg(oid::regclass::text) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
  AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
"""


def _vider_les_pleines(self: flush.Command, **options: Any) -> None:
    with connection.cursor() as curseur:
        curseur.execute(_PLEINES)
        permis, tables = curseur.fetchone()
    if options.get("reset_sequences", True) or not permis:
        _TOUT_VIDER(self, **options)
        with connection.cursor() as curseur:  # Django empties the tables of its own models
            curseur.execute("TRUNCATE procrastinate_jobs CASCADE")
    elif tables:
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SET LOCAL session_replication_role = replica")
            curseur.execute(";".join(f"DELETE FROM {table}" for table in tables))


@pytest.fixture(autouse=True)
def sans_reseau() -> None:
    """Only this machine can be reached. (PostgreSQL speaks through a Unix socket or the loop.)"""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def maintenant() -> datetime:
    """Tuesday 17 February 2026, 9:00 in Paris."""
    return MAINTENANT


@pytest.fixture
def fichier_reference() -> Callable[[str], Path]:
    """Gives the path of a source document; the test (marker ``reference``) is skipped where the folder is absent."""

    def trouver(chemin: str) -> Path:
        fichier = REFERENCE / chemin
        if not fichier.exists():
            pytest.skip(f"source document absent ({chemin}): set CORDEE_REFERENCE to its folder")
        return fichier

    return trouver
