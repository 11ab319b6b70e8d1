"""Loading the national repertoire of jobs: streamed, by COPY, as often as one likes. Reference data: no agent acts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml
from django.db import connection, transaction

from cordee.metier.orientation.models import MetierRome, VersionRome
from cordee.metier.orientation.regles.tables_rome import (
    NOM,
    TABLES,
    LigneIllisible,
    RejetRome,
    TableRome,
    Valeurs,
    lignes,
)
from cordee.socle.erreurs import ErreurMetier

DEPART: Final = "départ"
REJETS_GARDES: Final = 1000
PART_MINIMALE: Final = 0.8
"""A table that holds fewer lines than this share of what is known was cut on the way: nothing is changed."""
_VERROU: Final = 0x524F4D45


class RomeRefuse(ErreurMetier):
    """The tables cannot be loaded: nothing was changed."""


@dataclass(slots=True)
class BilanRome:
    """What a load did. ``lignes``: taken, by table; ``retires``: no longer in the tables, marked, never deleted."""

    version: str
    deja_charge: bool = False
    lignes: dict[str, int] = field(default_factory=dict)
    retires: dict[str, int] = field(default_factory=dict)
    absentes: list[str] = field(default_factory=list)
    rejets: list[RejetRome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cible:
    """Where a file goes. ``filtre``: the part of the table that this file speaks of."""

    table: str
    colonnes: tuple[str, ...]
    cle: tuple[str, ...]
    filtre: str = "true"
    lien: bool = False


_CIBLES: Final[dict[str, _Cible]] = {
    "grand_domaine": _Cible("orientation_domainerome", ("code", "libelle"), ("code",), "length(t.code) = 1"),
    "domaine_professionnel": _Cible("orientation_domainerome", ("code", "libelle"), ("code",), "length(t.code) = 3"),
    "referentiel_code_rome": _Cible(
        "orientation_metierrome",
        ("code", "libelle", "code_ogr", "fiche", "parent", "transition_ecologique", "reglemente", "cadre"), ("code",),
    ),
    "referentiel_appellation": _Cible(
        "orientation_appellationrome",
        ("code_ogr", "metier_id", "libelle", "libelle_court", "classification", "peu_usitee"), ("code_ogr",),
    ),
    "referentiel_competence": _Cible(
        "orientation_itemrome", ("code_ogr", "nature", "libelle", "categorie", "sous_categorie", "macro"),
        ("code_ogr",), "t.nature <> 'Contexte de travail'",
    ),
    "referentiel_contexte_travail": _Cible(
        "orientation_itemrome", ("code_ogr", "nature", "libelle", "categorie", "sous_categorie", "macro"),
        ("code_ogr",), "t.nature = 'Contexte de travail'",
    ),
    "coherence_item": _Cible(
        "orientation_itemmetierrome", ("metier_id", "code_ogr", "coeur"), ("metier_id", "code_ogr"), lien=True
    ),
    "rubrique_mobilite": _Cible(
        "orientation_mobiliterome", ("metier_id", "cible_id", "ordre"), ("metier_id", "cible_id"), lien=True
    ),
}  # fmt: skip
# Columns that name a métier: a line that names none that is known is left aside, alone.
_METIERS: Final = {"referentiel_appellation": (1,), "coherence_item": (0,), "rubrique_mobilite": (0, 1)}


@transaction.atomic
def charger_rome(*, dossier: Path, le: datetime) -> BilanRome:
    """Load the official tables of a folder. The same files again change nothing.

    A line that cannot be read is reported with its number and left aside; the others are taken. What the tables no
    longer hold is marked, since projects and experiences of people cite it; a table of which a line was left aside
    retires nothing.

    Raises:
        RomeRefuse: no such folder, a table missing, two versions mixed, or a table that lost a fifth of its lines.
    """
    trouves, version = _fichiers(dossier)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [_VERROU])
    empreinte = _empreinte(trouves.values())
    bilan = BilanRome(version, absentes=[t.nom for t in TABLES if t.nom not in trouves])
    derniere = VersionRome.objects.order_by("-chargee_le", "-pk").first()
    if derniere is not None and derniere.empreinte == empreinte:
        bilan.deja_charge, bilan.lignes = True, dict(derniere.comptes)
        bilan.rejets = [RejetRome(**rejet) for rejet in derniere.rejets]
        return bilan
    premiere = not VersionRome.objects.exclude(version=DEPART).exists()
    for table in TABLES:
        if table.nom in trouves:
            _charger_table(trouves[table.nom], table, bilan, verifier=not premiere)
    VersionRome.objects.create(
        version=version, source=dossier.name[:120], empreinte=empreinte, chargee_le=le, comptes=bilan.lignes,
        rejets=[asdict(r) for r in bilan.rejets[:REJETS_GARDES]],
    )  # fmt: skip
    return bilan


@transaction.atomic
def charger_rome_de_depart(*, le: datetime) -> BilanRome:
    """The few dozen métiers that come with the project, where nothing better was loaded. Can be run again."""
    bilan = BilanRome(DEPART)
    if VersionRome.objects.exists():
        bilan.deja_charge = True
        return bilan
    texte = files("cordee.metier.orientation.donnees").joinpath("rome_depart.yaml").read_text(encoding="utf-8")
    metiers: list[dict[str, Any]] = yaml.safe_load(texte)
    competences = {code: nom for m in metiers for code, nom in (m["competences"] or {}).items()}
    contenu: dict[str, list[Valeurs]] = {
        "referentiel_code_rome": [(m["code"], m["libelle"], m["ogr"], "", "", "", "f", "f") for m in metiers],
        "referentiel_appellation": [
            (code, m["code"], nom, "", "PRINCIPALE" if nom == m["libelle"] else "SYNONYME", "f")
            for m in metiers for code, nom in m["appellations"].items()
        ],
        "referentiel_competence": [(c, "Compétence", nom, "Savoir-faire", "", "") for c, nom in competences.items()],
        "coherence_item": [(m["code"], c, "Principale") for m in metiers for c in (m["competences"] or {})],
    }  # fmt: skip
    for nom, valeurs in contenu.items():
        cible = _CIBLES[nom]
        with connection.cursor() as curseur:
            _preparer(curseur, nom, cible)
            with curseur.copy(f"COPY rome_{nom} ({', '.join(cible.colonnes)}) FROM STDIN") as copie:
                for ligne in valeurs:
                    copie.write_row(ligne)
            bilan.lignes[nom], _ = _verser(curseur, nom, cible, retirer=False)
    VersionRome.objects.create(
        version=DEPART, source="livré avec Cordée", empreinte="", chargee_le=le, comptes=bilan.lignes
    )
    return bilan


def _fichiers(dossier: Path) -> tuple[dict[str, Path], str]:
    if not dossier.is_dir():
        raise RomeRefuse(f"Le dossier « {dossier.name} » n'existe pas.")
    connues = {t.nom for t in TABLES}
    lus = [(f, lu) for f in sorted(dossier.iterdir()) if (lu := NOM.fullmatch(f.name)) and lu["table"] in connues]
    versions = {lu["version"] for _, lu in lus}
    if len(versions) > 1:
        raise RomeRefuse(f"Le dossier mélange les versions {', '.join(sorted(versions))} : gardez-en une.")
    trouves = {lu["table"]: fichier for fichier, lu in lus}
    if manquante := next((t.nom for t in TABLES if t.obligatoire and t.nom not in trouves), None):
        raise RomeRefuse(f"Il manque la table « {manquante} » : unix_{manquante}_v…_utf8.csv.")
    return trouves, f"v{versions.pop()}"


def _empreinte(chemins: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for chemin in chemins:
        with chemin.open("rb") as flux:
            total.update(hashlib.file_digest(flux, "sha256").digest())
    return total.hexdigest()


def _charger_table(chemin: Path, table: TableRome, bilan: BilanRome, *, verifier: bool) -> None:
    cible = _CIBLES[table.nom]
    connus = set(MetierRome.objects.values_list("code", flat=True)) if table.nom in _METIERS else set()
    rejets = 0
    with connection.cursor() as curseur:
        _preparer(curseur, table.nom, cible)
        try:
            with curseur.copy(f"COPY rome_{table.nom} ({', '.join(cible.colonnes)}) FROM STDIN") as copie:
                for lu in lignes(chemin, table):
                    rejet = lu if isinstance(lu, RejetRome) else _orpheline(chemin.name, table.nom, *lu, connus=connus)
                    if rejet is not None:
                        bilan.rejets.append(rejet)
                        rejets += 1
                    elif not isinstance(lu, RejetRome):
                        copie.write_row(lu[1])
        except LigneIllisible as erreur:
            raise RomeRefuse(f"{erreur} Rien n'a été changé.") from None
        if verifier:
            _refuser_une_chute(curseur, table.nom, cible, rejets)
        bilan.lignes[table.nom], bilan.retires[table.nom] = _verser(curseur, table.nom, cible, retirer=not rejets)


def _orpheline(fichier: str, nom: str, numero: int, valeurs: Valeurs, *, connus: set[str]) -> RejetRome | None:
    for rang in _METIERS.get(nom, ()):
        if valeurs[rang] not in connus:
            return RejetRome(fichier, numero, f"le métier {valeurs[rang]} n'est pas dans la table des métiers")
    return None


def _preparer(curseur: Any, nom: str, cible: _Cible) -> None:
    curseur.execute(f"""
        DROP TABLE IF EXISTS rome_{nom};
        CREATE TEMPORARY TABLE rome_{nom} ON COMMIT DROP AS
        SELECT {", ".join(f"t.{c}" for c in cible.colonnes)} FROM {cible.table} t WITH NO DATA
    """)


def _refuser_une_chute(curseur: Any, nom: str, cible: _Cible, rejets: int) -> None:
    en_place = "true" if cible.lien else "NOT t.retire"
    curseur.execute(f"""
        SELECT (SELECT count(*) FROM rome_{nom}), (SELECT count(*) FROM {cible.table} t
        WHERE {cible.filtre} AND {en_place})
    """)
    neuves, connues = curseur.fetchone()
    if neuves + rejets < PART_MINIMALE * connues:
        raise RomeRefuse(
            f"La table « {nom} » n'a que {neuves} lignes pour {connues} connues : le fichier semble coupé. Rien n'a "
            "été changé."
        )


def _verser(curseur: Any, nom: str, cible: _Cible, *, retirer: bool) -> tuple[int, int]:
    """Staged lines into their table. Returns how many were read, how many known ones are no longer there."""
    egales = " AND ".join(f"n.{c} = t.{c}" for c in cible.cle)
    absente = f"{cible.filtre} AND NOT EXISTS (SELECT FROM rome_{nom} n WHERE {egales})"
    retires = 0
    if retirer and cible.lien:
        curseur.execute(f"DELETE FROM {cible.table} t WHERE {absente}")
        retires = curseur.rowcount
    elif retirer:
        curseur.execute(f"UPDATE {cible.table} t SET retire = true WHERE NOT t.retire AND {absente}")
        retires = curseur.rowcount
    autres = [c for c in cible.colonnes if c not in cible.cle]
    plus, valeur = ("", "") if cible.lien else (", retire", ", false")
    pose = [f"{c} = excluded.{c}" for c in autres] + ([] if cible.lien else ["retire = false"])
    ecarts = [f"t.{c} IS DISTINCT FROM excluded.{c}" for c in autres] + ([] if cible.lien else ["t.retire"])
    colonnes = ", ".join(cible.colonnes)
    curseur.execute(f"""
        INSERT INTO {cible.table} AS t ({colonnes}{plus}) SELECT {colonnes}{valeur} FROM rome_{nom}
        ON CONFLICT ({", ".join(cible.cle)}) DO UPDATE SET {", ".join(pose)} WHERE {" OR ".join(ecarts)}
    """)
    curseur.execute(f"SELECT count(*) FROM rome_{nom}")
    return curseur.fetchone()[0], retires
