"""Reading a table with a mapping: where its titles are, which columns count, one line after the other. No database."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.ouverture import debut, ouvrir_texte
from cordee.echanges.partenaires.champs import Champ, OrdreDates, cle_colonne
from cordee.echanges.partenaires.chargement import LIGNES_MAX, Lue
from cordee.echanges.partenaires.valeurs import Brut, CorrespondanceInadaptee, Total, comprendre, texte
from cordee.echanges.tableurs import classeurs

PREMIERES: Final = 30
COLONNES_MAX: Final = 200
SEPARATEURS: Final = ";,\t|"
_LIGNE_MAX: Final = 64 * 1024
_MAGIES: Final = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read: ``colonnes`` gives the name of a column for each field (``champs.Champ``)."""

    colonnes: Mapping[str, str]
    feuille: str = ""
    ligne_entete: int = 1
    ordre: OrdreDates = OrdreDates.JMA


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet and its first rows, as texts. A text file has one, without a name."""

    nom: str
    premieres: tuple[tuple[str, ...], ...]

    @property
    def entete_probable(self) -> int:
        """Row of the titles, counted from 1: the first of those with the most words, before the figures.

        >>> Feuille("", (("Suivi de mars",), ("Nom", "Prénom", "Né le"), ("A", "B", "01/02/1990"))).entete_probable
        2
        """
        notes = [sum(bool(c) and not c[:1].isdigit() for c in ligne) for ligne in self.premieres[:20]]
        return notes.index(max(notes)) + 1 if notes else 1

    def entetes(self, ligne: int) -> list[str]:
        """The titles of a row, without blanks nor repetitions."""
        if not 1 <= ligne <= len(self.premieres):
            return []
        return list(dict.fromkeys(c for c in self.premieres[ligne - 1] if c))


def reconnaitre(chemin: Path) -> list[Feuille]:
    """The sheets of a table and their first rows.

    Raises:
        FichierRefuse: it cannot be opened, or is no table.
    """
    feuilles = []
    source = _Source(chemin)
    for nom in source.noms:
        lignes = islice(source.lignes(nom), PREMIERES)
        premieres = tuple(tuple(texte(c) for c in cellules[:COLONNES_MAX]) for _, cellules in lignes)
        feuilles.append(Feuille(nom, premieres))
    if not any(len(ligne) > 1 for feuille in feuilles for ligne in feuille.premieres):
        raise FichierRefuse("Ce fichier n'a pas la forme d'un tableau : au moins deux colonnes sont attendues.")
    return feuilles


def lire(chemin: Path, plan: Plan, *, limite: date) -> Iterator[Lue]:
    """The lines under the titles, in order, then a ``Total``. Empty rows are no lines.

    Raises:
        CorrespondanceInadaptee: a column of the mapping is missing, or the sheet is.
        FichierRefuse: the file cannot be read to its end.
    """
    source = _Source(chemin)
    lignes = source.lignes(source.choisir(plan.feuille))
    rangs = _trouver_entete(lignes, plan)
    lus = 0
    for numero, cellules in lignes:
        if not any(texte(c) for c in cellules):
            continue
        lus += 1
        if lus > LIGNES_MAX:
            raise FichierRefuse(f"Le tableau dépasse {LIGNES_MAX} lignes : vérifiez sa provenance.")
        valeurs: dict[Champ, Brut] = {
            champ: cellules[rang] if rang < len(cellules) else None for champ, rang in rangs.items()
        }
        yield comprendre(valeurs, rang=lus, ligne=numero, limite=limite, ordre=plan.ordre)
    yield Total(lus=lus)


# Parts --------------------------------------------------------------------------------------------------------------
def _trouver_entete(lignes: Iterator[tuple[int, list[Brut]]], plan: Plan) -> dict[Champ, int]:
    """Read up to the row of titles, and say where each field stands. A title added above does not matter."""
    voulues = {Champ(cle): cle_colonne(nom) for cle, nom in plan.colonnes.items() if nom}
    manquent: set[str] = set()
    for numero, cellules in islice(lignes, max(plan.ligne_entete, 1) + PREMIERES):
        noms = [cle_colonne(texte(c)) for c in cellules[:COLONNES_MAX]]
        absentes = {plan.colonnes[champ] for champ, nom in voulues.items() if nom not in noms}
        if not absentes:
            return {champ: noms.index(nom) for champ, nom in voulues.items()}
        if numero == plan.ligne_entete or not manquent:
            manquent = absentes
    quelles = ", ".join(f"« {nom} »" for nom in sorted(manquent)) or "toutes"
    raise CorrespondanceInadaptee(
        f"Ce tableau n'a pas les colonnes de la correspondance. Manquent : {quelles}."[:300]
        + " Dites comment le lire, ou redemandez le fichier."
    )


class _Source:
    """A table, opened once: the names of its sheets, and their lines."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin
        self._classeur = classeurs.ouvrir(chemin) if debut(chemin, 8).startswith(_MAGIES) else None
        self.noms = self._classeur.feuilles if self._classeur else [""]
        if not self.noms:
            raise FichierRefuse("Ce classeur n'a aucune feuille.")

    def choisir(self, voulue: str) -> str:
        """The sheet of the mapping; the first when it names none, the only one whatever its name."""
        if voulue in self.noms:
            return voulue
        if voulue and len(self.noms) > 1:
            raise CorrespondanceInadaptee(f"La feuille « {voulue[:40]} » manque dans le classeur.")
        return self.noms[0]

    def lignes(self, feuille: str) -> Iterator[tuple[int, list[Brut]]]:
        if self._classeur is not None:
            yield from self._classeur.lignes(feuille)
            return
        with ouvrir_texte(self._chemin) as flux:
            premieres = list(islice(_bornees(flux), 20))
            separateur = max(SEPARATEURS, key=lambda s: sum(ligne.count(s) for ligne in premieres))
            lecteur = csv.reader(_suite(premieres, flux), delimiter=separateur)
            try:
                for cellules in lecteur:
                    yield lecteur.line_num, list[Brut](cellules)
            except csv.Error:
                raise FichierRefuse(
                    f"Le tableau n'est pas lisible à partir de la ligne {lecteur.line_num} (guillemet non fermé ?)."
                ) from None


def _suite(premieres: list[str], flux: TextIO) -> Iterator[str]:
    yield from premieres
    yield from _bornees(flux)


def _bornees(flux: TextIO) -> Iterator[str]:
    while ligne := flux.readline(_LIGNE_MAX + 1):
        if len(ligne) > _LIGNE_MAX:
            raise FichierRefuse("Une ligne du fichier est démesurée : ce n'est pas un tableau lisible.")
        yield ligne.replace("\0", " ").replace("\x1a", " ")
