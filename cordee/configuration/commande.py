"""The command line ``cordee``.

Exit codes, the same for every command: **0** done (rejects in a file included), **1** refused (a sentence on stderr
says why and what to do), **2** misuse (unknown option, clock fixed in production). With ``--json`` a command prints one
JSON object or list on stdout and nothing else.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from cordee.configuration import commandes
from cordee.configuration.console import FAIT, INTERROMPU, MAL_EMPLOYE, REFUSE
from cordee.socle.erreurs import ErreurMetier

#: argparse's own messages, as far as a user meets them.
EN_FRANCAIS = {
    "the following arguments are required": "il manque",
    "unrecognized arguments": "arguments inconnus",
    "invalid choice": "choix inconnu",
    "choose from": "possibles :",
    "expected one argument": "une valeur est attendue",
    "invalid int value": "nombre entier attendu",
    "argument ": "",
}


class Analyseur(argparse.ArgumentParser):
    """An argument parser that speaks French where the user reads it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        for anglais, francais in EN_FRANCAIS.items():
            message = message.replace(anglais, francais)
        self.exit(MAL_EMPLOYE, f"Commande mal écrite : {message}\nAide : {self.prog} --aide\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        _verifier_horloge()
        options = _analyseur(arguments).parse_args(arguments)
        return int(_module(options.commande).executer(options) or FAIT)
    except SystemExit as fin:
        if isinstance(fin.code, str):
            print(fin.code, file=sys.stderr)
            return REFUSE
        return fin.code or FAIT
    except ErreurMetier as refus:
        print(refus, file=sys.stderr)
        return REFUSE
    except KeyboardInterrupt:
        return INTERROMPU
    except BrokenPipeError:  # `cordee etapes | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAIT


def noms_des_commandes() -> list[str]:
    """The commands' names: one per module of ``cordee.configuration.commandes``.

    >>> "demarrer" in noms_des_commandes()
    True
    """
    return sorted(module.name for module in pkgutil.iter_modules(commandes.__path__) if not module.name.startswith("_"))


def _module(nom: str) -> ModuleType:
    return importlib.import_module(f"{commandes.__name__}.{nom}")


def _aide(nom: str) -> str:
    """The sentence ``AIDE`` of a command, read in its source: listing the commands imports none of them."""
    source = Path(commandes.__path__[0], f"{nom}.py").read_text(encoding="utf-8")
    for instruction in ast.parse(source).body:
        cibles = instruction.targets if isinstance(instruction, ast.Assign) else [getattr(instruction, "target", None)]
        if any(isinstance(cible, ast.Name) and cible.id == "AIDE" for cible in cibles):
            return str(ast.literal_eval(instruction.value))  # type: ignore[attr-defined]
    return ""


def _analyseur(arguments: Sequence[str]) -> Analyseur:
    """The parser: every command's name and sentence, and the arguments of the chosen one alone."""
    choisie = next((argument for argument in arguments if not argument.startswith("-")), None)
    analyseur = Analyseur(prog="cordee", description="Cordée : de l'ouverture du droit au RSA à l'emploi durable.")
    sous_commandes = analyseur.add_subparsers(
        dest="commande", required=True, title="commandes", metavar="COMMANDE", parser_class=Analyseur
    )
    for nom in noms_des_commandes():
        aide = _aide(nom).replace("%", "%%")
        sous_analyseur = sous_commandes.add_parser(nom, help=aide, description=aide)
        if nom == choisie:
            _module(nom).definir(sous_analyseur)
    return analyseur


def _verifier_horloge() -> None:
    """``CORDEE_MAINTENANT`` fixes the clock of a command or a server; never in production, where clocks bind people."""
    fixe = os.environ.get("CORDEE_MAINTENANT")
    if not fixe:
        return
    motif = None
    if os.environ.get("CORDEE_ENV") == "production":
        motif = "fixer l'horloge est interdit en production. Retirez cette variable."
    else:
        try:
            datetime.fromisoformat(fixe)
        except ValueError:
            motif = f"« {fixe} » n'est pas une date. Écrivez par exemple 2026-02-17T09:00."
    if motif:
        print(f"CORDEE_MAINTENANT : {motif}", file=sys.stderr)
        raise SystemExit(MAL_EMPLOYE)


if __name__ == "__main__":
    sys.exit(main())
