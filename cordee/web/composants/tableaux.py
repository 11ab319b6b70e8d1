"""Columns, and the sort that lives in the URL (``?tri=nom`` or ``?tri=-nom``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PARAMETRE = "tri"


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: ``champs`` are what ``order_by`` receives (the key itself when empty)."""

    cle: str
    libelle: str
    champs: tuple[str, ...] = ()
    triable: bool = True
    nombre: bool = False
    cachee: bool = False
    """The header is read by screen readers only (a column of buttons, of check boxes)."""


@dataclass(frozen=True, slots=True)
class Tri:
    """The sort in force."""

    cle: str
    decroissant: bool = False

    def __str__(self) -> str:
        return f"-{self.cle}" if self.decroissant else self.cle


def lire_tri(
    parametres: Mapping[str, str], colonnes: Iterable[Colonne], defaut: str, *, parametre: str = PARAMETRE
) -> Tri:
    """The sort asked for in the URL when the column exists and can be sorted, else ``defaut``.

    >>> colonnes = [Colonne("nom", "Nom"), Colonne("actes", "Actes", triable=False)]
    >>> str(lire_tri({"tri": "-nom"}, colonnes, "nom")), str(lire_tri({"tri": "actes"}, colonnes, "-nom"))
    ('-nom', '-nom')
    """
    demande = parametres.get(parametre, "")
    triables = {colonne.cle for colonne in colonnes if colonne.triable}
    choisi = demande if demande.removeprefix("-") in triables else defaut
    return Tri(choisi.removeprefix("-"), choisi.startswith("-"))


def champs_de_tri(tri: Tri, colonnes: Iterable[Colonne], *, dernier: str = "pk") -> list[str]:
    """What to give ``order_by``; ends with ``dernier`` so that pages never overlap.

    >>> champs_de_tri(Tri("nom", True), [Colonne("nom", "Nom", champs=("nom", "prenom"))])
    ['-nom', '-prenom', 'pk']
    """
    colonne = next((c for c in colonnes if c.cle == tri.cle), None)
    champs = (colonne.champs or (colonne.cle,)) if colonne else ()
    return [f"-{champ}" if tri.decroissant else champ for champ in champs] + [dernier]


@dataclass(frozen=True, slots=True)
class Entete:
    """A column header ready to draw: ``sens`` is the value of aria-sort, ``suivant`` the next value of ``?tri=``."""

    colonne: Colonne
    sens: str
    suivant: str


def entetes(colonnes: Iterable[Colonne], tri: Tri | str | None) -> list[Entete]:
    """The headers for a sort in force: the sorted column proposes the other way round."""
    courant = tri if isinstance(tri, Tri) or tri is None else Tri(tri.removeprefix("-"), tri.startswith("-"))
    rendus = []
    for colonne in colonnes:
        actif = courant is not None and courant.cle == colonne.cle and colonne.triable
        sens = ""
        suivant = colonne.cle
        if actif and courant is not None:
            sens = "descending" if courant.decroissant else "ascending"
            suivant = colonne.cle if courant.decroissant else f"-{colonne.cle}"
        rendus.append(Entete(colonne, sens, suivant))
    return rendus
