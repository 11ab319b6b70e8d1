"""``cordee generer_flux``: a synthetic monthly file in the true format."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from cordee.configuration.console import imprimer_json
from cordee.demo.fichiers import generer_mensuel
from cordee.socle.erreurs import ErreurMetier

AIDE = "Écrit un fichier mensuel synthétique (VRSB0801), toujours le même pour une graine."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mois", required=True, help="mois d'envoi, AAAA-MM")
    parser.add_argument("--foyers", type=int, default=1900, help="nombre de foyers à l'origine (1900)")
    parser.add_argument("--graine", type=int, default=94, help="graine du tirage (94)")
    parser.add_argument("--organisme", choices=("CAF", "MSA"), default="CAF", help="organisme payeur (CAF)")
    parser.add_argument("--sortie", type=Path, required=True, help="fichier à écrire")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("Les fichiers synthétiques ne se fabriquent pas en production.")
    ecrits = generer_mensuel(
        options.mois, foyers=options.foyers, graine=options.graine, sortie=options.sortie, organisme=options.organisme
    )
    if options.json:
        imprimer_json({"mois": options.mois, "foyers": ecrits, "graine": options.graine, "sortie": options.sortie})
    else:
        print(f"{ecrits} foyers synthétiques écrits dans {options.sortie}.")
    return 0
