"""The union of the lakes that several départements exported (``lac.export``): one national lake."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from cordee.pilotage.lac.export import SCHEMA
from cordee.pilotage.lac.schema import schema
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.pilotage.national.lac import DESCRIPTION, LacNational, a_part, colonnes_attendues, ids
from cordee.socle.erreurs import ErreurMetier

_FORME: Final = ("schema_version", "tables")
"""What two lakes must share to be read by the same SQL."""


class ReunionRefusee(ErreurMetier):
    """These lakes cannot be one."""


@dataclass(frozen=True, slots=True)
class _Export:
    dossier: Path
    departement: str
    au: date
    derniere_photo: date | None


def reunir(dossiers: Sequence[Path], sortie: Path) -> LacNational:
    """Put them side by side in ``sortie``. The national lake is of the earliest of their days: all are known on it.

    Raises:
        ReunionRefusee: a folder is no export, is of another shape, or says the same département as another.
    """
    exports = [_lire(dossier) for dossier in dossiers]
    departements = [e.departement for e in exports]
    if doubles := sorted({d for d in departements if departements.count(d) > 1}):
        raise ReunionRefusee(f"Deux dossiers disent le même département ({', '.join(doubles)}) : gardez-en un seul.")
    if sortie.exists() and any(sortie.iterdir()) and not (sortie / DESCRIPTION).exists():
        raise ReunionRefusee(f"Le dossier « {sortie} » n'est pas vide : donnez un dossier neuf, ou un lac à remplacer.")
    (sortie / DESCRIPTION).unlink(missing_ok=True)
    with duckdb.connect(":memory:") as duck:
        duck.execute("SET preserve_insertion_order = false")
        lignes = {
            t.nom: sum(_copier(duck, t, e, sortie, rang) for rang, e in enumerate(exports, start=1)) for t in TABLES
        }
    photos = [e.derniere_photo for e in exports if e.derniere_photo]
    au, photo = min(e.au for e in exports), min(photos, default=None)
    lac = LacNational(sortie, au, photo, tuple(departements), colonnes_attendues(), lignes, synthetique=False)
    lac.ecrire()
    return lac


def _lire(dossier: Path) -> _Export:
    try:
        d: dict[str, Any] = json.loads((dossier / SCHEMA).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ReunionRefusee(
            f"« {dossier} » n'est pas un lac exporté : « cordee lac exporter » en fait un, dans chaque département."
        ) from None
    ici = json.loads(json.dumps(schema()))
    if any(d.get(cle) != ici[cle] for cle in _FORME):
        raise ReunionRefusee(
            f"Le lac de « {dossier} » vient d'une autre version de Cordée : ses tables ne sont pas celles d'ici. "
            "Exportez-le de nouveau avec la même version."
        )
    photo = d["derniere_photo"]
    return _Export(dossier, d["departement"], date.fromisoformat(d["au"]), date.fromisoformat(photo) if photo else None)


def _copier(duck: duckdb.DuckDBPyConnection, table: Table, export: _Export, sortie: Path, rang: int) -> int:
    """One table of one département: its structures and acts are numbered apart from those of the others."""
    fichier = export.dossier / table.nom / f"{export.departement}.parquet"
    dossier = sortie / table.nom
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    numeros = ids(table.types)
    colonnes = ", ".join(
        f"{a_part(c, rang)} AS {c}" if c in numeros
        else f"'{export.departement}-' || code AS code" if c == "code"
        else c
        for c in table.types
    )  # fmt: skip
    provisoire = dossier / f".{export.departement}"
    ou = f"WHERE departement = '{export.departement}'" if "departement" in table.types else ""  # neighbours tell theirs
    lignes = f"SELECT {colonnes} FROM read_parquet('{fichier}') {ou}"
    copie = f"COPY ({lignes}) TO '{provisoire}' (FORMAT parquet, COMPRESSION zstd)"
    ((n,),) = duck.execute(copie).fetchall()
    provisoire.replace(dossier / f"{export.departement}.parquet")
    return int(n)
