"""One part of a table: out of PostgreSQL by COPY, into a Parquet file where people bear their keyed number."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from django.db import connection

from cordee.pilotage.lac.manifeste import Partie
from cordee.pilotage.lac.pseudonymes import DOMAINES, expression, variables
from cordee.pilotage.lac.tables import Table

TAILLE_DE_PARTIE: Final = 1 << 16
_REGLAGES: Final[dict[str, str | bool | int | float | list[str]]] = {"threads": 2, "memory_limit": "512MB"}
_SOURCES: Final = {"personne": "personnes_personne", "foyer": "personnes_foyer"}


@dataclass(slots=True)
class Chantier:
    """Where files are written, and with what. ``tables_de_numeros``: every number made once, for a whole copy."""

    dossier: Path
    duck: duckdb.DuckDBPyConnection
    tables_de_numeros: bool = False

    def preparer_les_numeros(self) -> None:
        """For a whole copy, a join is cheaper than hashing each line again."""
        for domaine in DOMAINES:
            with _csv(self.dossier, f"SELECT id FROM {_SOURCES[domaine]}") as texte:
                self.duck.execute(
                    f"CREATE TABLE n_{domaine} AS SELECT id, {expression('id', domaine)} AS numero "
                    f"FROM {_lecture(texte, {'id': 'BIGINT'})}"
                )
        self.tables_de_numeros = True


@contextmanager
def chantier(dossier: Path) -> Iterator[Chantier]:
    with duckdb.connect(":memory:", config=_REGLAGES) as duck:
        for nom, valeur in variables().items():
            duck.execute(f"SET VARIABLE {nom} = ?::BLOB", [valeur])
        yield Chantier(dossier, duck)


def copier_partie(ici: Chantier, table: Table, cle: str) -> Partie:
    """Copy one part out of PostgreSQL into a new Parquet file."""
    conditions = [table.ou] if table.ou else []
    if table.cle:
        debut = int(cle) * TAILLE_DE_PARTIE
        conditions.append(f"t.{table.cle} >= {debut} AND t.{table.cle} < {debut + TAILLE_DE_PARTIE}")
    requete = table.requete() + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    nom = f"{table.nom}-{cle}-{uuid.uuid4().hex[:12]}.parquet"
    provisoire = ici.dossier / f".{nom}"
    try:
        with _csv(ici.dossier, requete) as texte:
            lignes = _en_parquet(ici, texte, provisoire, table)
        provisoire.chmod(0o600)
        empreinte = sha256(provisoire)
        requete = f"SELECT sum(hash(t)) FROM read_parquet('{provisoire}') t"
        (contenu,) = ici.duck.execute(requete).fetchone() or (None,)
        provisoire.replace(ici.dossier / nom)
    finally:
        provisoire.unlink(missing_ok=True)
    return Partie(nom, empreinte, lignes, f"{lignes}:{contenu}")


def sha256(fichier: Path) -> str:
    """Of a file.

    Raises:
        OSError: it cannot be read.
    """
    with fichier.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def intacte(dossier: Path, partie: Partie) -> bool:
    """Whether the file of a part is what was written."""
    try:
        return sha256(dossier / partie.fichier) == partie.empreinte
    except OSError:
        return False


def _en_parquet(ici: Chantier, texte: Path, parquet: Path, table: Table) -> int:
    relation = _lecture(texte, table.types)
    champs, jointures = [], []
    for nom in table.types:
        domaine = table.numeros.get(nom)
        if domaine is None:
            champs.append(f"t.{nom}")
        elif ici.tables_de_numeros:
            champs.append(f"n_{nom}.numero AS {nom}")
            jointures.append(f"LEFT JOIN n_{domaine} AS n_{nom} ON n_{nom}.id = t.{nom}")
        else:
            champs.append(f"{expression(f't.{nom}', domaine)} AS {nom}")
    copie = (
        f"COPY (SELECT {', '.join(champs)} FROM {relation} AS t {' '.join(jointures)}) TO '{parquet}' "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    ligne = ici.duck.execute(copie).fetchone()
    return int(ligne[0]) if ligne else 0


def _lecture(texte: Path, types: dict[str, str]) -> str:
    colonnes = ", ".join(f"'{nom}': '{genre}'" for nom, genre in types.items())
    return (
        f"read_csv('{texte}', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '', columns = {{{colonnes}}})"
    )


@contextmanager
def _csv(dossier: Path, requete: str) -> Iterator[Path]:
    """What a query gives, in a file that lives as long as the block."""
    descripteur, texte = tempfile.mkstemp(dir=dossier, prefix=".", suffix=".csv")
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            _verser(f"COPY ({requete}) TO STDOUT (FORMAT csv)", sortie)
        yield Path(texte)
    finally:
        Path(texte).unlink(missing_ok=True)


def _verser(requete: str, sortie: Any) -> None:
    with connection.cursor() as curseur, curseur.cursor.copy(requete) as flux:
        for morceau in flux:
            sortie.write(morceau)
