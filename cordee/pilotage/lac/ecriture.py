"""From the database to the lake: only what changed is copied again, and nobody ever reads half a state.

Every table is cut into parts by ranges of its key. One query per table tells which parts changed since the last time
(a fingerprint of the place and the transaction of their rows); those are copied again, the others stay. Events never
change: those to copy are found by the transaction that wrote them. « Last event id » would lose an event whose
transaction ends after a later one's: ``filigrane`` is the oldest transaction still running when events were read.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
from django.db import connection, transaction

from cordee.pilotage.lac.changements import depuis_quand
from cordee.pilotage.lac.manifeste import Manifeste, Partie, dossier_du_lac, ecrire_manifeste, lire_manifeste
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.socle.horloge import jour
from cordee.socle.verrous import verrou

TAILLE_DE_PARTIE: Final = 1 << 17
GARDER: Final = 600
"""Files that nothing names any more stay that many seconds: a reader may still hold the state before."""
SCHEMA: Final = hashlib.sha256(repr(TABLES).encode()).hexdigest()[:16]
"""Changes with the columns of the lake: a lake of another shape is made again."""


@dataclass(frozen=True, slots=True)
class Rafraichissement:
    """What a refresh did. ``depuis``: the first day whose figures may change (``None``: none); ``date.min``: all."""

    manifeste: Manifeste
    parties: int = 0
    lignes: int = 0
    depuis: date | None = None
    complet: bool = False
    tables: Mapping[str, int] = field(default_factory=dict)


def rafraichir_le_lac(*, le: datetime, complet: bool = False) -> Rafraichissement:
    """Bring the lake up to the database. Another refresh under way is waited for: there is then little left to do.

    Args:
        complet: copy everything again (after rows were erased, or to be sure).
    """
    dossier = dossier_du_lac()
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    with verrou(dossier / "verrou"), duckdb.connect(":memory:") as duck, _photo() as (base, filigrane):
        avant = lire_manifeste(dossier)
        if avant is not None and (complet or avant.base != base or avant.schema != SCHEMA):
            avant = None
        resultat = _copier(_Chantier(dossier, duck), avant, base=base, filigrane=filigrane, le=le)
        ecrire_manifeste(dossier, resultat.manifeste)
        _ranger(dossier, resultat.manifeste)
    return resultat


@dataclass(frozen=True, slots=True)
class _Chantier:
    """Where files are written, and with what."""

    dossier: Path
    duck: duckdb.DuckDBPyConnection


def acquitter(manifeste: Manifeste) -> None:
    """The figures to do again are marked: the lake need not say it any more."""
    if manifeste.a_reprendre is not None:
        ecrire_manifeste(dossier_du_lac(), replace(manifeste, a_reprendre=None))


def _copier(
    chantier: _Chantier, avant: Manifeste | None, *, base: str, filigrane: int, le: datetime
) -> Rafraichissement:
    parties: dict[str, dict[str, Partie]] = {}
    changees, lignes, par_table = 0, 0, {}
    depuis = avant.a_reprendre if avant else date.min
    for table in TABLES:
        connues = dict(avant.parties.get(table.nom, {})) if avant else {}
        attendues = _empreintes(table, connues, depuis=avant.filigrane if avant else None)
        garder = {cle: connues[cle] for cle, empreinte in attendues.items()
                  if cle in connues and connues[cle].empreinte == empreinte}  # fmt: skip
        copiees = {cle: _copier_partie(chantier, table, cle, empreinte)
                   for cle, empreinte in attendues.items() if cle not in garder}  # fmt: skip
        if avant is not None and (copiees or connues.keys() - attendues.keys()):
            anciennes = [connues[cle].fichier for cle in sorted(connues.keys() - garder.keys())]
            jour_touche = depuis_quand(
                chantier.duck, chantier.dossier, table, anciennes, [p.fichier for p in copiees.values()]
            )
            depuis = min(filter(None, (depuis, jour_touche)), default=None)
        parties[table.nom] = garder | copiees
        changees += len(copiees)
        par_table[table.nom] = sum(p.lignes for p in copiees.values())
        lignes += par_table[table.nom]
    au, (premiere, derniere) = jour(le), _photos()
    inchange = avant is not None and not changees and avant.parties.keys() == parties.keys() and avant.au == au
    version = avant.version if avant is not None and inchange else uuid.uuid4().hex
    manifeste = Manifeste(version, base, SCHEMA, au, le, filigrane, premiere, derniere, depuis, parties)
    return Rafraichissement(manifeste, changees, lignes, depuis, avant is None, par_table)


@contextmanager
def _photo() -> Iterator[tuple[str, int]]:
    """One and the same state of the database for all tables. Gives which database it is, and the watermark.

    Inside a transaction already begun (tests), its own state is read.
    """
    deja = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as curseur:
        if not deja:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        curseur.execute(
            "SELECT current_database() || '-' || oid || '-' || (SELECT system_identifier FROM pg_control_system()), "
            "pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM pg_database WHERE datname = current_database()"
        )
        base, filigrane = curseur.fetchone()
        yield str(base), int(filigrane)


def _empreintes(table: Table, connues: Mapping[str, Partie], *, depuis: int | None) -> dict[str, str]:
    """The parts a table has now, each with its fingerprint."""
    if table.incrementale and depuis is not None and connues:
        return {cle: p.empreinte for cle, p in connues.items()} | _parties_touchees(table, depuis)
    partie = f"t.{table.cle} / {TAILLE_DE_PARTIE}" if table.cle else "0"
    empreinte = "'1'" if table.incrementale else "sum(hashtidextended(t.ctid, t.xmin::text::bigint))::text"
    with connection.cursor() as curseur:
        curseur.execute(
            f"SELECT ({partie})::text, count(*)::text || ':' || {empreinte} FROM {table.source} t{_ou(table)} "
            "GROUP BY 1"
        )
        return dict(curseur.fetchall())


def _parties_touchees(table: Table, depuis: int) -> dict[str, str]:
    """The parts that hold rows of transactions that were not all over the last time."""
    with connection.cursor() as curseur:
        curseur.execute(
            f"SELECT ({table.cle} / {TAILLE_DE_PARTIE})::text, max({table.cle})::text || ':' || count(*)::text "
            f"FROM {table.source} WHERE transaction_id >= %s::text::xid8 GROUP BY 1",
            [depuis],
        )
        return dict(curseur.fetchall())


def _copier_partie(chantier: _Chantier, table: Table, cle: str, empreinte: str) -> Partie:
    """Copy one part out of PostgreSQL into a new Parquet file."""
    dossier = chantier.dossier
    conditions = [table.ou] if table.ou else []
    if table.cle:
        debut = int(cle) * TAILLE_DE_PARTIE
        conditions.append(f"t.{table.cle} >= {debut} AND t.{table.cle} < {debut + TAILLE_DE_PARTIE}")
    requete = table.requete() + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    nom = f"{table.nom}-{cle}-{uuid.uuid4().hex[:12]}.parquet"
    descripteur, texte = tempfile.mkstemp(dir=dossier, prefix=".", suffix=".csv")
    provisoire = dossier / f".{nom}"
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            _verser(f"COPY ({requete}) TO STDOUT (FORMAT csv)", sortie)
        lignes = _en_parquet(chantier.duck, Path(texte), provisoire, table)
        provisoire.chmod(0o600)
        provisoire.replace(dossier / nom)
    finally:
        Path(texte).unlink(missing_ok=True)
        provisoire.unlink(missing_ok=True)
    return Partie(nom, empreinte, lignes)


def _verser(requete: str, sortie: Any) -> None:
    with connection.cursor() as curseur, curseur.cursor.copy(requete) as flux:
        for morceau in flux:
            sortie.write(morceau)


def _en_parquet(duck: duckdb.DuckDBPyConnection, texte: Path, parquet: Path, table: Table) -> int:
    colonnes = ", ".join(f"'{nom}': '{genre}'" for nom, genre in table.types.items())
    lecture = (
        f"read_csv('{texte}', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '', columns = {{{colonnes}}})"
    )
    copie = f"COPY (SELECT * FROM {lecture}) TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)"
    ligne = duck.execute(copie).fetchone()
    return int(ligne[0]) if ligne else 0


def _ou(table: Table) -> str:
    return f" WHERE {table.ou}" if table.ou else ""


def _photos() -> tuple[date | None, date | None]:
    """The first day of the rights, and the last end of month: a daily file dates rights too, but shows few of them."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT min(debut), max(debut) FILTER (WHERE extract(day FROM debut + 1) = 1) FROM personnes_droitfoyer"
        )
        premiere, derniere = curseur.fetchone()
        return premiere, derniere


def _ranger(dossier: Path, manifeste: Manifeste) -> None:
    """Remove the files that no state names any more, once nobody can still be reading them."""
    nommes = {p.fichier for parties in manifeste.parties.values() for p in parties.values()}
    limite = max((f.stat().st_mtime for f in dossier.glob("*.parquet")), default=0) - GARDER
    for fichier in dossier.glob("*.parquet"):
        if fichier.name not in nommes and fichier.stat().st_mtime < limite:
            fichier.unlink(missing_ok=True)
