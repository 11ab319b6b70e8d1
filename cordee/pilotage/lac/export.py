"""The lake that leaves the house, for a union of départements: Parquet, its schema, people under another key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cordee.pilotage.carte import carte
from cordee.pilotage.lac.copie import chantier
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.pseudonymes import expression, variables
from cordee.pilotage.lac.schema import en_texte, schema
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import ecrire_entier

USAGE: Final = "union"
SCHEMA: Final = "schema.json"
_AGENTS: Final = ("agent_id", "par_id")


class ExportRefuse(ErreurMetier):
    """The folder cannot receive an export."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was written."""

    dossier: Path
    tables: int
    lignes: int
    octets: int


def exporter(manifeste: Manifeste, dossier: Path) -> Export:
    """Write a state of the lake in a folder: ``<table>/<département>.parquet`` and ``schema.json``, written last.

    People, households and agents bear numbers keyed for this use alone: nobody joins them to the lake, to a cohort's
    file or to the database without the secret of the installation. Two exports of one installation agree.

    Raises:
        ExportRefuse: the folder holds something else.
    """
    if dossier.exists() and any(dossier.iterdir()) and not (dossier / SCHEMA).exists():
        raise ExportRefuse(f"Le dossier {dossier} n'est pas vide : donnez un dossier neuf, ou un export à remplacer.")
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    (dossier / SCHEMA).unlink(missing_ok=True)
    ici, lignes, octets = carte(), {}, 0
    with chantier(dossier) as atelier:
        for nom, valeur in variables([f"sortie:{USAGE}"]).items():
            atelier.duck.execute(f'SET VARIABLE "{nom}" = ?::BLOB', [valeur])
        for table in TABLES:
            (dossier / table.nom).mkdir(mode=0o700, exist_ok=True)
            fichier = dossier / table.nom / f"{ici.departement or 'departement'}.parquet"
            copie = f"COPY ({_lignes(manifeste, table)}) TO '{fichier}' (FORMAT parquet, COMPRESSION zstd)"
            ecrites: Any = atelier.duck.execute(copie).fetchone()
            lignes[table.nom] = int(ecrites[0])
            fichier.chmod(0o600)
            octets += fichier.stat().st_size
    description = schema() | {
        "departement": ici.departement,
        "au": manifeste.au.isoformat(),
        "connu_le": manifeste.rafraichi_le.isoformat(),
        "premiere_photo": manifeste.premiere_photo.isoformat() if manifeste.premiere_photo else None,
        "derniere_photo": manifeste.derniere_photo.isoformat() if manifeste.derniere_photo else None,
        "usage": USAGE,
        "lignes": lignes,
    }
    ecrire_entier(dossier / SCHEMA, en_texte(description))
    return Export(dossier, len(TABLES), sum(lignes.values()), octets)


def _lignes(manifeste: Manifeste, table: Table) -> str:
    fichiers = [str(manifeste.racine() / f) for f in manifeste.fichiers(table.nom)]
    if not fichiers:
        return (
            f"SELECT {', '.join(f'CAST(NULL AS {genre}) AS {nom}' for nom, genre in table.types.items())} WHERE false"
        )
    nommes = [nom for nom in table.types if nom in table.numeros or nom in _AGENTS]
    champs = ", ".join(
        f"{expression(nom, f'sortie:{USAGE}')} AS {nom}" if nom in nommes else nom for nom in table.types
    )
    return f"SELECT {champs} FROM read_parquet({fichiers})"
