"""A national lake read by Spark, when one machine is not enough: the same SQL, translated by sqlglot.

Needs the extra ``cluster`` (PySpark, sqlglot) and a Java of version 17 or later. ``SPARK_MASTER`` names the cluster;
without it, the cores of this machine.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cordee.pilotage.calcul import agregation, contexte
from cordee.pilotage.entetes import Definition
from cordee.pilotage.lac.lecture import sources_des_vues
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.pilotage.national.lac import LacNational
from cordee.pilotage.national.lignes import Ligne, lire_ligne
from cordee.socle.erreurs import ErreurMetier

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MOT: Final = re.compile(r"[a-z_][a-z0-9_]*")
_COMMENTAIRE: Final = re.compile(r"--[^\n]*")
REGLAGES: Final = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "16",
    "spark.sql.adaptive.enabled": "true",
    "spark.driver.memory": "6g",
    "spark.sql.ansi.enabled": "false",  # DuckDB divides by nothing into nothing
}


class SparkAbsent(ErreurMetier):
    """The extra is not installed."""


def traduire(sql: str) -> str:
    """DuckDB's SQL in Spark's words (``traduction``).

    Raises:
        SparkAbsent: the extra « cluster » is not installed.
        sqlglot.errors.UnsupportedError: a construct that Spark does not have: the file is a mistake of ours.
    """
    try:
        from cordee.pilotage.national.traduction import en_spark  # noqa: PLC0415 - of the extra « cluster »
    except ImportError:
        raise SparkAbsent(
            "Spark n'est pas installé ici. Installez Java 17, puis « uv sync --extra cluster », et recommencez."
        ) from None
    return en_spark(sql)


class SessionSpark:
    """A national lake opened in Spark: views are made the first time a query names them, and kept on disk."""

    def __init__(self, spark: SparkSession, brouillon: str) -> None:
        self.spark, self._brouillon = spark, brouillon
        self._faites: set[str] = set()

    def executer(self, sql: str) -> Any:
        """Run one of our queries (DuckDB's words), its views first."""
        self._preparer(sql)
        return self.spark.sql(traduire(sql))

    def garder(self, nom: str, sql: str) -> None:
        """Compute once, read many times: under ``nom`` from then on."""
        chemin = f"{self._brouillon}/{nom}"
        self.executer(sql).write.mode("overwrite").parquet(chemin)
        self.spark.read.parquet(chemin).createOrReplaceTempView(nom)

    def _preparer(self, sql: str) -> None:
        vues = sources_des_vues()
        for mot in dict.fromkeys(_MOT.findall(_COMMENTAIRE.sub("", sql))):
            if mot in vues and mot not in self._faites:
                self._faites.add(mot)
                self.garder(mot, vues[mot])


@contextmanager
def ouvrir(lac: LacNational, jours: Iterable[date]) -> Iterator[SessionSpark]:
    """Open it for some days.

    Raises:
        SparkAbsent: the extra « cluster » is not installed.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - of the extra « cluster »
    except ImportError:
        traduire("SELECT 1")
        raise SparkAbsent("PySpark n'est pas installé ici : « uv sync --extra cluster ».") from None
    reglages = SparkSession.builder.appName("cordee").master(os.environ.get("SPARK_MASTER", "local[*]"))
    for cle, valeur in REGLAGES.items():
        reglages = reglages.config(cle, valeur)
    spark = reglages.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        with tempfile.TemporaryDirectory(prefix="cordee-spark-", dir=os.environ.get("SPARK_BROUILLON")) as brouillon:
            session = SessionSpark(spark, brouillon)
            _poser(session, lac, jours)
            yield session
    finally:
        spark.stop()


def calculer(lac: LacNational, jours: Sequence[date], definitions: Iterable[Definition]) -> Iterator[Ligne]:
    """The figures of these days, every territory, before any is hidden."""
    with ouvrir(lac, jours) as session:
        session.executer("SELECT 1 FROM lieux LIMIT 0")
        for definition in definitions:
            session.executer(definition.sql).createOrReplaceTempView("lignes")
            for brute in session.executer(agregation(definition)).collect():
                yield lire_ligne(definition.code, brute)


def _poser(session: SessionSpark, lac: LacNational, jours: Iterable[date]) -> None:
    """The days, the tables, and each person under her canonical number (as ``lac.lecture`` does)."""
    lignes = contexte(jours, lac.derniere_photo)
    session.spark.createDataFrame([tuple(x.values()) for x in lignes], list(lignes[0])).createOrReplaceTempView(
        "contexte_brut"
    )
    genres = {bool: "BOOLEAN", int: "INT", date: "DATE"}
    colonnes = ", ".join(f"CAST({c} AS {genres[type(v)]}) AS {c}" for c, v in lignes[0].items())
    session.spark.sql(f"SELECT {colonnes} FROM contexte_brut").createOrReplaceTempView("contexte")
    for table in TABLES:
        lue = session.spark.read.parquet(str(lac.dossier / table.nom))
        lue.createOrReplaceTempView(f"{table.nom}_brute")
    session.spark.sql(
        "SELECT id, canonique_id FROM personnes_brute WHERE canonique_id IS NOT NULL"
    ).createOrReplaceTempView("reunies")
    for table in TABLES:
        session.spark.sql(_table(table)).createOrReplaceTempView(table.nom)


def _table(table: Table) -> str:
    p = table.personne
    if not p:
        return f"SELECT * FROM {table.nom}_brute"
    colonnes = ", ".join(f"coalesce(r.canonique_id, t.{p}) AS {p}" if c == p else f"t.{c}" for c in table.types)
    return f"SELECT {colonnes} FROM {table.nom}_brute t LEFT JOIN reunies r ON r.id = t.{p}"
