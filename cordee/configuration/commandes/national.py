"""``cordee national``: the lakes of several départements as one, read by DuckDB or by Spark."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, REFUSE, date_iso, imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

if TYPE_CHECKING:
    from cordee.pilotage.national.lac import LacNational
    from cordee.pilotage.national.lignes import Ligne

AIDE = "Réunit les lacs de plusieurs départements et y calcule les indicateurs, avec DuckDB ou Spark."
MOTEURS = ("duckdb", "spark")


def definir(parser: argparse.ArgumentParser) -> None:
    actes = parser.add_subparsers(dest="acte", required=True, metavar="ACTE")
    fabriquer = actes.add_parser("fabriquer", help="un lac synthétique à la taille du pays, pour essayer les moteurs")
    fabriquer.add_argument("--personnes", type=int, default=2_000_000, help="personnes soumises un jour (2 000 000)")
    fabriquer.add_argument("--sortie", type=Path, required=True, help="dossier à remplir")
    reunir = actes.add_parser("reunir", help="un lac national, des lacs exportés de plusieurs départements")
    reunir.add_argument("lacs", nargs="+", type=Path, metavar="DOSSIER", help="dossiers de « cordee lac exporter »")
    reunir.add_argument("--sortie", type=Path, required=True, help="dossier à remplir")
    calculer = actes.add_parser("indicateurs", help="les indicateurs du pays et de chaque territoire")
    calculer.add_argument("--moteur", choices=MOTEURS, default="duckdb", help="qui calcule (duckdb)")
    comparer = actes.add_parser("comparer", help="les mêmes chiffres par DuckDB et par Spark, au quatrième chiffre")
    for acte in (calculer, comparer):
        acte.add_argument("lac", type=Path, metavar="DOSSIER", help="dossier d'un lac national")
        acte.add_argument("--au", type=date_iso, metavar="AAAA-MM-JJ", help="date des chiffres (celle du lac)")
        acte.add_argument("--code", action="append", default=[], help="indicateur (tous ; répétable)")
    for acte in (fabriquer, reunir, calculer, comparer):
        acte.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    return ACTES[options.acte](options)


def _fabriquer(options: argparse.Namespace) -> int:
    from cordee.pilotage.lac.manifeste import lire_manifeste
    from cordee.pilotage.national.fabrique import fabriquer

    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("Un lac synthétique ne se fabrique pas en production.")
    manifeste = lire_manifeste()
    if manifeste is None:
        raise ErreurMetier("Il n'y a pas encore de lac ici : lancez « cordee lac rafraichir » d'abord.")
    _dire(fabriquer(manifeste, manifeste.racine(), options.sortie, personnes=options.personnes), options)
    return FAIT


def _reunir(options: argparse.Namespace) -> int:
    from cordee.pilotage.national.reunion import reunir

    _dire(reunir(options.lacs, options.sortie), options)
    return FAIT


def _indicateurs(options: argparse.Namespace) -> int:
    lignes, secondes = _calculer(options, options.moteur)
    if options.json:
        imprimer_json([x._asdict() for x in lignes])
        return FAIT
    for x in lignes:
        if x.niveau == "departement":
            print(f"{x.code:<34} {'—' if x.valeur is None else f'{x.valeur:,.1f}'.replace(',', ' '):>16}")
    print(f"{len(lignes)} valeurs en {secondes:.1f} s ({options.moteur}).")
    return FAIT


def _comparer(options: argparse.Namespace) -> int:
    from cordee.pilotage.national.lignes import ecarts

    (ici, t_ici), (la, t_la) = (_calculer(options, moteur) for moteur in MOTEURS)
    differences = ecarts(ici, la)
    if options.json:
        imprimer_json({"valeurs": len(ici), "ecarts": [[x and x._asdict() for x in deux] for deux in differences],
                       "secondes": {"duckdb": round(t_ici, 1), "spark": round(t_la, 1)}})  # fmt: skip
    else:
        for a, b in differences:
            print(f"DuckDB {a}, Spark {b}")
        print(f"{len(ici)} valeurs, {len(differences)} écarts. DuckDB {t_ici:.1f} s, Spark {t_la:.1f} s.")
    return REFUSE if differences or not ici else FAIT


def _calculer(options: argparse.Namespace, moteur: str) -> tuple[list[Ligne], float]:
    from cordee.pilotage.entetes import definition, definitions
    from cordee.pilotage.national import sur_duckdb, sur_spark
    from cordee.pilotage.national.lac import lire

    lac = lire(options.lac)
    jours: Sequence[date] = [options.au or lac.au]
    choisis = [definition(c) for c in options.code] or list(definitions().values())
    debut = time.perf_counter()
    lignes = list((sur_spark if moteur == "spark" else sur_duckdb).calculer(lac, jours, choisis))
    return lignes, time.perf_counter() - debut


def _dire(lac: LacNational, options: argparse.Namespace) -> None:
    if options.json:
        imprimer_json({"dossier": str(lac.dossier), "departements": list(lac.departements), "lignes": dict(lac.lignes),
                       "synthetique": lac.synthetique})  # fmt: skip
        return
    print(f"{len(lac.departements)} départements, {sum(lac.lignes.values()):,} lignes".replace(",", " "), end="")
    print(f" dans « {lac.dossier} »{', synthétiques' if lac.synthetique else ''}.")


ACTES: dict[str, Callable[[Any], int]] = {
    "fabriquer": _fabriquer, "reunir": _reunir, "indicateurs": _indicateurs, "comparer": _comparer,
}  # fmt: skip
