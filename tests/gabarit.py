"""One migrated database for all the processes of the tests, copied by each: migrations run once, not once a process.

It is kept in the server of the tests under a name drawn from the migrations: another run finds it again, and a changed
migration makes another one.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from cordee.socle.structure import empreinte

PREFIXE = "cordee_gabarit_"
VERROU = 0x7E575
GARDES = 4


def preparer() -> str:
    """The name of a database where every migration has run. Processes that ask together wait for the first."""
    nom = PREFIXE + empreinte()
    with connection._nodb_cursor() as curseur:
        curseur.execute("SET lock_timeout = 0")  # the first of them runs every migration: half a minute or more
        curseur.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        curseur.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [PREFIXE])
        presents = [ligne[0] for ligne in curseur.fetchall()]
        if nom not in presents:
            for ancien in presents[:-GARDES]:
                curseur.execute(f"DROP DATABASE IF EXISTS {ancien} WITH (FORCE)")
            chantier = f"{nom}_chantier"
            curseur.execute(f"DROP DATABASE IF EXISTS {chantier}")
            curseur.execute(f"CREATE DATABASE {chantier}")
            _migrer(chantier)
            curseur.execute(f"ALTER DATABASE {chantier} RENAME TO {nom}")
    return nom


def _migrer(base: str) -> None:
    d_avant = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = base
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = d_avant
