"""The official tables of the ROME 4.0, line by line: what each column means, what a line must hold. No database.

Files are ``unix_<table>_v<version>_utf8.csv``: comma, double quotes, one record a line (read so, whatever a stray quote
says: one bad line never swallows the next ones).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NOM: Final = re.compile(r"unix_(?P<table>[a-z_]+)_v(?P<version>\d+)_utf8\.csv")
CODE_ROME: Final = re.compile(r"[A-Z]\d{4}")
CODE_OGR: Final = re.compile(r"\d{1,10}")
CODE_DOMAINE: Final = re.compile(r"[A-Z](\d{2})?")
Ligne = dict[str, str]
Valeurs = tuple[str, ...]


class LigneIllisible(ValueError):
    """A line that cannot be taken. The message says why, in French."""


@dataclass(frozen=True, slots=True)
class TableRome:
    """One official file. ``cle``: how many first values make its key; ``lire``: the values of a line, in order."""

    nom: str
    colonnes: tuple[str, ...]
    cle: int
    lire: Callable[[Ligne], Valeurs]
    obligatoire: bool = False


@dataclass(frozen=True, slots=True)
class RejetRome:
    """A line left aside, and why."""

    fichier: str
    ligne: int
    raison: str


def lignes(chemin: Path, table: TableRome) -> Iterator[tuple[int, Valeurs] | RejetRome]:
    """The lines of a file one by one: number and values, or why the line is left aside. Streamed.

    Raises:
        LigneIllisible: a column that the table needs is missing from the first line.
    """
    with chemin.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as flux:
        tetes = _champs(flux.readline())
        if manquantes := [c for c in table.colonnes if c not in tetes]:
            raise LigneIllisible(f"{chemin.name} : colonne absente « {manquantes[0]} ».")
        vues: set[Valeurs] = set()
        for numero, texte in enumerate(flux, start=2):
            if not texte.strip():
                continue
            try:
                valeurs = _valeurs(texte, tetes, table)
                if valeurs[: table.cle] in vues:
                    raise LigneIllisible(f"déjà donnée plus haut ({' '.join(valeurs[: table.cle])})")
            except (LigneIllisible, csv.Error) as erreur:
                raison = str(erreur) if isinstance(erreur, LigneIllisible) else "guillemets mal fermés"
                yield RejetRome(chemin.name, numero, raison)
                continue
            vues.add(valeurs[: table.cle])
            yield numero, valeurs


def _champs(texte: str) -> list[str]:
    return next(csv.reader([texte.rstrip("\r\n")], strict=True), [])


def _valeurs(texte: str, tetes: list[str], table: TableRome) -> Valeurs:
    champs = _champs(texte)
    if len(champs) != len(tetes):
        raise LigneIllisible(f"{len(champs)} colonnes au lieu de {len(tetes)}")
    if any("\udc80" <= c <= "\udcff" or c == "\x00" for c in texte):
        raise LigneIllisible("caractères illisibles (le fichier doit être en UTF-8)")
    return table.lire(dict(zip(tetes, (c.strip() for c in champs), strict=True)))


def _code(ligne: Ligne, colonne: str, forme: re.Pattern[str]) -> str:
    if not forme.fullmatch(ligne[colonne]):
        raise LigneIllisible(f"{colonne} : « {ligne[colonne][:20]} » n'est pas un code")
    return ligne[colonne]


def _texte(ligne: Ligne, colonne: str, longueur: int, *, vide: bool = False) -> str:
    valeur = ligne[colonne]
    if not valeur and not vide:
        raise LigneIllisible(f"{colonne} : rien n'est écrit")
    if len(valeur) > longueur:
        raise LigneIllisible(f"{colonne} : plus de {longueur} caractères")
    return valeur


def _oui(valeur: str) -> str:
    return "t" if valeur == "O" else "f"


def _metier(x: Ligne) -> Valeurs:
    return (
        _code(x, "code_rome", CODE_ROME), _texte(x, "libelle_rome", 300), _texte(x, "code_ogr", 10, vide=True),
        _texte(x, "code_fiche_metier", 10, vide=True), _texte(x, "code_rome_parent", 5, vide=True),
        _texte(x, "transition_eco", 80, vide=True), _oui(x["emploi_reglemente"]), _oui(x["emploi_cadre"]),
    )  # fmt: skip


def _appellation(x: Ligne) -> Valeurs:
    return (
        _code(x, "code_ogr", CODE_OGR), _code(x, "code_rome", CODE_ROME), _texte(x, "libelle_appellation_long", 300),
        _texte(x, "libelle_appellation_court", 300, vide=True), _texte(x, "classification", 20, vide=True),
        _oui(x["peu_usite"]),
    )  # fmt: skip


def _competence(x: Ligne) -> Valeurs:
    return (
        _code(x, "code_ogr", CODE_OGR), _texte(x, "nature", 40), _texte(x, "libelle_competence", 300),
        _texte(x, "cat_comp", 80, vide=True), _texte(x, "sous_cat_comp", 80, vide=True),
        _texte(x, "code_ogr_macro_comp", 10, vide=True),
    )  # fmt: skip


def _contexte(x: Ligne) -> Valeurs:
    libelle, categorie = _texte(x, "libelle_cont_travail", 300), _texte(x, "libelle_type_cont_trav", 80, vide=True)
    return (_code(x, "code_ogr", CODE_OGR), "Contexte de travail", libelle, categorie, "", "")


def _coherence(x: Ligne) -> Valeurs:
    coeur = _texte(x, "coeur_metier", 20, vide=True)
    return (_code(x, "code_rome", CODE_ROME), _code(x, "code_ogr", CODE_OGR), coeur)


def _mobilite(x: Ligne) -> Valeurs:
    if not x["numero_ordre"].isdigit() or len(x["numero_ordre"]) > 3:
        raise LigneIllisible(f"numero_ordre : « {x['numero_ordre'][:20]} » n'est pas un nombre")
    return (_code(x, "code_rome", CODE_ROME), _code(x, "code_rome_cible", CODE_ROME), x["numero_ordre"])


def _domaine(code: str, libelle: str) -> Callable[[Ligne], Valeurs]:
    return lambda x: (_code(x, code, CODE_DOMAINE), _texte(x, libelle, 120))


_ITEM = ("code_ogr",)
TABLES: Final = (
    TableRome("grand_domaine", ("code_grand_domaine", "libelle_grand_domaine"), 1,
              _domaine("code_grand_domaine", "libelle_grand_domaine")),
    TableRome("domaine_professionnel", ("code_domaine_professionnel", "libelle_domaine_professionnel"), 1,
              _domaine("code_domaine_professionnel", "libelle_domaine_professionnel")),
    TableRome("referentiel_code_rome", ("code_rome", "libelle_rome", "code_ogr", "code_fiche_metier",
              "code_rome_parent", "transition_eco", "emploi_reglemente", "emploi_cadre"), 1, _metier,
              obligatoire=True),
    TableRome("referentiel_appellation", ("code_ogr", "code_rome", "libelle_appellation_long",
              "libelle_appellation_court", "classification", "peu_usite"), 1, _appellation, obligatoire=True),
    TableRome("referentiel_competence", ("code_ogr", "nature", "libelle_competence", "cat_comp", "sous_cat_comp",
              "code_ogr_macro_comp"), 1, _competence),
    TableRome("referentiel_contexte_travail", ("code_ogr", "libelle_cont_travail", "libelle_type_cont_trav"), 1,
              _contexte),
    TableRome("coherence_item", ("code_rome", "code_ogr", "coeur_metier"), 2, _coherence),
    TableRome("rubrique_mobilite", ("code_rome", "code_rome_cible", "numero_ordre"), 2, _mobilite),
)  # fmt: skip
"""In the order of loading: what is cited first."""
