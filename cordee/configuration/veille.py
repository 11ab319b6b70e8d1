"""Figures follow acts within seconds: a thread of the worker looks every second whether something changed.

One process at a time for an installation (the kernel frees its lock however it dies). It takes at most a quarter of one
processor: after a refresh that cost so much, it waits three times that. What it holds is made again after a cut.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import close_old_connections, connection

from cordee.pilotage.du_jour import Atelier
from cordee.pilotage.lac.journal import a_change
from cordee.pilotage.lac.manifeste import dossier_du_lac, lire_manifeste
from cordee.pilotage.services import rafraichir, reprendre
from cordee.socle.horloge import jour, maintenant

CADENCE: Final = 1.0
PART: Final = 0.25
"""Of one processor."""
REPOS_MAXIMAL: Final = 60.0
APRES_UNE_ERREUR: Final = 30.0
AU_DEPART: Final = 10.0
"""Seconds before it begins: starting the site comes first."""
_journal = logging.getLogger(__name__)


class Veilleur(threading.Thread):
    """Keeps today's figures up to date until ``arreter``. Past months that changed wait for the periodic job."""

    def __init__(
        self, *, horloge: Callable[[], datetime] = maintenant, cout: Callable[[], float] = time.process_time,
        depart: float = AU_DEPART,
    ) -> None:  # fmt: skip
        super().__init__(daemon=True, name="veilleur")
        self._horloge, self._cout, self._depart = horloge, cout, depart
        self._fin = threading.Event()
        self.atelier = Atelier()
        self.refaits = 0

    def run(self) -> None:
        while not self._fin.is_set():
            try:
                self._veiller()
            except Exception:  # noqa: BLE001 - whatever happens, figures must follow again
                _journal.exception("the lake could not be refreshed")
                self.atelier.fermer()
                connection.close()
                self._fin.wait(APRES_UNE_ERREUR)
        self.atelier.fermer()
        connection.close()

    def arreter(self) -> None:
        self._fin.set()
        self.join(10)

    def tour(self) -> float:
        """Refresh if something changed. Gives how long to wait before looking again, in seconds.

        The first lake is not made here: whoever starts the site makes it, or the periodic job.
        """
        manifeste = lire_manifeste()
        le = self._horloge()
        if manifeste is None or (manifeste.au == jour(le) and not a_change(manifeste.filigrane)):
            return CADENCE
        avant = self._cout()
        rafraichir(le=le, mois_passes=0, atelier=self.atelier)
        self.refaits += 1
        cout = self._cout() - avant
        return min(max(CADENCE, cout * (1 / PART - 1)), REPOS_MAXIMAL)

    def echauffer(self) -> None:
        """Hold today's figures before the first act that changes them: as they are kept, nothing is written."""
        manifeste = lire_manifeste()
        if manifeste is not None and self.atelier.session is None:
            reprendre(self.atelier, manifeste)

    def _veiller(self) -> None:
        """Look again and again, alone; when another process does, wait for its end."""
        fichier = dossier_du_lac() / "verrou-veille"
        fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with fichier.open("a") as verrou:
            try:
                fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._fin.wait(10)
                return
            self._fin.wait(self._depart)
            self.echauffer()
            while not self._fin.is_set():
                close_old_connections()
                self._fin.wait(self.tour())
