"""``cordee tableau``: the tables the State asks for, as a file (ADR 0032)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

from cordee.configuration.console import FAIT, preparer_django

AIDE = "Écrit les tableaux officiels d'une année (DREES, ministère, stratégie pauvreté) dans un fichier."
FORMATS: Final = (".xlsx", ".csv", ".json")


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("famille", choices=("drees", "ministere", "pauvrete"), help="quels tableaux")
    parser.add_argument("--annee", type=int, required=True, metavar="AAAA", help="l'année des tableaux")
    parser.add_argument("--sortie", type=_sortie, required=True, metavar="FICHIER", help=".xlsx, .csv ou .json")
    parser.add_argument("--instantane", default="", metavar="NUMERO", help="tel que connu dans cet état publié")
    parser.add_argument("--publication", action="store_true", help="cache les petits nombres (sinon : pour l'État)")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.pilotage.lac.ecriture import rafraichir_le_lac
    from cordee.pilotage.officiels.moteur import moteur
    from cordee.socle.horloge import maintenant
    from cordee.web.pilotage.officiels.presentation import Version, quand

    manifeste = rafraichir_le_lac(le=maintenant()).manifeste
    parametres = {"famille": options.famille, "annee": options.annee, "instantane": options.instantane}
    resultat = moteur(manifeste, parametres)
    version = Version.PUBLICATION if options.publication else Version.ETAT
    options.sortie.write_bytes(_contenu(resultat, version, options.sortie.suffix))
    print(f"{len(resultat['tableaux'])} tableaux, {quand(resultat)} : {options.sortie}. "
          f"{version.libelle}. {version.description}")  # fmt: skip
    return FAIT


def _contenu(resultat: dict[str, Any], version: Any, suffixe: str) -> bytes:
    from cordee.web.pilotage.officiels.fichiers import en_classeur, en_texte, en_version

    if suffixe == ".xlsx":
        return en_classeur(resultat, version)
    if suffixe == ".csv":
        return ("\ufeff" + en_texte(resultat, version)).encode()
    return json.dumps(en_version(resultat, version), ensure_ascii=False, indent=2).encode()


def _sortie(texte: str) -> Path:
    """A file to write, in a folder that is there.

    >>> _sortie("tableaux.doc")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: « tableaux.doc » : écrivez dans un fichier .xlsx, .csv ou .json
    """
    chemin = Path(texte)
    if chemin.suffix.lower() not in FORMATS:
        raise argparse.ArgumentTypeError(f"« {texte} » : écrivez dans un fichier .xlsx, .csv ou .json")
    if not chemin.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"le dossier de « {texte} » n'existe pas")
    return chemin.with_suffix(chemin.suffix.lower())
