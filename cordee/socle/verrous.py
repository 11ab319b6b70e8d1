"""One process at a time, and files that exist whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cordee.socle.erreurs import ErreurMetier


@contextlib.contextmanager
def verrou(fichier: Path) -> Iterator[int]:
    """Hold ``fichier`` alone while the block runs; wait for whoever holds it.

    ``flock`` and not a pid file: the kernel frees it however its owner dies. The descriptor, which the block receives,
    is not inheritable: a server started inside does not keep the lock, a child that must keep it is given it by
    ``pass_fds``. A lock file removed while we waited protects nobody: it is opened again.
    """
    while True:
        descripteur = _ouvrir(fichier)
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX)
            if _toujours_la(descripteur, fichier):
                yield descripteur
                return
        finally:
            os.close(descripteur)


def _ouvrir(fichier: Path) -> int:
    try:
        fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(fichier, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as erreur:
        raise ErreurMetier(
            f"{fichier} ne peut pas être ouvert ({erreur.strerror}) : vérifiez que le dossier est à votre compte, "
            "ou choisissez-en un autre avec CORDEE_HOME."
        ) from erreur


def _toujours_la(descripteur: int, fichier: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descripteur), fichier.stat())
    except FileNotFoundError:
        return False


def ecrire_entier(fichier: Path, texte: str, *, mode: int = 0o600) -> None:
    """Replace ``fichier`` by ``texte`` in one step: a reader, or a crash, sees the old text or the new one."""
    descripteur, provisoire = tempfile.mkstemp(dir=fichier.parent, prefix=f".{fichier.name}.")
    try:
        with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
            sortie.write(texte)
            sortie.flush()
            os.fchmod(sortie.fileno(), mode)
            os.fsync(sortie.fileno())
        Path(provisoire).replace(fichier)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise
