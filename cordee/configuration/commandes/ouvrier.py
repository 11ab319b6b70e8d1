"""``cordee ouvrier``: the background worker (letters, imports, recurring checks), alone."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from typing import cast

from cordee.configuration.console import preparer_django

DELAI_MODELE = 20  # seconds before the model of benefits is loaded: starting comes first
AIDE = "Exécute les tâches de fond, sans le site (« serveur » lance les deux)."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--taches", type=int, default=1, metavar="N", help="tâches menées de front (1)")
    parser.add_argument("--lie", action="store_true", help="s'arrête quand son entrée standard se ferme")


def executer(options: argparse.Namespace) -> int:
    if options.lie:
        threading.Thread(target=_suivre_le_parent, daemon=True).start()
    preparer_django()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from cordee.configuration.veille import Veilleur

    _charger_le_modele_bientot()
    Veilleur().start()
    connecteur = cast(DjangoConnector, app.connector)
    with app.replace_connector(connecteur.get_worker_connector()):
        # a job may be cut at any time (it is recovered): ten seconds of grace are enough
        app.run_worker(concurrency=options.taches, shutdown_graceful_timeout=10)
    return 0


def _charger_le_modele_bientot() -> None:
    """The model of benefits once the site has started: the first agent who asks does not wait for it."""
    from cordee.metier.prestations.moteur import echauffer
    from cordee.socle.horloge import aujourdhui

    minuteur = threading.Timer(DELAI_MODELE, echauffer, args=(aujourdhui(),))
    minuteur.daemon = True
    minuteur.start()


def _suivre_le_parent() -> None:
    """The parent holds the other end of our standard input: its end, kill -9 included, closes it."""
    while os.read(0, 1):  # not sys.stdin: its lock, held by this thread, would break the interpreter's shutdown
        pass
    os.kill(os.getpid(), signal.SIGTERM)
