"""The steps of a cohort on the lake: one table after the other, each a published SELECT of ``sql/``.

DuckDB only, and no statistics: a page may import this to count people while they are being chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from cordee.pilotage.calcul import contexte
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, mois_en_mots
from cordee.pilotage.cohortes.enums import Origine
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.reglementation.calendrier import ajouter_mois

DOSSIER: Final = Path(__file__).resolve().parent / "sql"
SUITE: Final = ("situations", "membres", "sorties", "periodes", "etats", "jalons", "retours")
"""After the members are chosen, in this order."""
VERIFICATION: Final = 1
"""Months needed after an exit to be sure of it: one month away is not an exit."""


@cache
def source(nom: str) -> str:
    """The SELECT of one step."""
    return (DOSSIER / f"{nom}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")


@dataclass(frozen=True, slots=True)
class Fenetre:
    """What may be known: the first month of the files, the last that can be judged (numbers: year × 12 + month)."""

    premier: int
    dernier: int
    photo: date


def fenetre(manifeste: Manifeste) -> Fenetre:
    """Where the observation begins and ends.

    Raises:
        DefinitionIllisible: no file was ever loaded.
    """
    debut, fin = manifeste.premiere_photo, manifeste.derniere_photo
    if debut is None or fin is None:
        raise DefinitionIllisible("Aucun fichier de droits n'a encore été chargé : il n'y a personne à suivre.")
    return Fenetre(debut.year * 12 + debut.month, fin.year * 12 + fin.month - VERIFICATION, fin)


def verifier(d: Definition, f: Fenetre) -> None:
    """The window must be seen whole: what began before the first file is known only of those who stayed.

    Raises:
        DefinitionIllisible: with the months to choose from.
    """
    premier = f.premier if d.origine is Origine.STOCK else f.premier + 1
    if d.premier < premier:
        raise DefinitionIllisible(
            f"Les droits sont connus depuis {_mois(f.premier)} : choisissez des entrées à partir de {_mois(premier)}. "
            "Avant, on ne connaîtrait que celles qui sont restées."
        )
    if d.dernier + d.repere >= f.dernier:
        raise DefinitionIllisible(
            f"L'observation s'arrête en {_mois(f.dernier)} : choisissez des entrées plus anciennes, au plus tard "
            f"{_mois(f.dernier - 1 - d.repere)}."
        )


@contextmanager
def session(manifeste: Manifeste) -> Iterator[Session]:
    """The lake with what every cohort reads: facts and contracts."""
    with ouvrir(manifeste, contexte([manifeste.au], manifeste.derniere_photo)) as lac:
        for nom in ("faits", "liens"):
            etape(lac, nom)
        yield lac


def etape(lac: Session, nom: str, table: str = "") -> None:
    """Make the table of one step."""
    lac.executer(f"CREATE OR REPLACE TABLE {table or nom} AS {source(nom)}")


def choisir(lac: Session, d: Definition, f: Fenetre) -> None:
    """Tables ``departs`` (everybody the event designates), ``traits`` and ``retenus`` (those the criteria keep)."""
    verifier(d, f)
    _poser(lac, d, f)
    etape(lac, f"origine_{d.origine}", "origines")
    for nom in ("sejours", "departs", "traits"):
        etape(lac, nom)
    ou, valeurs = criteres(d)
    lac.duck.execute(f"CREATE OR REPLACE TABLE retenus AS SELECT * FROM traits WHERE {ou}", valeurs)


def suivre(lac: Session) -> None:
    """Tables ``membres``, ``sorties``, ``etats``, ``jalons``, ``retours`` of those kept."""
    for nom in SUITE:
        etape(lac, nom)


def criteres(d: Definition) -> tuple[str, list[str]]:
    """The WHERE of a cohort and its values.

    >>> criteres(Definition(du="2022-01", au="2022-12", sexe=("femme",), lieux=("94028",)))
    ('sexe IN (?) AND (commune IN (?) OR ept IN (?))', ['femme', '94028', '94028'])
    """
    conditions: list[str] = []
    valeurs: list[str] = []
    for nom, choisis in d.criteres.items():
        conditions.append(f"{nom} IN ({_places(choisis)})")
        valeurs += choisis
    if d.lieux:
        conditions.append(f"(commune IN ({_places(d.lieux)}) OR ept IN ({_places(d.lieux)}))")
        valeurs += [*d.lieux, *d.lieux]
    if d.structure:
        conditions.append(f"{'referent' if d.rattache == 'referent' else 'secteur'} = ?")
        valeurs.append(d.structure)
    return " AND ".join(conditions) or "TRUE", valeurs


def ecartes(lac: Session) -> Mapping[str, int]:
    """Those the event designates and nobody can follow, by reason."""
    ligne = lac.duck.execute(
        "SELECT (SELECT count(*) FROM origines), count(*), count(*) FILTER (WHERE parti), "
        "count(*) FILTER (WHERE NOT parti AND trop_tot) FROM departs"
    ).fetchone()
    designes, places, partis, trop_tot = ligne or (0, 0, 0, 0)
    return {"designes": designes, "jamais_soumises": designes - places, "deja_parties": partis, "trop_tot": trop_tot}


def _poser(lac: Session, d: Definition, f: Fenetre) -> None:
    """The tables of parameters: one row for the cohort, the ends of months, the months counted."""
    debut, fin = _premier_jour(d.premier), ajouter_mois(_premier_jour(d.dernier), 1)
    lac.duck.execute(
        f"CREATE OR REPLACE TABLE cohorte AS SELECT DATE '{debut}' AS du, DATE '{fin}' - 1 AS au, "
        f"{f.dernier} AS dernier_m, {d.repere} AS repere, {d.horizon} AS horizon"
    )
    lac.duck.execute(
        "CREATE TABLE IF NOT EXISTS mois AS SELECT CAST(r AS INTEGER) AS rang, "
        "last_day(make_date((r - 1) // 12, (r - 1) % 12 + 1, 1)) AS fin_du_mois FROM range(2000 * 12, 2100 * 12) t(r)"
    )
    lac.duck.execute("CREATE TABLE IF NOT EXISTS pas AS SELECT CAST(r AS INTEGER) AS k FROM range(0, 61) t(r)")


def _premier_jour(rang: int) -> date:
    return date((rang - 1) // 12, (rang - 1) % 12 + 1, 1)


def _mois(rang: int) -> str:
    jour = _premier_jour(rang)
    return mois_en_mots(f"{jour:%Y-%m}")


def _places(valeurs: tuple[str, ...]) -> str:
    return ", ".join("?" for _ in valeurs)
