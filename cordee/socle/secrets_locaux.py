"""The secrets of one installation: made at its first start, kept beside its data, never in the repository.

Three secrets stand in ``CORDEE_HOME/secrets.json`` (mode 0600). An environment variable takes the place of each:

=======================  ==========================================================================
``CORDEE_CLE_DJANGO``       signs sessions and forms (any text of 32 characters or more)
``CORDEE_CLE_CHIFFREMENT``  encrypts the NIR: 32 bytes in base64, or ``1:<base64>,2:<base64>`` during a
                            rotation (the highest number encrypts, all of them decrypt)
``CORDEE_CLE_EMPREINTE``    keys the NIR's fingerprint: 32 bytes in base64; changing it means rebuilding
                            every fingerprint
=======================  ==========================================================================

**Save this file apart from the database**: with one and without the other nobody reads a NIR, nor does the
Département.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import shutil
import stat
import subprocess
from functools import lru_cache
from pathlib import Path

from cordee.socle.emplacement import dossier_cordee
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import ecrire_entier, verrou

__all__ = ["SecretsRefuses", "cle_django", "cle_empreinte", "cles_chiffrement", "dossier_cordee"]

TAILLE_CLE = 32


class SecretsRefuses(ErreurMetier):
    """The secrets cannot be read, or would be written where they must not be."""


def cle_django() -> str:
    """Django's ``SECRET_KEY``."""
    cle = _secret("CORDEE_CLE_DJANGO", "cle_django")
    if len(cle) < TAILLE_CLE:
        raise SecretsRefuses(f"CORDEE_CLE_DJANGO est trop courte : donnez au moins {TAILLE_CLE} caractères.")
    return cle


def cles_chiffrement() -> dict[int, bytes]:
    """Encryption keys of 32 bytes by version number (1 to 255). The highest version encrypts."""
    return _cles_numerotees(_secret("CORDEE_CLE_CHIFFREMENT", "cle_chiffrement"))


def cle_empreinte() -> bytes:
    """The 32-byte key of the NIR's fingerprint."""
    return _octets(_secret("CORDEE_CLE_EMPREINTE", "cle_empreinte"), "CORDEE_CLE_EMPREINTE")


def _secret(variable: str, nom: str) -> str:
    return os.environ.get(variable) or _du_fichier(dossier_cordee() / "secrets.json")[nom]


@lru_cache(maxsize=8)
def _cles_numerotees(texte: str) -> dict[int, bytes]:
    cles: dict[int, bytes] = {}
    for morceau in texte.split(","):
        numero, separateur, valeur = morceau.strip().rpartition(":")
        version = int(numero) if numero.isdigit() else (0 if separateur else 1)
        if not 1 <= version <= 255 or version in cles:
            raise SecretsRefuses(
                "CORDEE_CLE_CHIFFREMENT : numérotez chaque clé de 1 à 255, sans doublon (1:clé,2:clé)."
            )
        cles[version] = _octets(valeur, "CORDEE_CLE_CHIFFREMENT")
    return cles


def _octets(texte: str, variable: str) -> bytes:
    try:
        octets = base64.b64decode(texte.strip(), validate=True)
    except (binascii.Error, ValueError):
        octets = b""
    if len(octets) != TAILLE_CLE:
        raise SecretsRefuses(f"{variable} doit contenir {TAILLE_CLE} octets aléatoires écrits en base64.")
    return octets


def _nouveaux() -> dict[str, str]:
    def cle() -> str:
        return base64.b64encode(secrets.token_bytes(TAILLE_CLE)).decode("ascii")

    return {"cle_django": secrets.token_urlsafe(50), "cle_chiffrement": cle(), "cle_empreinte": cle()}


@lru_cache(maxsize=8)
def _du_fichier(fichier: Path) -> dict[str, str]:
    """The file's secrets, made once for all under a lock: two first starts at once agree on the same keys."""
    connus = _lire(fichier)
    if connus.keys() >= _nouveaux().keys():
        return connus
    _refuser_un_depot(fichier)
    with verrou(fichier.with_name("secrets.verrou")):
        connus = {**_nouveaux(), **_lire(fichier)}
        ecrire_entier(fichier, json.dumps(connus, indent=2) + "\n")
    return connus


def _lire(fichier: Path) -> dict[str, str]:
    try:
        texte = fichier.read_text(encoding="utf-8")
        droits = stat.S_IMODE(fichier.stat().st_mode)
    except FileNotFoundError:
        return {}
    except OSError as erreur:
        raise SecretsRefuses(f"Le fichier des secrets {fichier} ne peut pas être lu : {erreur.strerror}.") from erreur
    if droits & 0o077:
        raise SecretsRefuses(
            f"Le fichier des secrets est lisible par d'autres comptes. Corrigez avec : chmod 600 {fichier}"
        )
    try:
        lus = json.loads(texte)
        return {str(nom): str(valeur) for nom, valeur in lus.items()}
    except (ValueError, AttributeError) as erreur:
        raise SecretsRefuses(
            f"Le fichier des secrets {fichier} est abîmé : remettez la copie de sauvegarde, ne le supprimez pas."
        ) from erreur


def _refuser_un_depot(fichier: Path) -> None:
    """Refuse to write secrets where ``git add`` would take them (``.cordee/`` of the checkout is ignored by git)."""
    depot = next((d for d in fichier.parents if (d / ".git").exists()), None)
    if depot is None:
        return
    git = shutil.which("git")
    ignore = False
    if git:
        env = {cle: valeur for cle, valeur in os.environ.items() if not cle.startswith("GIT_")}
        # safe.directory: root asking about the repository of an ordinary user must get an answer too
        commande = [git, "-c", "safe.directory=*", "-C", str(depot), "check-ignore", "-q", "--", str(fichier)]
        ignore = subprocess.run(commande, env=env, capture_output=True, check=False).returncode == 0  # noqa: S603
    if not ignore:
        raise SecretsRefuses(
            f"CORDEE_HOME ({fichier.parent}) est dans un dépôt git qui suivrait les secrets : "
            "choisissez un autre dossier."
        )
