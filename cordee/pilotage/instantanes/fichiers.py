"""The files of a published state: hard links to those of the lake, sealed by their sha-256."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from cordee.pilotage.lac.copie import sha256
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.socle.erreurs import ErreurMetier

DOSSIER: Final = "instantanes"


class InstantaneAbime(ErreurMetier):
    """A file of a published state is missing or is not what it was."""


def lier(manifeste: Manifeste, nom: str) -> tuple[dict[str, str], int]:
    """Keep every file of a state under ``instantanes/<nom>``. Gives file → sha-256, and their size in bytes.

    A hard link takes no place, and stays when the lake forgets the file.
    """
    dossier = dossier_du_lac() / DOSSIER / nom
    dossier.mkdir(mode=0o700, parents=True)
    empreintes, octets = {}, 0
    for fichier in manifeste.tous_les_fichiers():
        copie = dossier / fichier
        os.link(manifeste.racine() / fichier, copie)
        empreintes[fichier] = sha256(copie)
        octets += copie.stat().st_size
    return empreintes, octets


def verifier(dossier: Path, empreintes: Mapping[str, str]) -> list[str]:
    """The files that are missing or changed."""
    return [nom for nom, attendue in empreintes.items() if _relue(dossier / nom) != attendue]


def effacer(nom: str) -> None:
    """Remove the files of a state (those that no other state names leave the disk)."""
    shutil.rmtree(dossier_du_lac() / DOSSIER / nom, ignore_errors=True)


def _relue(fichier: Path) -> str:
    """Read again only if the file is not the one already read by this process."""
    try:
        etat = fichier.stat()
        return _sha256_de(str(fichier), etat.st_ino, etat.st_size, etat.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _sha256_de(fichier: str, ino: int, taille: int, modifie: int) -> str:
    return sha256(Path(fichier))
