"""``cordee arreter``: stop the embedded PostgreSQL, and on request destroy its data (``make reset``)."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from cordee.configuration.console import imprimer_json
from cordee.socle import postgres
from cordee.socle.emplacement import dossier_cordee, dossier_des_tests
from cordee.socle.erreurs import ErreurMetier

AIDE = "Arrête le serveur PostgreSQL intégré."
DONNEES = (
    "demonstration",
    "fichiers",
    "premier-acces.txt",
    "secrets.json",
    "televersements",
)  # of CORDEE_HOME, beside the database


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tests", action="store_true", help="arrête aussi le serveur de la suite de tests")
    parser.add_argument(
        "--effacer",
        action="store_true",
        help="détruit aussi la base, les fichiers et les secrets de cette installation",
    )
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def executer(options: argparse.Namespace) -> int:
    maisons = [dossier_cordee()] + ([dossier_des_tests()] if options.tests else [])
    if options.effacer:
        _refuser_d_effacer()
    arretes = 0
    for maison in maisons:
        if maison.is_dir():
            arretes += postgres.arreter(maison)
            if options.effacer:
                _effacer(maison)
    if options.json:
        imprimer_json({"arretes": arretes, "efface": options.effacer})
    else:
        print("PostgreSQL est arrêté." if arretes else "Aucun serveur PostgreSQL intégré ne tournait.")
        if options.effacer:
            print("Les données de cette installation sont effacées.")
    return 0


def _refuser_d_effacer() -> None:
    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("Effacer les données est refusé en production.")
    if os.environ.get("DATABASE_URL"):
        raise ErreurMetier(
            "DATABASE_URL est donné : effacez cette base avec les outils de son serveur. "
            "Pour effacer la base intégrée, retirez DATABASE_URL."
        )


def _effacer(maison: Path) -> None:
    """The secrets go with the data they protect; tools and stamps of the bootstrap stay."""
    postgres.effacer(maison)
    for nom in DONNEES:
        if (maison / nom).is_dir():
            shutil.rmtree(maison / nom, ignore_errors=True)
        else:
            (maison / nom).unlink(missing_ok=True)
