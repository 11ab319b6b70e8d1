"""The store of documents: files of ``CORDEE_HOME/documents``, encrypted, under names that say nothing.

A file is written whole under a temporary name, then renamed: what is cut half-way is never taken for a document.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import uuid
from pathlib import Path
from typing import Final

from cordee.metier.suivi.enums import EtatAnalyse
from cordee.socle.chiffrement import chiffrer_octets, dechiffrer_octets
from cordee.socle.emplacement import dossier_cordee

ANALYSE: Final = "CORDEE_ANALYSE_DOCUMENTS"
"""Environment variable: the command that scans a file given on its standard input (``clamdscan --no-summary -``).
Exit 0: sound; 1: something was found; anything else: it could not say.
"""
_DELAI: Final = 60


def ecrire(octets: bytes) -> str:
    """Store encrypted bytes. Returns their name."""
    nom = uuid.uuid4().hex
    chemin = chemin_de(nom)
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = chemin.with_suffix(".part")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(chiffrer_octets(octets, contexte=_contexte(nom)))
        fichier.flush()
        os.fsync(fichier.fileno())
    provisoire.rename(chemin)
    return nom


def lire(nom: str) -> bytes:
    """The bytes of a document.

    Raises:
        FileNotFoundError: the file is gone.
        ChiffrementInvalide: it was altered, or belongs to another installation.
    """
    return dechiffrer_octets(chemin_de(nom).read_bytes(), contexte=_contexte(nom))


def effacer(nom: str) -> None:
    """Remove a document for good. Nothing when it is gone already."""
    chemin_de(nom).unlink(missing_ok=True)


def chemin_de(nom: str) -> Path:
    """Where a document stands."""
    return dossier_cordee() / "documents" / nom[:2] / f"{nom}.chiffre"


def analyser(octets: bytes) -> EtatAnalyse:
    """What the antivirus says; « non analysé » when there is none, or when it does not answer: never « sain » then."""
    commande = os.environ.get(ANALYSE, "").strip()
    if not commande:
        return EtatAnalyse.NON_ANALYSE
    try:
        rendu = subprocess.run(  # noqa: S603 - the installation's own command, no shell
            shlex.split(commande), input=octets, capture_output=True, timeout=_DELAI, check=False
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return EtatAnalyse.NON_ANALYSE
    return {0: EtatAnalyse.SAIN, 1: EtatAnalyse.QUARANTAINE}.get(rendu.returncode, EtatAnalyse.NON_ANALYSE)


def _contexte(nom: str) -> str:
    return f"suivi.documents.{nom}"
