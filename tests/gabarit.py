"""One migrated database for all the processes of the tests, copied by each: migrations run once, not once a process.

It is kept in the server of the tests under a name drawn from the migrations: another run finds it again, and a changed
migration makes another one.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIXE = "cordee_gabarit_"
VERROU = 0x7E575
GARDES = 4
_IMPORTS = re.compile(r"^(?:from|import) (cordee\.[\w.]+)", re.MULTILINE)


def preparer() -> str:
    """The name of a database where every migration has run. Processes that ask together wait for the first."""
    nom = PREFIXE + _empreinte()
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


def _empreinte() -> str:
    """Changes with any migration, any module of ours it reads, and with the list of applications."""
    somme = hashlib.sha256(f"{django.VERSION} {settings.INSTALLED_APPS}".encode())
    for module in _migrations():
        source = inspect.getsource(module)
        somme.update(f"{module.__name__}\n{source}".encode())
        for voisin in sorted(set(_IMPORTS.findall(source))):
            somme.update(inspect.getsource(importlib.import_module(voisin)).encode())
    return somme.hexdigest()[:16]


def _migrations() -> Iterator[ModuleType]:
    for application in apps.get_app_configs():
        if importlib.util.find_spec(f"{application.name}.migrations") is not None:
            paquet = importlib.import_module(f"{application.name}.migrations")
            for trouve in sorted(pkgutil.iter_modules(getattr(paquet, "__path__", [])), key=lambda m: m.name):
                yield importlib.import_module(f"{paquet.__name__}.{trouve.name}")
