"""The copy of a file, between its reception and its loading."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings

from cordee.echanges.fichiers.models import FichierRecu
from cordee.socle.erreurs import ErreurMetier


class FichierRefuse(ErreurMetier):
    """The whole file cannot be taken. ``str(e)`` says why, where, and what to do."""


class ReceptionImpossible(ErreurMetier):
    """What was said of the file when it was handed over cannot be (a day to come…)."""


class FichierIncomplet(ErreurMetier):
    """The file received cannot be loaded: refused, or its copy is no longer there."""


def sha256(chemin: Path) -> str:
    """SHA-256 of the file as received (compressed or not), in hexadecimal: the file's identity.

    Raises:
        FichierRefuse: the file cannot be opened.
    """
    try:
        with chemin.open("rb") as fichier:
            return hashlib.file_digest(fichier, "sha256").hexdigest()
    except OSError:
        raise FichierRefuse(f"Le fichier « {chemin.name} » est introuvable ou illisible.") from None


def lieu_de(fichier: FichierRecu) -> Path:
    """Where the copy of a file stands between its reception and its loading."""
    return Path(settings.MEDIA_ROOT) / "fichiers_recus" / fichier.empreinte


def deposer_copie(chemin: Path, fichier: FichierRecu) -> None:
    """Copy it whole or not at all, readable by this account only."""
    lieu = lieu_de(fichier)
    if lieu.exists():
        return
    lieu.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = lieu.with_suffix(f".{os.getpid()}")
    with chemin.open("rb") as source, os.fdopen(os.open(provisoire, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copie:
        shutil.copyfileobj(source, copie, 1024 * 1024)
    provisoire.replace(lieu)


def oublier_copie(fichier: FichierRecu) -> None:
    """Remove the copy: what the file said is in the database, and the fact of its reception stays."""
    lieu_de(fichier).unlink(missing_ok=True)
