"""``cordee reconstruire``: replay the events of everybody, compare with what is stored."""

from __future__ import annotations

import argparse

from cordee.configuration.console import FAIT, REFUSE, imprimer_json, preparer_django

AIDE = "Rejoue les événements de chacun ; avec --verifier, compare sans rien écrire."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verifier", action="store_true", help="compare seulement ; code de sortie 1 en cas d'écart")
    parser.add_argument("--processus", type=int, default=1, metavar="N", help="nombre de processus (1 par défaut)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.metier.parcours.services import reconstruire

    ecarts = reconstruire(verifier=options.verifier, processus=options.processus)
    if options.json:
        imprimer_json(
            {"verification": options.verifier, "ecarts": [{"personne": e.personne_id, "quoi": e.quoi} for e in ecarts]}
        )
    elif not ecarts:
        print("Chaque situation est celle que racontent les événements.")
    else:
        fait = "à corriger" if options.verifier else "corrigées"
        print(f"{len(ecarts)} situations {fait} : {', '.join(f'{e.personne_id} ({e.quoi})' for e in ecarts[:10])}")
    return REFUSE if ecarts and options.verifier else FAIT
