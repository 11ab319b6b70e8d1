"""The header of a table's SQL file: what is printed around its figures, and which figures must add up.

A line or a column is written « code | libellé | définition ». Before the code: ``>`` one level inside, ``^`` a stock
(no yearly total), ``#`` a heading alone, ``x`` cannot be fed (the definition says why), ``=`` a rate
(« code | libellé | a + b / c | définition »), ``~`` a mean whose SQL gives the sum, and its base
(« code | libellé | base | définition »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from cordee.pilotage.officiels.axes import AXES, CUMUL, MOIS, TOTAL, natures
from cordee.reglementation.sdd import PerimetreSdd

DOSSIER: Final = Path(__file__).resolve().parent / "tableaux"
OBLIGATOIRES: Final = ("code", "famille", "numero", "titre", "unite", "perimetre", "source")
LISTES: Final = ("lignes", "colonnes", "parties", "notes")
FAMILLES: Final[Mapping[str, str]] = {
    "drees": "DREES : orientation et accompagnement",
    "ministere": "Ministère : questionnaire annuel",
    "pauvrete": "Stratégie pauvreté : suivi mensuel",
}
_CHAMP: Final = re.compile(r"^-- (?P<nom>[a-z]+):(?: (?P<valeur>.*))?$")
_ELEMENT: Final = re.compile(r"^--   (?P<texte>\S.*)$")
_SUITE: Final = re.compile(r"^--       (?P<texte>\S.*)$")
_MARQUES: Final = re.compile(r"^(?P<marques>(?:[\^>#=~] ?|x )*)(?P<reste>.*)$")


class Genre(StrEnum):
    """What a line or a column holds."""

    COMPTE = "compte"
    MOYENNE = "moyenne"
    TAUX = "taux"
    TITRE = "titre"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Element:
    """One line or one column. ``num``, ``den``: codes a rate or a mean (``den`` alone) is worked out from.

    ``stock``: no total over the year. ``axe``: the axis it is a class of.
    """

    code: str
    libelle: str
    definition: str = ""
    niveau: int = 0
    genre: Genre = Genre.COMPTE
    num: tuple[str, ...] = ()
    den: tuple[str, ...] = ()
    stock: bool = False
    axe: str = ""


@dataclass(frozen=True, slots=True)
class Modele:
    """One table as it is laid out. ``parties``: (« lignes » or « colonnes », a total, its parts)."""

    code: str
    famille: str
    numero: str
    titre: str
    unite: str
    perimetre: str
    source: str
    lignes: tuple[Element, ...]
    colonnes: tuple[Element, ...]
    parties: tuple[tuple[str, str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    sql: str

    @property
    def mensuel(self) -> bool:
        return self.colonnes[-1].code == CUMUL

    @property
    def par_profil(self) -> bool:
        return any(e.axe for e in self.lignes)

    @property
    def univers(self) -> str:
        """The perimeter in words (E30)."""
        if self.perimetre in set(PerimetreSdd):
            return PerimetreSdd(self.perimetre).libelle
        return self.perimetre[0].upper() + self.perimetre[1:]


@cache
def modeles() -> dict[str, Modele]:
    """Every table by code, in the order of the families and of their numbers."""
    lus = [lire(f.read_text("utf-8"), nom=f.stem) for f in sorted(DOSSIER.glob("*.sql"))]
    rang = list(FAMILLES)
    return {m.code: m for m in sorted(lus, key=lambda m: (rang.index(m.famille), m.numero))}


def de_la_famille(famille: str) -> list[Modele]:
    return [m for m in modeles().values() if m.famille == famille]


def lire(texte: str, *, nom: str) -> Modele:
    """Read one file.

    Raises:
        ValueError: a field is missing or malformed, or a part that is no line: the file is a mistake of ours.
    """
    champs, listes = _champs(texte)
    if any(not champs.get(c) for c in OBLIGATOIRES) or champs["code"] != nom or champs["famille"] not in FAMILLES:
        raise ValueError(f"tableaux/{nom}.sql: missing or wrong field")
    if inconnus := (champs.keys() | listes.keys()) - {*OBLIGATOIRES, *LISTES}:
        raise ValueError(f"tableaux/{nom}.sql: unknown field {sorted(inconnus)}")
    lignes, colonnes = _elements(listes["lignes"]), _elements(listes["colonnes"])
    modele = Modele(
        **{c: champs[c] for c in OBLIGATOIRES}, lignes=lignes, colonnes=colonnes,
        parties=(*_des_axes(lignes), *map(_partie, listes.get("parties", ()))),
        notes=tuple(listes.get("notes", ())), sql=texte.rstrip().rstrip(";"),
    )  # fmt: skip
    _verifier(modele)
    return modele


def _champs(texte: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    champs: dict[str, str] = {}
    listes: dict[str, list[str]] = {}
    nom = ""
    for ligne in texte.splitlines():
        if not ligne.startswith("--"):
            break
        if lu := _CHAMP.match(ligne):
            nom = lu["nom"]
            if lu["valeur"] is None:
                listes[nom] = []
            else:
                champs[nom] = lu["valeur"].strip()
        elif lu := _SUITE.match(ligne):
            if listes.get(nom):
                listes[nom][-1] += " " + lu["texte"].strip()
            else:
                champs[nom] += " " + lu["texte"].strip()
        elif lu := _ELEMENT.match(ligne):
            listes[nom].append(lu["texte"].strip())
    return champs, listes


def _elements(textes: Sequence[str]) -> tuple[Element, ...]:
    return tuple(element for texte in textes for element in _element(texte))


def _element(texte: str) -> Iterator[Element]:
    if texte.startswith("@"):
        yield from _partage(texte[1:])
        return
    lu = _MARQUES.match(texte)
    marques, morceaux = (lu["marques"] if lu else ""), [m.strip() for m in (lu["reste"] if lu else texte).split("|")]
    niveau, stock = marques.count(">"), "^" in marques
    if "#" in marques:
        yield Element(f"titre_{morceaux[0]}", morceaux[0], genre=Genre.TITRE)
    elif "=" in marques:
        code, libelle, formule, definition = morceaux
        num, _, den = formule.partition(" / ")
        yield Element(code, libelle, definition, niveau, Genre.TAUX, _somme(num), _somme(den), stock)
    elif "~" in marques:
        code, libelle, base, definition = morceaux
        yield Element(code, libelle, definition, niveau, Genre.MOYENNE, (), (base,), stock)
    else:
        code, libelle, definition = morceaux
        genre = Genre.ABSENT if "x" in marques else Genre.COMPTE
        yield Element(code, libelle, definition, niveau, genre, stock=stock)


def _partage(nom: str) -> Iterator[Element]:
    """What « @nom » stands for."""
    if nom == TOTAL:
        yield Element(TOTAL, "Ensemble")
    elif nom == "mois":
        yield from (Element(code, libelle) for code, libelle in MOIS.items())
    elif nom.startswith("natures_"):
        yield from (
            Element(f"nature.{c}", libelle, "Au moins une action de cette nature", 1)
            for c, libelle in natures(nom.removeprefix("natures_")).items()
        )
    else:
        titre, classes = AXES[nom]
        yield Element(f"titre_{nom}", titre, genre=Genre.TITRE)
        yield from (Element(f"{nom}.{c}", libelle, niveau=1, axe=nom) for c, libelle in classes.items())


def _des_axes(lignes: Sequence[Element]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The classes of each axis make the total."""
    for axe in dict.fromkeys(e.axe for e in lignes if e.axe):
        yield "lignes", TOTAL, tuple(e.code for e in lignes if e.axe == axe)


def _partie(texte: str) -> tuple[str, str, tuple[str, ...]]:
    sens, _, egalite = texte.partition(": ")
    tout, _, parties = egalite.partition(" = ")
    return sens, tout, _somme(parties)


def _somme(texte: str) -> tuple[str, ...]:
    return tuple(t.strip() for t in texte.split(" + "))


def _verifier(modele: Modele) -> None:
    codes = {"lignes": {e.code for e in modele.lignes}, "colonnes": {e.code for e in modele.colonnes}}
    for sens, tout, parties in modele.parties:
        if inconnus := {tout, *parties} - codes[sens]:
            raise ValueError(f"tableaux/{modele.code}.sql: parts of {sens} unknown: {sorted(inconnus)}")
    for elements in (modele.lignes, modele.colonnes):
        connus = {e.code for e in elements if e.genre is Genre.COMPTE}
        for e in elements:
            if inconnus := {*e.num, *e.den} - connus:
                raise ValueError(f"tableaux/{modele.code}.sql: {e.code} rests on {sorted(inconnus)}")
        if len({e.code for e in elements}) != len(elements):
            raise ValueError(f"tableaux/{modele.code}.sql: a code twice")
