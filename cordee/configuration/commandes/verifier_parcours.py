"""``cordee verifier_parcours``: is anybody forgotten?"""

from __future__ import annotations

import argparse

from cordee.configuration.console import FAIT, REFUSE, imprimer_json, preparer_django

AIDE = "Vérifie que toute personne soumise a une prochaine étape ; compte les retards."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.metier.parcours.selectors import verifier_parcours
    from cordee.socle.horloge import aujourdhui

    verification = verifier_parcours(aujourdhui())
    if options.json:
        imprimer_json(verification)
    else:
        print(f"{verification['soumis']} personnes soumises, {verification['sans_etape']} sans prochaine étape.")
        print(
            f"En retard : {verification['etapes_en_retard']} étapes, {verification['echeances_en_retard']} échéances."
        )
    return REFUSE if verification["sans_etape"] else FAIT
