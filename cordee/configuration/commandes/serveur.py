"""``cordee serveur``: the site (waitress) and its background worker, together until Ctrl-C."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from cordee.configuration.console import preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Sert le site et exécute les tâches de fond, jusqu'à Ctrl-C."
DELAI_RELANCE = 5  # seconds before a dead worker is started again
DELAI_ARRET = 15  # seconds given to the worker to finish
REGLAGES_DU_SITE = {"max_parallel_workers_per_gather": "0"}
"""Of the sessions of the site: a page never takes a second processor, sixty people share them."""
CONNEXIONS: dict[str, Any] = {"connection_limit": 1000, "asyncore_use_poll": True}
"""A browser holds up to six connections open: with the hundred that waitress takes by default, sixty agents would shut
one another out."""
OBJETS_ENTRE_DEUX_RAMASSAGES = 10_000


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--adresse", default="127.0.0.1", help="adresse d'écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
    parser.add_argument("--fils", type=int, default=8, help="requêtes servies de front (8)")
    parser.add_argument("--sans-ouvrier", action="store_true", help="le site seul : les tâches se font ailleurs")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    return servir(adresse=options.adresse, port=options.port, fils=options.fils, avec_ouvrier=not options.sans_ouvrier)


def servir(*, adresse: str = "127.0.0.1", port: int = 8000, fils: int = 8, avec_ouvrier: bool = True) -> int:
    """Serve until Ctrl-C or SIGTERM, then stop the worker too. Django is ready (``preparer_django``)."""
    _regler_les_sessions()
    _refuser_une_base_en_retard()
    _rassembler_les_fichiers_statiques()
    import waitress

    from cordee.configuration.wsgi import application

    try:
        site = waitress.create_server(
            application, host=adresse, port=port, threads=fils, ident=None, **CONNEXIONS, **_mandataire()
        )
    except OSError as erreur:
        raise ErreurMetier(
            f"Le port {port} de {adresse} ne peut pas être ouvert ({erreur.strerror}) : "
            "choisissez-en un autre avec --port."
        ) from erreur
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ouvrier = Ouvrier([sys.executable, "-m", "cordee.configuration.commande", "ouvrier", "--lie"])
    if avec_ouvrier:
        ouvrier.start()
    _s_echauffer()
    try:
        print(f"Cordée est servie sur http://{adresse}:{port} (Ctrl-C pour arrêter).", flush=True)
        site.run()  # returns on KeyboardInterrupt and SystemExit
    finally:
        ouvrier.arreter()
        site.close()
    return 0


class Ouvrier(threading.Thread):
    """Keeps one worker process alive. In a session of its own: Ctrl-C reaches the server, which stops it in order."""

    def __init__(self, commande: list[str], *, relance: float = DELAI_RELANCE) -> None:
        super().__init__(daemon=True, name="ouvrier")
        self._commande = commande
        self._relance = relance
        self._fin = threading.Event()
        self._processus: subprocess.Popen[bytes] | None = None
        self._jeton = threading.Lock()

    def run(self) -> None:
        while not self._fin.is_set():
            with self._jeton:
                if self._fin.is_set():
                    return
                self._processus = subprocess.Popen(self._commande, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
            with self._processus:  # closes its standard input at its end
                code = self._processus.wait()
            if not self._fin.wait(self._relance):
                print(f"L'ouvrier s'est arrêté (code {code}) : il est relancé.", file=sys.stderr)

    def arreter(self) -> None:
        with self._jeton:
            self._fin.set()
            processus = self._processus
        if processus is None:  # never started
            return
        processus.terminate()
        try:
            processus.wait(DELAI_ARRET)
        except subprocess.TimeoutExpired:
            processus.kill()
        self.join(DELAI_ARRET)


def _mandataire() -> dict[str, Any]:
    """Behind a reverse proxy of this machine that ends TLS: believe its scheme and its client's address."""
    if os.environ.get("CORDEE_TLS_AMONT") != "1":
        return {}
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"}}


def _regler_les_sessions() -> None:
    """Before the first connection: every thread reads the same settings."""
    from django.db import connection

    options = connection.settings_dict.setdefault("OPTIONS", {})
    reglages = " ".join(f"-c {nom}={valeur}" for nom, valeur in REGLAGES_DU_SITE.items())
    options["options"] = f"{options.get('options', '')} {reglages}".strip()


def _s_echauffer() -> None:
    """Load what the first pages need, then tell the collector that all of it stays: going through it again and again
    for the little that a page leaves stopped every thread for a tenth of a second.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJETS_ENTRE_DEUX_RAMASSAGES, 20, 20)


def _refuser_une_base_en_retard() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        raise ErreurMetier("La base n'est pas à jour : lancez « cordee installer », puis recommencez.")
    connection.close()


def _rassembler_les_fichiers_statiques() -> None:
    """Run ``collectstatic`` when a source is newer than the last run."""
    from django.conf import settings
    from django.core.management import call_command

    temoin = Path(settings.STATIC_ROOT) / ".rassembles"
    fait = temoin.stat().st_mtime if temoin.exists() else 0.0
    sources = (f for dossier in settings.STATICFILES_DIRS for f in Path(dossier).rglob("*"))
    if any(source.stat().st_mtime > fait for source in sources):
        call_command("collectstatic", interactive=False, verbosity=0)
        temoin.touch()
