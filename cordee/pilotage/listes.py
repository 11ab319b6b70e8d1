"""The people behind each figure: kept with the figures of the last days, worked out again for older ones."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from cordee.pilotage.calcul import COLONNES, SANS, colonne_comptee, contexte, preparer_lignes
from cordee.pilotage.entetes import Definition
from cordee.pilotage.enums import Niveau
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.lac.pseudonymes import personnes_de

JOURS_GARDES: Final = 100
"""Lists of the last days that have figures: today and the ends of three months are what people open."""


class Registre:
    """Notes the people of each figure while it is computed (``calcul.calculer``), then keeps them in one file a day.

    Today's later files hold the indicators that were worked out again: ``Calcul.listes`` says where each stands.
    """

    def __init__(self, manifeste: Manifeste, *, depuis: date) -> None:
        self.version, self.depuis = manifeste.version, depuis

    def concerne(self, jours: Sequence[date]) -> bool:
        return max(jours) >= self.depuis

    def noter(self, session: Session, definition: Definition) -> None:
        """The lines of this indicator stand in ``lignes``."""
        session.duck.execute("CREATE TABLE IF NOT EXISTS listes (code VARCHAR, au DATE, personne_id BIGINT, "
                             "commune VARCHAR, ept VARCHAR, structure VARCHAR)")  # fmt: skip
        session.duck.execute(
            f"INSERT INTO listes SELECT '{definition.code}', au, personne_id, commune, ept, structure "
            f"FROM ({_situees(definition)}) WHERE au >= ?",
            [self.depuis],
        )

    def clore(self, session: Session) -> None:
        """Write the lists of the days computed: whole files, under names that say the day and the state of the lake."""
        dossier = _dossier()
        jours = session.duck.execute("SELECT DISTINCT au FROM listes").fetchall()
        for (au,) in jours:
            fichier, provisoire = _fichier(au, self.version), dossier / f".{au}-{self.version}"
            session.duck.execute(
                f"COPY (SELECT code, commune, ept, structure, personne_id FROM listes WHERE au = DATE '{au}' "
                f"ORDER BY code, personne_id) TO '{provisoire}' (FORMAT parquet, ROW_GROUP_SIZE 20000)"
            )
            provisoire.chmod(0o600)
            provisoire.replace(fichier)
        session.duck.execute("DROP TABLE listes")


def personnes(
    manifeste: Manifeste, definition: Definition, au: date, *, niveau: Niveau, territoire: str, version: str = ""
) -> list[int]:
    """The people behind a figure, as rows of the database: those its numerator counts (all those it rests on, for a
    delay).

    Args:
        version: the state of the lake the kept figures of that day come from.
    """
    ou = "TRUE" if niveau is Niveau.DEPARTEMENT else f"{COLONNES[niveau]} = ?"
    valeurs = [] if niveau is Niveau.DEPARTEMENT else [territoire]
    fichier = _fichier(au, version) if version else None
    if fichier is not None and fichier.exists():
        with contextlib.suppress(duckdb.IOException), duckdb.connect(":memory:") as duck:
            lues = duck.execute(
                f"SELECT DISTINCT personne_id FROM read_parquet('{fichier}') WHERE code = ? AND {ou} ORDER BY 1",
                [definition.code, *valeurs],
            ).fetchall()
            return _lignes(lues)
    with ouvrir(manifeste, contexte([au], manifeste.derniere_photo)) as session:
        preparer_lignes(session, definition)
        lues = session.duck.execute(
            f"SELECT DISTINCT personne_id FROM ({_situees(definition)}) WHERE {ou} ORDER BY 1", valeurs
        ).fetchall()
    return _lignes(lues)


def _lignes(lues: Sequence[tuple[int]]) -> list[int]:
    """The rows of the people that the lake told of, in order."""
    return sorted(personnes_de(n for (n,) in lues).values())


def ranger(gardees: Collection[tuple[date, str]]) -> None:
    """Remove the lists that no kept figure has any more: (day, state of the lake)."""
    noms = {_fichier(au, version).name for au, version in gardees}
    for fichier in _dossier().glob("*.parquet"):
        if fichier.name not in noms:
            fichier.unlink(missing_ok=True)


def _situees(definition: Definition) -> str:
    """The people counted by the lines, each in her territories."""
    return f"""
        SELECT DISTINCT d.au, d.personne_id,
               coalesce(l.commune, '{SANS[Niveau.COMMUNE]}') AS commune,
               coalesce(l.ept, '{SANS[Niveau.EPT]}') AS ept,
               coalesce(l.{definition.structure}, '{SANS[Niveau.STRUCTURE]}') AS structure
        FROM lignes d
        JOIN contexte c ON c.au = d.au AND c.publie
        LEFT JOIN lieux l ON l.au = d.au AND l.personne_id = d.personne_id
        WHERE d.{colonne_comptee(definition)} > 0 AND d.personne_id IS NOT NULL
    """


def _dossier() -> Path:
    dossier = dossier_du_lac() / "listes"
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    return dossier


def _fichier(au: date, version: str) -> Path:
    return _dossier() / f"{au.isoformat()}-{version}.parquet"
