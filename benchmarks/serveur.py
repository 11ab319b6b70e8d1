"""The product as it is served (``cordee serveur``: site and worker), started on the database of the measure."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import connection

DELAI = 120
PAGE_OUVERTE = "/comptes/login/"


@dataclass(frozen=True, slots=True)
class Serveur:
    """A server that answers. ``demarrage``: seconds from its command to its first page."""

    port: int
    pid: int
    demarrage: float

    @property
    def processeur(self) -> float:
        """Processor time of the site since its start, in seconds."""
        return processeur(self.pid)

    @property
    def memoire(self) -> float:
        """Resident memory of the site, in megabytes."""
        return residente(self.pid)

    @property
    def memoire_ouvrier(self) -> float:
        """Resident memory of its worker, in megabytes."""
        enfants = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        fils = [int(pid) for tache in Path(f"/proc/{self.pid}/task").iterdir()
                for pid in (tache / "children").read_text(encoding="ascii").split()]  # fmt: skip
        return max((residente(pid) for pid in {*map(int, enfants), *fils}), default=0.0)


@contextmanager
def serveur() -> Iterator[Serveur]:
    """``cordee serveur`` on a free port, stopped at the end of the block."""
    port = _port_libre()
    commande = [sys.executable, "-m", "cordee.configuration.commande", "serveur", "--port", str(port)]
    debut = time.perf_counter()
    processus = subprocess.Popen(commande, env=environnement(), stdout=subprocess.DEVNULL)
    try:
        while not _repond(port):
            if processus.poll() is not None or time.perf_counter() - debut > DELAI:
                raise RuntimeError("the server does not start")
            time.sleep(0.05)
        yield Serveur(port, processus.pid, time.perf_counter() - debut)
    finally:
        processus.send_signal(signal.SIGTERM)
        processus.wait(60)


def environnement() -> dict[str, str]:
    """Of a command of the product that works on the database of this measure, from this checkout."""
    return {**os.environ, "DATABASE_URL": _url(), "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def processeur(pid: int) -> float:
    """Processor time of a process and of its threads since its start, in seconds (to a hundredth)."""
    champs = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")


def residente(pid: int) -> float:
    """Resident memory of a process, in megabytes."""
    trouvee = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(trouvee[1]) / 1024 if trouvee else 0.0


def _url() -> str:
    d = connection.settings_dict
    qui = quote(str(d["USER"])) + (f":{quote(str(d['PASSWORD']))}" if d["PASSWORD"] else "")
    port = f"&port={d['PORT']}" if d["PORT"] else ""
    return f"postgresql://{qui}@/{quote(str(d['NAME']))}?host={quote(str(d['HOST']), safe='')}{port}"


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _repond(port: int) -> bool:
    connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connexion.request("GET", PAGE_OUVERTE)
        return connexion.getresponse().status == 200
    except OSError:
        return False
    finally:
        connexion.close()
