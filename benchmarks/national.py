"""The country on one machine: two million people, forty million events, every indicator and territory (design §8).

The lake of the measure is the one of the demonstration, many times over (``pilotage.national.fabrique``). DuckDB is
compared with the bare reading of the same files; Spark, when the extra « cluster » and Java are there, with DuckDB: the
same figures to the fourth decimal.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.mesure import Mesure
from cordee.pilotage.entetes import definitions
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from cordee.pilotage.lac.manifeste import dossier_du_lac
from cordee.pilotage.lac.tables import TABLES
from cordee.pilotage.national import sur_duckdb, sur_spark
from cordee.pilotage.national.fabrique import fabriquer
from cordee.pilotage.national.lac import LacNational
from cordee.pilotage.national.lignes import Ligne, ecarts
from cordee.socle.horloge import maintenant

SUR_LE_DEPARTEMENT = True
PERSONNES = 2_000_000
BUDGET = 120


def mesurer(options: argparse.Namespace) -> list[Mesure]:
    """``--personnes`` smaller than the default: a country smaller in proportion."""
    personnes = PERSONNES * min(options.personnes, 47_265) // 47_265
    with tempfile.TemporaryDirectory(prefix="cordee-national-") as dossier:
        try:
            manifeste = rafraichir_le_lac(le=maintenant()).manifeste
            lac = fabriquer(manifeste, manifeste.racine(), Path(dossier), personnes=personnes)
        finally:
            shutil.rmtree(dossier_du_lac(), ignore_errors=True)
        return [*_duckdb(lac), *_spark(lac)]


def _duckdb(lac: LacNational) -> list[Mesure]:
    nue = _lecture_nue(lac)
    lignes, secondes = _chronometrer(lac, sur_duckdb)
    detail = f"{len(definitions())} indicateurs, {len(lignes)} valeurs, {sum(lac.lignes.values())} lignes"
    return [
        Mesure("le pays, tous les indicateurs, DuckDB", secondes, BUDGET, "s", detail),
        Mesure("les mêmes contre la lecture nue des fichiers", secondes / nue, 60, "×", f"{nue:.1f} s"),
    ]


def _spark(lac: LacNational) -> list[Mesure]:
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        return []
    (ici, t_ici), (la, t_la) = _chronometrer(lac, sur_duckdb), _chronometrer(lac, sur_spark)
    return [
        Mesure("valeurs où Spark et DuckDB diffèrent", len(ecarts(ici, la)), 0, "valeurs", f"{len(ici)} comparées"),
        Mesure("Spark contre DuckDB, sur une seule machine", t_la / t_ici, 20, "×", f"{t_la:.0f} s"),
    ]


def _chronometrer(lac: LacNational, moteur: object) -> tuple[list[Ligne], float]:
    debut = time.perf_counter()
    lignes = list(moteur.calculer(lac, [lac.au], definitions().values()))  # type: ignore[attr-defined]
    return lignes, time.perf_counter() - debut


def _lecture_nue(lac: LacNational) -> float:
    """Every column of every file read once."""
    debut = time.perf_counter()
    with duckdb.connect(":memory:") as duck:
        for table in TABLES:
            colonnes = ", ".join(f"max({c})" for c in table.types)
            duck.execute(f"SELECT {colonnes} FROM read_parquet('{lac.motif(table.nom)}')").fetchall()
    return time.perf_counter() - debut
