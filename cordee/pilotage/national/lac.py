"""A national lake: one folder per table, one Parquet file per département, and a page that says what it is.

Its tables are those of a département's lake (``lac.tables``), column for column: every view and every indicator reads
it as it is. Numbers of people, households, structures and agents never meet from one département to another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from cordee.pilotage.lac.tables import TABLES
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import ecrire_entier

DESCRIPTION: Final = "lac_national.json"


class LacNationalAbsent(ErreurMetier):
    """No national lake in that folder, or one of another shape."""


@dataclass(frozen=True, slots=True)
class LacNational:
    """What the folder holds. ``colonnes``: type of each column of each table. ``synthetique``: made to try engines."""

    dossier: Path
    au: date
    derniere_photo: date | None
    departements: tuple[str, ...]
    colonnes: Mapping[str, Mapping[str, str]]
    lignes: Mapping[str, int]
    synthetique: bool

    def motif(self, table: str) -> str:
        """The Parquet files of a table, as engines name them."""
        return str(self.dossier / table / "*.parquet")

    def ecrire(self) -> None:
        """Put the description down, last: a folder without it is not a lake."""
        d = asdict(self) | {
            "dossier": None,
            "au": self.au.isoformat(),
            "derniere_photo": self.derniere_photo.isoformat() if self.derniere_photo else None,
        }
        ecrire_entier(self.dossier / DESCRIPTION, json.dumps(d, ensure_ascii=False, indent=1))


def lire(dossier: Path) -> LacNational:
    """The national lake of a folder.

    Raises:
        LacNationalAbsent: none there, or its tables are not those of this version.
    """
    try:
        d = json.loads((dossier / DESCRIPTION).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise LacNationalAbsent(
            f"Il n'y a pas de lac national dans « {dossier} ». « cordee national reunir » en fait un des lacs exportés "
            "de plusieurs départements."
        ) from None
    if d["colonnes"] != colonnes_attendues():
        raise LacNationalAbsent(
            f"Le lac de « {dossier} » vient d'une autre version : ses tables n'ont pas les colonnes d'aujourd'hui. "
            "Exportez de nouveau les lacs des départements, puis réunissez-les."
        )
    return LacNational(
        dossier, date.fromisoformat(d["au"]), date.fromisoformat(d["derniere_photo"]) if d["derniere_photo"] else None,
        tuple(d["departements"]), d["colonnes"], d["lignes"], d["synthetique"],
    )  # fmt: skip


def colonnes_attendues() -> dict[str, dict[str, str]]:
    """The shape every lake of this version has."""
    return {table.nom: table.types for table in TABLES}


def ids(types: Mapping[str, str]) -> Sequence[str]:
    """The columns that number somebody or something inside one département.

    >>> ids({"id": "BIGINT", "personne_id": "BIGINT", "rang": "INTEGER", "commune": "VARCHAR"})
    ['id', 'personne_id']
    """
    return [c for c, genre in types.items() if genre == "BIGINT" and (c == "id" or c.endswith("_id"))]


_BITS: Final = 56


def a_part(colonne: str, rang: int) -> str:
    """SQL: that number, apart from those of the other départements.

    Plain numbers (structures, acts) stand far below; keyed ones (people) fill 63 bits and are apart by themselves: this
    does not spoil it.
    """
    return f"xor({colonne}, CAST({rang} AS BIGINT) << {_BITS})"
