"""``cordee charger_rome [DOSSIER]``: the national repertoire of jobs (ROME 4.0), from its official tables."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from cordee.configuration.console import FAIT, imprimer_json, preparer_django

AIDE = "Charge le répertoire des métiers (ROME 4.0) ; sans dossier, les quelques dizaines de métiers livrés."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "dossier", type=Path, nargs="?", metavar="DOSSIER",
        help="le dossier des tables officielles (unix_…_v460_utf8.csv), tel qu'il est publié",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="bilan en JSON, lignes laissées de côté comprises")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.metier.orientation.services.rome import charger_rome, charger_rome_de_depart
    from cordee.socle.horloge import maintenant

    le = maintenant()
    bilan = charger_rome(dossier=options.dossier, le=le) if options.dossier else charger_rome_de_depart(le=le)
    if options.json:
        imprimer_json(dataclasses.asdict(bilan))
        return FAIT
    if bilan.deja_charge:
        print(f"Le répertoire {bilan.version} est déjà chargé : rien n'a changé.")
        return FAIT
    print(f"Répertoire des métiers, version {bilan.version} :")
    for nom, nombre in bilan.lignes.items():
        retires = bilan.retires.get(nom, 0)
        print(f"  {nom} : {nombre} lignes{f', {retires} retirées' if retires else ''}")
    for nom in bilan.absentes:
        print(f"  {nom} : pas de fichier, rien n'a changé")
    for rejet in bilan.rejets:
        print(f"Ligne laissée de côté : {rejet.fichier}, ligne {rejet.ligne} : {rejet.raison}")
    return FAIT
