"""From the commit of an act to the figure that says it, and what the lake costs beside bare limits (ADR 30)."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
from django.db import connection

from benchmarks.indicateurs import _un_acte
from benchmarks.mesure import Mesure
from cordee.configuration.veille import CADENCE, Veilleur
from cordee.pilotage.lac.ecriture import acquitter, rafraichir_le_lac
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.lac.tables import TABLES
from cordee.pilotage.lac.verification import verifier
from cordee.pilotage.services import rafraichir
from cordee.socle.horloge import maintenant

T = TypeVar("T")
SUR_LE_DEPARTEMENT = ECRIT = True
BUDGET_ACTE, BUDGET_COPIE, BUDGET_PART = 5, 6, 0.25


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    """An act at rest; the copy beside a bare COPY; the share of the processor under acts that never stop."""
    veilleur = Veilleur()
    try:
        copie, lac = _chronometrer(lambda: rafraichir_le_lac(le=maintenant(), complet=True))
        acquitter(lac.manifeste)
        nue, _rien = _chronometrer(_copie_nue)
        compte, _rien = _chronometrer(lambda: _compte_nu(lac.manifeste))
        rafraichir(le=maintenant(), mois_passes=0)
        veilleur.echauffer()
        _un_acte()
        suite, _repos = _chronometrer(veilleur.tour)
        avant, cpu = time.perf_counter(), time.process_time()
        for _tour in range(3):
            _un_acte()
            repos = veilleur.tour()
        part = (time.process_time() - cpu) / (time.perf_counter() - avant + 3 * repos)
        controle, constat = _chronometrer(lambda: verifier(le=maintenant()))
    finally:
        veilleur.atelier.fermer()
        shutil.rmtree(dossier_du_lac(), ignore_errors=True)
    lignes = lac.lignes
    return [
        Mesure("de la fin d'un acte au chiffre, au repos (au plus)", suite + CADENCE, BUDGET_ACTE, "s",
               f"{suite / compte:.0f} fois un « count(*) » de tout le lac ({compte:.3f} s)"),
        Mesure("le lac de rien, à côté d'un COPY nu des mêmes tables", copie / nue, BUDGET_COPIE, "fois",
               f"{lignes} lignes, {copie:.1f} s contre {nue:.1f} s"),
        Mesure("part d'un processeur sous des actes sans fin", part, BUDGET_PART * 1.2, "processeur"),
        Mesure("vérification du lac contre la base", controle, 60, "s",
               f"{constat.mesures} comptes, {len(constat.ecarts)} écarts"),
    ]  # fmt: skip


def _copie_nue() -> None:
    """What PostgreSQL and this machine need to write the same columns to a file, and nothing else."""
    with tempfile.TemporaryDirectory() as dossier, connection.cursor() as curseur:
        for table in TABLES:
            ou = f" WHERE {table.ou}" if table.ou else ""
            with (
                Path(dossier, f"{table.nom}.csv").open("wb") as sortie,
                curseur.cursor.copy(f"COPY ({table.requete()}{ou}) TO STDOUT (FORMAT csv)") as flux,
            ):
                for morceau in flux:
                    sortie.write(morceau)


def _compte_nu(manifeste: Manifeste) -> None:
    with duckdb.connect(":memory:", config={"threads": 2}) as duck:
        for table in TABLES:
            fichiers = [str(manifeste.racine() / f) for f in manifeste.fichiers(table.nom)]
            if fichiers:
                duck.execute(f"SELECT count(*) FROM read_parquet({fichiers})").fetchone()


def _chronometrer(faire: Callable[[], T]) -> tuple[float, T]:
    debut = time.perf_counter()
    rendu = faire()
    return time.perf_counter() - debut, rendu
