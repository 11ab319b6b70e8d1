"""A synthetic national lake, to try engines at the size of the country: one département's lake, many times over.

Each copy is another département: its people, households, structures and communes bear other numbers, so that nothing
joins across copies. It says that it is synthetic. It is a load, not a population: no figure of it means anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb

from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.pilotage.national.lac import LacNational, colonnes_attendues, ids

DEPARTEMENTS: Final = tuple(f"{n:02d}" for n in range(1, 96) if n != 20) + ("2A", "2B", "971", "972", "973", "974", "976")
_BITS: Final = 56
"""Numbers of a lake stand below 2**56 but for a chance of one in billions: the copy's number goes above."""


def fabriquer(manifeste: Manifeste, source: Path, sortie: Path, *, personnes: int) -> LacNational:
    """Copy the lake of ``source`` as many times as it takes for ``personnes`` people to have been subject one day.

    Raises:
        ValueError: the source holds nobody, or a hundred and one départements would not be enough.
    """
    with duckdb.connect(":memory:") as duck:
        duck.execute("SET preserve_insertion_order = false")
        copies = math.ceil(personnes / max(_soumises(duck, manifeste, source), 1))
        if not 0 < copies <= len(DEPARTEMENTS):
            raise ValueError(f"{copies} copies of this lake: give a bigger one, or fewer people")
        departements = DEPARTEMENTS[:copies]
        lignes = {table.nom: sum(_copies(duck, table, manifeste, source, sortie, departements)) for table in TABLES}
    lac = LacNational(
        sortie, manifeste.au, manifeste.derniere_photo, departements, colonnes_attendues(), lignes, synthetique=True
    )
    lac.ecrire()
    return lac


def _soumises(duck: duckdb.DuckDBPyConnection, manifeste: Manifeste, source: Path) -> int:
    fichiers = [str(source / f) for f in manifeste.fichiers("droits_personnes")]
    if not fichiers:
        raise ValueError("an empty lake")
    requete = f"SELECT count(DISTINCT personne_id) FROM read_parquet({fichiers}) WHERE sdd"
    ((n,),) = duck.execute(requete).fetchall()
    return int(n)


def _copies(
    duck: duckdb.DuckDBPyConnection, table: Table, manifeste: Manifeste, source: Path, sortie: Path,
    departements: Sequence[str],
) -> Iterator[int]:  # fmt: skip
    """Write one table for each département; gives how many rows each time."""
    fichiers = [str(source / f) for f in manifeste.fichiers(table.nom)]
    dossier = sortie / table.nom
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    for rang, departement in enumerate(departements, start=1):
        colonnes = ", ".join(_colonne(c, table, rang, departement) for c in table.types)
        lignes = f"SELECT {colonnes} FROM read_parquet({fichiers})" if fichiers else _vide(table)
        provisoire = dossier / f".{departement}"
        ((n,),) = duck.execute(f"COPY ({lignes}) TO '{provisoire}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
        provisoire.replace(dossier / f"{departement}.parquet")
        yield int(n)


def _colonne(colonne: str, table: Table, rang: int, departement: str) -> str:
    """One column of a copy, under the numbers and codes of its département."""
    if colonne in ids(table.types):
        return f"xor({colonne}, CAST({rang} AS BIGINT) << {_BITS}) AS {colonne}"
    if colonne == "commune":
        return f"'{departement}' || right({colonne}, {5 - len(departement)}) AS {colonne}"
    if colonne in ("ept", "code"):
        return f"'{departement}-' || {colonne} AS {colonne}"
    if colonne == "departement":
        return f"'{departement}' AS {colonne}"
    return colonne


def _vide(table: Table) -> str:
    return f"SELECT {', '.join(f'CAST(NULL AS {g}) AS {c}' for c, g in table.types.items())} WHERE false"
