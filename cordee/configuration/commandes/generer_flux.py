"""``cordee generer_flux``: a synthetic file in the true format, of any kind the département receives."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from cordee.configuration.console import date_iso, imprimer_json
from cordee.demo.contacts import generer_contacts
from cordee.demo.fichiers import generer_mensuel
from cordee.demo.partenaires import generer_operateur, generer_tableau
from cordee.demo.quotidiens import generer_quotidien
from cordee.socle.erreurs import ErreurMetier

AIDE = "Écrit un fichier synthétique dans son vrai format, toujours le même pour une graine."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--genre", choices=tuple(GENRES), default="mensuel", help="ce qu'est le fichier (mensuel)")
    parser.add_argument("--mois", help="mois d'envoi, AAAA-MM")
    parser.add_argument("--jour", type=date_iso, help="jour d'envoi d'un fichier quotidien, AAAA-MM-JJ")
    parser.add_argument("--foyers", type=int, default=1900, help="nombre de foyers à l'origine (1900)")
    parser.add_argument("--graine", type=int, default=94, help="graine du tirage (94)")
    parser.add_argument("--organisme", choices=("CAF", "MSA"), default="CAF", help="organisme payeur (CAF)")
    parser.add_argument(
        "--liste", type=Path, action="append", default=[], metavar="CSV",
        help="liste de décisions envoyée à la caisse, qu'elle applique dans ce mensuel (répétable)",
    )  # fmt: skip
    parser.add_argument("--sortie", type=Path, required=True, help="fichier à écrire")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("Les fichiers synthétiques ne se fabriquent pas en production.")
    fabriquer, nom = GENRES[options.genre]
    ecrits = fabriquer(options)
    if options.json:
        reponse: dict[str, Any] = {"genre": options.genre, "mois": options.mois, nom: ecrits,
                                   "graine": options.graine, "sortie": options.sortie}  # fmt: skip
        imprimer_json(reponse)
    else:
        print(f"{ecrits} {nom} synthétiques écrits dans {options.sortie}.")
    return 0


def _mois(options: argparse.Namespace) -> str:
    if not options.mois:
        raise ErreurMetier("Indiquez le mois d'envoi du fichier : --mois AAAA-MM.")
    return str(options.mois)


def _mensuel(options: argparse.Namespace) -> int:
    return generer_mensuel(
        _mois(options), foyers=options.foyers, graine=options.graine, sortie=options.sortie,
        organisme=options.organisme, listes=options.liste,
    )  # fmt: skip


def _quotidien(options: argparse.Namespace) -> int:
    jour: date | None = options.jour
    if jour is None:
        raise ErreurMetier("Indiquez le jour d'envoi du fichier quotidien : --jour AAAA-MM-JJ.")
    return generer_quotidien(
        jour, foyers=options.foyers, graine=options.graine, sortie=options.sortie, organisme=options.organisme
    )


def _contacts(options: argparse.Namespace) -> int:
    return generer_contacts(
        _mois(options), foyers=options.foyers, graine=options.graine, sortie=options.sortie, organisme=options.organisme
    )


def _operateur(options: argparse.Namespace) -> int:
    return generer_operateur(_mois(options), foyers=options.foyers, graine=options.graine, sortie=options.sortie)


def _partenaire(options: argparse.Namespace) -> int:
    return generer_tableau(_mois(options), foyers=options.foyers, graine=options.graine, sortie=options.sortie)


GENRES: Final[dict[str, tuple[Callable[[argparse.Namespace], int], str]]] = {
    "mensuel": (_mensuel, "foyers"),
    "quotidien": (_quotidien, "foyers"),
    "contacts": (_contacts, "lignes"),
    "operateur": (_operateur, "dossiers"),
    "partenaire": (_partenaire, "lignes"),
}
"""Kind → what makes it and returns how many it wrote, and the name of what is counted."""
