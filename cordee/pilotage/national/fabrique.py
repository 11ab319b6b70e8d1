"""A synthetic national lake, to try engines at the size of the country: one département's lake, many times over.

Each copy is another département: its people, households, structures and communes bear other numbers, so that nothing
joins across copies. It says that it is synthetic. It is a load, not a population: no figure of it means anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.pilotage.national.lac import LacNational, a_part, colonnes_attendues, ids
from cordee.socle.erreurs import ErreurMetier

DEPARTEMENTS: Final = (
    *(f"{n:02d}" for n in range(1, 96) if n != 20), "2A", "2B", "971", "972", "973", "974", "976",
)  # fmt: skip


class LacTropPetit(ErreurMetier):
    """Not enough people to copy."""


def fabriquer(manifeste: Manifeste, source: Path, sortie: Path, *, personnes: int) -> LacNational:
    """Copy the lake of ``source`` as many times as it takes for ``personnes`` people to have been subject one day.

    Raises:
        LacTropPetit: the source holds nobody, or a hundred départements would not be enough.
    """
    with duckdb.connect(":memory:") as duck:
        duck.execute("SET preserve_insertion_order = false")
        chantier = _Chantier(duck, manifeste, source, sortie)
        departements = DEPARTEMENTS[: _copies(personnes, chantier.soumises())]
        lignes = {table.nom: chantier.copier(table, departements) for table in TABLES}
    lac = LacNational(
        sortie, manifeste.au, manifeste.derniere_photo, departements, colonnes_attendues(), lignes, synthetique=True
    )
    lac.ecrire()
    return lac


def _copies(personnes: int, soumises: int) -> int:
    copies = math.ceil(personnes / soumises) if soumises else 0
    if not 0 < copies <= len(DEPARTEMENTS):
        raise LacTropPetit(
            f"Le lac de départ compte {soumises} personnes soumises : une copie par département ne suffirait pas pour "
            f"{personnes}. Partez d'un lac plus grand, ou demandez moins de personnes."
        )
    return copies


@dataclass(frozen=True, slots=True)
class _Chantier:
    """From what, to where."""

    duck: duckdb.DuckDBPyConnection
    manifeste: Manifeste
    source: Path
    sortie: Path

    def fichiers(self, table: str) -> list[str]:
        return [str(self.source / f) for f in self.manifeste.fichiers(table)]

    def soumises(self) -> int:
        """How many people of the source were subject one day."""
        fichiers = self.fichiers("droits_personnes")
        if not fichiers:
            return 0
        requete = f"SELECT count(DISTINCT personne_id) FROM read_parquet({fichiers}) WHERE sdd"
        ((n,),) = self.duck.execute(requete).fetchall()
        return int(n)

    def copier(self, table: Table, departements: Sequence[str]) -> int:
        """Write one table for each département; gives how many rows in all."""
        fichiers, total = self.fichiers(table.nom), 0
        dossier = self.sortie / table.nom
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        for rang, departement in enumerate(departements, start=1):
            colonnes = ", ".join(_colonne(c, table, rang, departement) for c in table.types)
            lignes = f"SELECT {colonnes} FROM read_parquet({fichiers})" if fichiers else _vide(table)
            provisoire = dossier / f".{departement}"
            copie = f"COPY ({lignes}) TO '{provisoire}' (FORMAT parquet, COMPRESSION zstd)"
            ((n,),) = self.duck.execute(copie).fetchall()
            provisoire.replace(dossier / f"{departement}.parquet")
            total += int(n)
        return total


def _colonne(colonne: str, table: Table, rang: int, departement: str) -> str:
    """One column of a copy, under the numbers and codes of its département."""
    if colonne in ids(table.types):
        return f"{a_part(colonne, rang)} AS {colonne}"
    if colonne == "commune":
        return f"'{departement}' || right({colonne}, {5 - len(departement)}) AS {colonne}"
    if colonne in ("ept", "code"):
        return f"'{departement}-' || {colonne} AS {colonne}"
    if colonne == "departement":
        return f"'{departement}' AS {colonne}"
    return colonne


def _vide(table: Table) -> str:
    return f"SELECT {', '.join(f'CAST(NULL AS {g}) AS {c}' for c, g in table.types.items())} WHERE false"
