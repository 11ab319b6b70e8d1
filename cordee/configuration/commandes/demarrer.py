"""``cordee demarrer``: start the embedded PostgreSQL (any other command does it too when it needs it)."""

from __future__ import annotations

import argparse
import os

from cordee.configuration.console import imprimer_json
from cordee.socle import postgres

AIDE = "Démarre le serveur PostgreSQL intégré (sans effet si DATABASE_URL est donné)."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", action="store_true", help="affiche l'adresse de la base, mot de passe compris")
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def executer(options: argparse.Namespace) -> int:
    integre = not os.environ.get("DATABASE_URL")
    deja = integre and postgres.en_marche()
    url = postgres.url_base()
    if options.json:
        imprimer_json({"integre": integre, "deja_en_marche": deja, **({"url": url} if options.url else {})})
    elif options.url:
        print(url)
    elif not integre:
        print("DATABASE_URL est donné : le serveur intégré n'est pas utilisé.")
    else:
        print("PostgreSQL était déjà en marche." if deja else "PostgreSQL est en marche.")
    return 0
