"""``cordee etapes``: every open étape principale, the most urgent first."""

from __future__ import annotations

import argparse
from typing import Any

from cordee.configuration.console import imprimer_json, preparer_django

AIDE = "Liste les étapes principales ouvertes, les plus urgentes d'abord."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--retard", action="store_true", help="seulement celles en retard")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.metier.parcours.selectors import etapes
    from cordee.socle.horloge import aujourdhui

    au = aujourdhui()
    lignes = [_ligne(etape, au) for etape in etapes(au=au, retard=options.retard).iterator(chunk_size=2000)]
    if options.json:
        imprimer_json(lignes)
        return 0
    for ligne in lignes:
        print(f"{ligne['echeance']:%d/%m/%Y}  {ligne['genre']:<24} {ligne['unite']:<20} personne {ligne['personne']}")
    print(f"{len(lignes)} étapes.")
    return 0


def _ligne(etape: Any, au: Any) -> dict[str, Any]:
    return {
        "personne": etape.personne_id,
        "genre": etape.genre,
        "unite": etape.unite,
        "structure": etape.structure.code if etape.structure else None,
        "agent": etape.agent_id,
        "ouverte_le": etape.ouverte_le,
        "echeance": etape.echeance,
        "retard_jours": max((au - etape.echeance).days, 0),
        "regle": etape.regle,
        "nature": etape.nature,
        "attendu": etape.attendu or None,
    }
