"""Write ``cordee/socle/structure.sql``: what every migration, run one after the other on an empty base, ends in.

Run it after any change of migrations (a test says so): ``.venv/bin/python outils/ecrire_structure.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings_tests")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from cordee.socle import structure
    from cordee.socle.postgres_lieux import paquet_livre

    base = f"structure_{os.getpid()}"
    with connection._nodb_cursor() as curseur:  # noqa: SLF001 - as Django's own test runner does
        curseur.execute(f"CREATE DATABASE {base}")
    try:
        connection.close()
        connection.settings_dict["NAME"] = base
        call_command("migrate", verbosity=0, interactive=False, sans_structure=True)
        with connection.cursor() as curseur:
            curseur.execute("SELECT current_setting('server_version_num')::int / 10000")
            (version,) = curseur.fetchone()
        acces = connection.get_connection_params()
        connection.close()
        commande = [paquet_livre() / "pginstall" / "bin" / "pg_dump", "--schema-only", "--no-owner", "--no-privileges"]
        lieu = {"PGHOST": acces.get("host"), "PGPORT": acces.get("port"), "PGUSER": acces.get("user"),
                "PGPASSWORD": acces.get("password"), "PGDATABASE": base}  # fmt: skip
        environnement = os.environ | {cle: str(valeur) for cle, valeur in lieu.items() if valeur}
        dump = subprocess.run(commande, env=environnement, check=True, capture_output=True, text=True).stdout
    finally:
        connection.close()
        with connection._nodb_cursor() as curseur:  # noqa: SLF001
            curseur.execute(f"DROP DATABASE IF EXISTS {base}")
    structure.ecrire(dump, version=version)
    print(f"{structure.FICHIER.relative_to(Path.cwd())} : {len(dump.splitlines())} lignes lues.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
