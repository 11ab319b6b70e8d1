"""The server's worker: one at a time, started again when it dies, gone with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cordee.configuration.commandes.serveur import Ouvrier, _mandataire

SOURCE = """
import os, sys, threading
from cordee.configuration.commandes.ouvrier import _suivre_le_parent
threading.Thread(target=_suivre_le_parent, daemon=True).start()
with open(sys.argv[1], "a") as trace:
    trace.write(f"{os.getpid()}\\n")
threading.Event().wait()
"""


def jusqu_a(condition: Callable[[], object]) -> None:
    fin = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < fin, "l'évènement attendu n'est pas venu"
        time.sleep(0.01)


def vivant(pid: int) -> bool:
    """Neither gone nor a zombie."""
    try:
        os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return False
    return True


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    return tmp_path / "trace"


def pids(trace: Path) -> list[int]:
    return [int(ligne) for ligne in trace.read_text().split()] if trace.exists() else []


@pytest.fixture
def ouvrier(trace: Path) -> Iterator[Ouvrier]:
    ouvrier = Ouvrier([sys.executable, "-c", SOURCE, str(trace)], relance=0.01)
    ouvrier.start()
    jusqu_a(lambda: pids(trace))
    yield ouvrier
    ouvrier.arreter()


def test_un_ouvrier_mort_est_relance(ouvrier: Ouvrier, trace: Path) -> None:
    premier = pids(trace)[0]
    os.kill(premier, signal.SIGKILL)
    jusqu_a(lambda: len(pids(trace)) == 2)
    assert not vivant(premier)
    assert vivant(pids(trace)[1])


def test_l_arret_est_definitif(ouvrier: Ouvrier, trace: Path) -> None:
    ouvrier.arreter()
    assert not ouvrier.is_alive()
    assert not any(map(vivant, pids(trace)))
    assert len(pids(trace)) == 1


def test_l_ouvrier_ne_survit_pas_a_un_serveur_tue(trace: Path) -> None:
    parent = (
        "import sys, threading\n"
        "from cordee.configuration.commandes.serveur import Ouvrier\n"
        "Ouvrier([sys.executable, '-c', *sys.argv[1:]]).start()\n"
        "threading.Event().wait()"
    )
    serveur = subprocess.Popen([sys.executable, "-c", parent, SOURCE, str(trace)])
    jusqu_a(lambda: pids(trace))
    serveur.kill()
    serveur.wait()
    jusqu_a(lambda: not vivant(pids(trace)[0]))


@pytest.mark.parametrize(("amont", "attendu"), [("1", "127.0.0.1"), ("", None)])
def test_un_mandataire_n_est_cru_que_s_il_est_annonce(
    amont: str, attendu: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORDEE_TLS_AMONT", amont)
    assert _mandataire().get("trusted_proxy") == attendu
