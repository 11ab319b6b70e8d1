"""A new database in one go: what all the migrations make, written down, instead of running them one after the other.

Replaying the migrations on an empty base costs the processor half a minute; reading what they end in, a second.
``structure.sql`` is that end, written by ``outils/ecrire_structure.py``. It says which migrations it comes from: after
any change of theirs it is not used, and migrations run as usual. A base that holds anything is never touched by it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

import django
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FICHIER: Final = Path(__file__).with_name("structure.sql")
_ENTETE: Final = "-- migrations {} · postgresql {}\n"
_VERROU: Final = 0x57C
_IMPORTS: Final = re.compile(r"^(?:from|import) (cordee\.[\w.]+)", re.MULTILINE)
_BRUIT: Final = re.compile(
    r"$|--$|-- (Name|Dumped|PostgreSQL)|\\(un)?restrict|SET (?!check_function_bodies)[a-z_]+ = [^ ]+;$"
)
"""What pg_dump says of itself and of its session."""
_VIDE: Final = """
SELECT current_setting('server_version_num')::int / 10000, NOT EXISTS (
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
)
"""


def charger(connexion: BaseDatabaseWrapper) -> bool:
    """Make the tables of an empty database, if the file is that of the present migrations and of this server's version.

    All or nothing. Returns whether it was done.
    """
    if not FICHIER.exists():
        return False
    entete, _, sql = FICHIER.read_text(encoding="utf-8").partition("\n")
    with transaction.atomic(using=connexion.alias), connexion.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [_VERROU])
        curseur.execute(_VIDE)
        version, vide = curseur.fetchone()
        if not vide or f"{entete}\n" != _ENTETE.format(empreinte(), version):
            return False
        curseur.execute(sql)
        curseur.execute("RESET search_path; RESET check_function_bodies")
        _inscrire(connexion)
    return True


def ecrire(dump: str, *, version: int) -> None:
    """Keep the dump of a database where every migration has run, without what changes from one run to the next."""
    gardees = (ligne for ligne in dump.splitlines() if not _BRUIT.match(ligne))
    FICHIER.write_text(_ENTETE.format(empreinte(), version) + "\n".join(gardees) + "\n", encoding="utf-8")


def a_jour() -> bool:
    """Whether the file is that of the present migrations."""
    return FICHIER.exists() and FICHIER.read_text(encoding="utf-8").startswith(f"-- migrations {empreinte()} ")


def empreinte() -> str:
    """Changes with any migration, any module of ours it reads, and with the list of applications."""
    somme = hashlib.sha256(f"{django.VERSION} {settings.INSTALLED_APPS}".encode())
    for module in _migrations():
        source = inspect.getsource(module)
        somme.update(f"{module.__name__}\n{source}".encode())
        for voisin in sorted(set(_IMPORTS.findall(source))):
            somme.update(inspect.getsource(importlib.import_module(voisin)).encode())
    return somme.hexdigest()[:16]


def _inscrire(connexion: BaseDatabaseWrapper) -> None:
    """Every migration is applied."""
    registre = MigrationRecorder(connexion)
    registre.Migration.objects.using(connexion.alias).bulk_create(
        registre.Migration(app=app, name=nom) for app, nom in sorted(MigrationLoader(None).disk_migrations)
    )


def _migrations() -> Iterator[ModuleType]:
    for application in apps.get_app_configs():
        if importlib.util.find_spec(f"{application.name}.migrations") is not None:
            paquet = importlib.import_module(f"{application.name}.migrations")
            for trouve in sorted(pkgutil.iter_modules(getattr(paquet, "__path__", [])), key=lambda m: m.name):
                yield importlib.import_module(f"{paquet.__name__}.{trouve.name}")
