"""From the database to the lake: only what changed is copied again, and nobody ever reads half a state.

Every table is cut into parts by ranges of its key. The database notes which parts changed (``journal``); those are
copied again, the others stay.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from cordee.pilotage.lac import copie
from cordee.pilotage.lac.changements import depuis_quand
from cordee.pilotage.lac.copie import Chantier, chantier, copier_partie, intacte
from cordee.pilotage.lac.journal import BLOC, Filigrane, changements, filigrane, surveillees
from cordee.pilotage.lac.journal import GARDER as GARDER_LES_NOTES
from cordee.pilotage.lac.manifeste import Manifeste, Partie, dossier_du_lac, ecrire_manifeste, lire_manifeste
from cordee.pilotage.lac.schema import forme
from cordee.pilotage.lac.tables import TABLES, Table
from cordee.socle.horloge import jour
from cordee.socle.verrous import verrou

_DROITS: Final = "personnes_droitfoyer"
GARDER: Final = 600
"""Files that nothing names any more stay that many seconds: a reader may still hold the state before."""


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
    with verrou(dossier / "verrou"), chantier(dossier) as ici, photo() as (base, vu):
        return rafraichir_dans_la_photo(ici, base, vu, le=le, complet=complet)


def rafraichir_dans_la_photo(
    ici: Chantier, base: str, vu: Filigrane, *, le: datetime, complet: bool = False
) -> Rafraichissement:
    """The same, inside a state of the database already held (``photo``), with the lake locked."""
    avant = lire_manifeste(ici.dossier)
    trop_vieux = avant is not None and avant.rafraichi_le < le - GARDER_LES_NOTES
    if avant is not None and (trop_vieux or avant.base != base or avant.schema != forme()):
        avant = None
    resultat = _copier(ici, avant, base=base, vu=vu, le=le, complet=complet or avant is None)
    ecrire_manifeste(ici.dossier, resultat.manifeste)
    _ranger(ici.dossier, resultat.manifeste)
    return resultat


def acquitter(manifeste: Manifeste) -> None:
    """The figures to do again are marked: the lake need not say it any more."""
    if manifeste.a_reprendre is not None:
        ecrire_manifeste(dossier_du_lac(), replace(manifeste, a_reprendre=None))


def _copier(
    ici: Chantier, avant: Manifeste | None, *, base: str, vu: Filigrane, le: datetime, complet: bool
) -> Rafraichissement:
    if complet:
        ici.preparer_les_numeros()
    touchees = changements(avant.filigrane) if avant else {}
    a_l_oeil = surveillees()
    parties: dict[str, dict[str, Partie]] = {}
    par_table: dict[str, int] = {}
    depuis, changees = avant.a_reprendre if avant else date.min, 0
    for table in TABLES:
        connues = dict(avant.parties.get(table.nom, {})) if avant else {}
        a_copier = _parties_a_copier(table, connues, touchees, a_l_oeil, tout=complet)
        copiees = {cle: copier_partie(ici, table, cle) for cle in a_copier}
        par_table[table.nom] = sum(p.lignes for p in copiees.values())
        nouvelles = {cle: p for cle, p in copiees.items() if not _la_meme(ici, connues.get(cle), p, relire=complet)}
        if avant is not None and nouvelles:
            anciennes = [connues[cle].fichier for cle in sorted(nouvelles.keys() & connues.keys())]
            touche = depuis_quand(ici.duck, ici.dossier, table, anciennes, [p.fichier for p in nouvelles.values()])
            depuis = min(filter(None, (depuis, touche)), default=None)
        changees += len(nouvelles)
        parties[table.nom] = {cle: p for cle, p in (connues | nouvelles).items() if p.lignes}
    if avant is not None and _DROITS not in touchees and _DROITS in a_l_oeil:
        premiere, derniere = avant.premiere_photo, avant.derniere_photo
    else:
        premiere, derniere = _photos()
    au = jour(le)
    inchange = avant is not None and not changees and avant.parties.keys() == parties.keys() and avant.au == au
    version = avant.version if avant is not None and inchange else uuid.uuid4().hex
    manifeste = Manifeste(version, base, forme(), au, le, vu, premiere, derniere, depuis, parties)
    return Rafraichissement(manifeste, changees, sum(par_table.values()), depuis, complet, par_table)


def _la_meme(ici: Chantier, connue: Partie | None, copiee: Partie, *, relire: bool) -> bool:
    """Whether a part copied again holds the rows it held: the file of before stays, if it is what it was."""
    if connue is None:
        return not copiee.lignes
    if connue.contenu != copiee.contenu or (relire and not intacte(ici.dossier, connue)):
        return False
    (ici.dossier / copiee.fichier).unlink(missing_ok=True)
    return True


@contextmanager
def photo() -> Iterator[tuple[str, Filigrane]]:
    """One and the same state of the database for all tables. Gives which database it is, and what is seen of it.

    Inside a transaction already begun (tests), its own state is read.
    """
    deja = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as curseur:
        if not deja:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        curseur.execute(
            "SELECT current_database() || '-' || oid || '-' || (SELECT system_identifier FROM pg_control_system()) "
            "FROM pg_database WHERE datname = current_database()"
        )
        (base,) = curseur.fetchone()
        yield str(base), filigrane()


def _parties_a_copier(
    table: Table, connues: Mapping[str, Partie], touchees: Mapping[str, set[int] | None], a_l_oeil: set[str], *,
    tout: bool,
) -> set[str]:  # fmt: skip
    """The parts that may differ from what the lake has. A source that notes nothing is copied whole each time."""
    lues = {table.source} | table.autres_sources
    blocs = touchees.get(table.source, set())
    if tout or not lues <= a_l_oeil or blocs is None or table.autres_sources & touchees.keys():
        return _parties(table) | connues.keys()
    taille = copie.TAILLE_DE_PARTIE
    return {str(cle) for b in blocs for cle in range((b << BLOC) // taille, (((b + 1) << BLOC) - 1) // taille + 1)}


def _parties(table: Table) -> set[str]:
    """The parts that a table has now."""
    partie = f"t.{table.cle} / {copie.TAILLE_DE_PARTIE}" if table.cle else "0"
    ou = f" WHERE {table.ou}" if table.ou else ""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT DISTINCT ({partie})::text FROM {table.source} t{ou}")
        return {cle for (cle,) in curseur.fetchall()}


def _photos() -> tuple[date | None, date | None]:
    """The first day of the rights, and the last end of month: a daily file dates rights too, but shows few of them."""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT min(debut), max(debut) FILTER (WHERE extract(day FROM debut + 1) = 1) FROM {_DROITS}")
        premiere, derniere = curseur.fetchone()
        return premiere, derniere


def _ranger(dossier: Path, manifeste: Manifeste) -> None:
    """Remove the files that no state names any more, once nobody can still be reading them."""
    nommes = {p.fichier for parties in manifeste.parties.values() for p in parties.values()}
    limite = max((f.stat().st_mtime for f in dossier.glob("*.parquet")), default=0) - GARDER
    for fichier in dossier.glob("*.parquet"):
        if fichier.name not in nommes and fichier.stat().st_mtime < limite:
            fichier.unlink(missing_ok=True)
