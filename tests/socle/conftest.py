"""Real servers in throw-away folders. Run as root, the tests cover root and an ordinary user; run as an ordinary user,
they cover that one."""

from __future__ import annotations

import os
import pickle
import pwd
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cordee.socle import postgres
from cordee.socle.postgres_lieux import Execution, execution

ORDINAIRE = pwd.getpwnam("nobody")  # initdb wants a user that has a name


@pytest.fixture(autouse=True)
def sans_base_choisie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def maison(tmp_path: Path) -> Iterator[Path]:
    """A ``CORDEE_HOME`` not made yet; its server and data are gone after the test."""
    dossier = tmp_path / "maison"
    yield dossier
    if dossier.exists():
        postgres.effacer(dossier)


@pytest.fixture
def lancer_python() -> Callable[..., subprocess.Popen[str]]:
    """Start another process of ours: ``lancer_python(source, *arguments)``."""

    def lancer(source: str, *arguments: object) -> subprocess.Popen[str]:
        commande = [sys.executable, "-c", source, *map(str, arguments)]
        return subprocess.Popen(commande, stdout=subprocess.PIPE, text=True, start_new_session=True)

    return lancer


def _ordinaire(fonction: Callable[[Path], Any], dossier: Path, comment: Execution) -> Any:
    """Run ``fonction(dossier)`` as an ordinary user in a forked child (which needs no right on our Python)."""
    lecture, ecriture = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        try:
            os.setgroups([])
            os.setgid(ORDINAIRE.pw_gid)
            os.setuid(ORDINAIRE.pw_uid)
            postgres.execution = lambda: comment
            reponse: tuple[bool, Any] = (True, fonction(dossier))
        except BaseException:  # noqa: BLE001 (given to the parent)
            reponse = (False, traceback.format_exc())
        with os.fdopen(ecriture, "wb") as sortie:
            sortie.write(pickle.dumps(reponse))
        os._exit(0)
    os.close(ecriture)
    with os.fdopen(lecture, "rb") as entree:
        reussi, valeur = pickle.loads(entree.read())  # noqa: S301 (our own child)
    os.waitpid(enfant, 0)
    assert reussi, valeur
    return valeur


@pytest.fixture
def dossier_ouvert() -> Iterator[Path]:
    """A folder that every account can enter (those of pytest are private)."""
    dossier = Path(tempfile.mkdtemp(prefix="cordee-essai-", dir="/tmp"))
    dossier.chmod(0o755)
    yield dossier
    shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture
def en_ordinaire(dossier_ouvert: Path) -> Callable[[Callable[[Path], Any]], Any]:
    """``en_ordinaire(fonction)`` runs ``fonction(dossier)`` as an ordinary user who owns ``dossier``."""

    def jouer(fonction: Callable[[Path], Any]) -> Any:
        if os.geteuid() != 0:
            return fonction(dossier_ouvert)
        comment = Execution(execution().binaires, None)
        os.chown(dossier_ouvert, ORDINAIRE.pw_uid, ORDINAIRE.pw_gid)
        return _ordinaire(fonction, dossier_ouvert, comment)

    return jouer
