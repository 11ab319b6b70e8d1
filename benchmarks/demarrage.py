"""Starting on data that exist, answering on the command line, and the check that nobody is forgotten (design §8).

The database server runs already; everything else is started: the site, its worker, a command.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from django.db import connection

from benchmarks.mesure import Mesure
from benchmarks.serveur import environnement, serveur
from cordee.metier.parcours.selectors import verifier_parcours
from cordee.socle import horloge

SUR_LE_DEPARTEMENT = True
FOIS = 7
BUDGET_DEMARRAGE, BUDGET_AIDE, BUDGET_COMMANDE, BUDGET_VERIFICATION = 20, 1, 5, 1
BUDGET_SITE, BUDGET_OUVRIER = 300, 200


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    with serveur() as premier:
        memoire, ouvrier = premier.memoire, premier.memoire_ouvrier
    with serveur() as second:
        demarrage = second.demarrage
    au = horloge.aujourdhui()
    trouve = verifier_parcours(au)
    durees = [_duree(lambda: verifier_parcours(au)) for _ in range(FOIS)]
    return [
        Mesure("deuxième démarrage, jusqu'à la première page", demarrage, BUDGET_DEMARRAGE, "s",
               f"le premier : {premier.demarrage:.1f} s"),
        Mesure("mémoire résidente du site au démarrage", memoire, BUDGET_SITE, "Mo"),
        Mesure("mémoire résidente de l'ouvrier au démarrage", ouvrier, BUDGET_OUVRIER, "Mo"),
        Mesure("« cordee --aide »", _commande("--aide"), BUDGET_AIDE, "s"),
        Mesure("« cordee verifier_parcours », du lancement à la réponse", _commande("verifier_parcours"),
               BUDGET_COMMANDE, "s"),
        Mesure("personne n'est oublié, la question seule", statistics.median(durees), BUDGET_VERIFICATION, "s",
               f"{trouve['soumis']} personnes, {_nombre('parcours_evenement')} événements, "
               f"{_nombre('parcours_etape')} étapes"),
    ]  # fmt: skip


def _commande(*arguments: str) -> float:
    """The best of three: what the command costs, not what else the machine was doing."""
    commande = [sys.executable, "-m", "cordee.configuration.commande", *arguments]

    def lancer() -> None:
        subprocess.run(commande, env=environnement(), check=True, capture_output=True)

    return min(_duree(lancer) for _ in range(3))


def _duree(faire: Callable[[], object]) -> float:
    debut = time.perf_counter()
    faire()
    return time.perf_counter() - debut


def _nombre(table: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return int(curseur.fetchone()[0])
