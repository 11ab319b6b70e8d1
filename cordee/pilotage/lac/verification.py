"""Lake = database: every table counted on both sides in one and the same state, and each file read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import duckdb
from django.db import connection

from cordee.pilotage.lac.copie import Chantier, chantier, intacte
from cordee.pilotage.lac.ecriture import photo, rafraichir_dans_la_photo
from cordee.pilotage.lac.journal import sources, surveillees
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.lac.tables import TABLES, Colonne, Table
from cordee.socle.verrous import verrou

_ENTIERS: Final = frozenset({"BIGINT", "INTEGER", "SMALLINT"})
_REELS: Final = frozenset({"DOUBLE"})


@dataclass(frozen=True, slots=True)
class Ecart:
    """One count that differs. ``mesure``: « lignes », or what was counted of a column."""

    table: str
    mesure: str
    base: Any
    lac: Any

    def en_clair(self) -> str:
        return f"{self.table}, {self.mesure} : {self.base} dans la base, {self.lac} dans le lac"


@dataclass(frozen=True, slots=True)
class Controle:
    """What was checked. ``abimes``: files that are missing or not what was written; ``sourdes``: tables of the database
    that note no change (they are copied whole each time: « cordee gerer migrate » has them note again).
    """

    manifeste: Manifeste
    mesures: int
    ecarts: tuple[Ecart, ...]
    abimes: tuple[str, ...]
    sourdes: tuple[str, ...]

    @property
    def juste(self) -> bool:
        return not self.ecarts and not self.abimes


def verifier(*, le: datetime) -> Controle:
    """Bring the lake up to the database, then count both sides without letting the database move between the two.

    Rows, values given, distinct people and households, sums of numbers and days: for each table and column.
    """
    dossier = dossier_du_lac()
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    with verrou(dossier / "verrou"), chantier(dossier) as ici, photo() as (base, vu):
        manifeste = rafraichir_dans_la_photo(ici, base, vu, le=le).manifeste
        abimes = tuple(
            p.fichier for parties in manifeste.parties.values() for p in parties.values() if not intacte(dossier, p)
        )
        ecarts, mesures = [], 0
        for table in TABLES:
            noms, ici_base = _compter_base(table)
            cote_lac = _compter_lac(ici, manifeste, table)
            mesures += len(noms)
            ecarts += [
                Ecart(table.nom, nom, b, lu)
                for nom, b, lu in zip(noms, ici_base, cote_lac, strict=True)
                if not _egales(b, lu)
            ]
    return Controle(manifeste, mesures, tuple(ecarts), abimes, tuple(sorted(sources().keys() - surveillees())))


def _mesures(table: Table, *, lac: bool) -> list[tuple[str, str]]:
    """What is counted: name → expression, for PostgreSQL or for DuckDB."""
    liste = [("lignes", "count(*)")]
    for c in table.colonnes:
        renseignes = f"nullif({c.nom}, '')" if c.type == "VARCHAR" else c.nom  # an empty text is nothing in the lake
        liste.append((f"{c.nom} : renseignés", f"count({renseignes})"))
        if c.nom in table.numeros:
            liste.append((f"{c.nom} : distincts", f"count(DISTINCT {c.nom})"))
        elif somme := _somme(c, lac=lac):
            liste.append((f"{c.nom} : somme", somme))
    return liste


def _somme(c: Colonne, *, lac: bool) -> str:
    if c.type in _ENTIERS:
        return f"sum({c.nom})"
    if c.type in _REELS:
        return f"round(sum({c.nom}::decimal(18, 2)), 2)" if lac else f"round(sum({c.nom}::numeric(18, 2)), 2)"
    if c.type == "BOOLEAN":
        return f"sum(CASE WHEN {c.nom} THEN 1 ELSE 0 END)"
    if c.type == "DATE":
        return f"sum({c.nom} - DATE '2000-01-01')"
    if c.type == "VARCHAR":
        return f"sum(length({c.nom}))"
    return ""


def _compter_base(table: Table) -> tuple[list[str], tuple[Any, ...]]:
    mesures = _mesures(table, lac=False)
    ou = f" WHERE {table.ou}" if table.ou else ""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {', '.join(e for _, e in mesures)} FROM ({table.requete()}{ou}) x")
        return [nom for nom, _ in mesures], curseur.fetchone()


def _compter_lac(ici: Chantier, manifeste: Manifeste, table: Table) -> tuple[Any, ...]:
    """A file that cannot be read counts for nothing: every count of its table then says so."""
    mesures = _mesures(table, lac=True)
    fichiers = [str(manifeste.racine() / f) for f in manifeste.fichiers(table.nom)]
    if not fichiers:
        return tuple(0 if e.startswith("count") else None for _, e in mesures)
    requete = f"SELECT {', '.join(e for _, e in mesures)} FROM read_parquet({fichiers})"
    try:
        return ici.duck.execute(requete).fetchone() or ()
    except duckdb.Error:
        return tuple("illisible" for _ in mesures)


def _egales(base: Any, lac: Any) -> bool:
    if base is None or lac is None:
        return (base or 0) == (lac or 0)
    return base == lac or (isinstance(lac, int | float) and float(base) == float(lac))
