"""``cordee demo``: a synthetic département, built by the product, then served."""

from __future__ import annotations

import argparse
import os
import sys

from cordee.configuration.console import imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Construit un département de démonstration (personnes fictives) puis sert le site."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--personnes", type=int, default=2000, help="personnes soumises, environ (2000)")
    parser.add_argument("--graine", type=int, default=94, help="graine du tirage (94)")
    parser.add_argument("--sans-serveur", action="store_true", help="construit sans servir")
    parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON (avec --sans-serveur)")


def executer(options: argparse.Namespace) -> int:
    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("La démonstration ne se construit pas en production : elle invente des personnes.")
    if options.personnes < 1:
        raise ErreurMetier("Indiquez au moins une personne.")
    preparer_django()
    from django.conf import settings

    from cordee.configuration.commandes.installer import installer
    from cordee.demo import construction
    from cordee.socle.horloge import maintenant

    le = maintenant()
    installer(departement="94", le=le)
    settings.MARQUE_DEMO.touch()
    settings.MODE_DEMO = True
    bilan = None
    if construction.existe_deja():
        print("Le département de démonstration est déjà là (« make reset » pour repartir de zéro).", file=sys.stderr)
    else:
        bilan = construction.construire(personnes=options.personnes, graine=options.graine, le=le, dire=_dire)
    if options.json:
        imprimer_json(bilan or {"deja_construit": True})
    elif bilan:
        print(f"{bilan.personnes} personnes fictives, {bilan.actes} actes.", file=sys.stderr)
    if options.sans_serveur:
        return 0
    from cordee.configuration.commandes.serveur import servir

    return servir(port=options.port)


def _dire(phrase: str) -> None:
    print(f"  {phrase}…", file=sys.stderr, flush=True)
