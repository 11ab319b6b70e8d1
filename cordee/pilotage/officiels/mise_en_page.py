"""Lines × columns: what the SQL counted put in its printed place, rates and means worked out, gaps said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from cordee.pilotage.officiels.axes import CUMUL
from cordee.pilotage.officiels.entetes import Element, Genre, Modele

VIDE: Final = ""
"""Nothing to say: nobody to make a rate of, a heading."""
NON_ALIMENTE: Final = "x"
HORS_HISTOIRE: Final = "h"
CACHE: Final = "s"
Valeur = float | int | str
Cle = tuple[str, str]


class HorsTableau(ValueError):
    """The SQL counts people in a line or a column that is not printed: a mistake of ours, never left silent."""


@dataclass(slots=True)
class Tableau:
    """A table laid out. ``comptes``: numbers of people by (line, column); ``valeurs``: as sent to the State;
    ``publication``: with what is small hidden (``secret.publier``).
    """

    modele: Modele
    comptes: dict[Cle, int]
    valeurs: dict[Cle, Valeur]
    publication: dict[Cle, Valeur] = field(default_factory=dict)

    def en_json(self) -> dict[str, Any]:
        m = self.modele
        return {
            "code": m.code, "numero": m.numero, "titre": m.titre, "unite": m.unite, "univers": m.univers,
            "source": m.source, "notes": list(m.notes), "mensuel": m.mensuel,
            "lignes": [_en_json(e) for e in m.lignes], "colonnes": [_en_json(e) for e in m.colonnes],
            "valeurs": self._grille(self.valeurs), "publication": self._grille(self.publication),
        }  # fmt: skip

    def _grille(self, valeurs: Mapping[Cle, Valeur]) -> list[list[Valeur]]:
        m = self.modele
        return [[valeurs.get((e.code, c.code), VIDE) for c in m.colonnes] for e in m.lignes]


def mettre_en_page(
    modele: Modele, sommes: Mapping[Cle, float], mois: Sequence[date], *, flux: Callable[[date], bool]
) -> Tableau:
    """Lay a table out.

    Args:
        sommes: what the SQL counted; what it does not name is nought.
        mois: the ends of month that are known, for a monthly table.
        flux: whether movements of that month are known.

    Raises:
        HorsTableau: a line or a column that is not printed.
    """
    _verifier(modele, sommes)
    connus = {f"{au.month:02d}": flux(au) for au in mois}
    if modele.mensuel:
        sommes = _avec_cumul(modele, sommes)
    comptes: dict[Cle, int] = {}
    valeurs: dict[Cle, Valeur] = {}
    for ligne in modele.lignes:
        for colonne in modele.colonnes:
            cle = (ligne.code, colonne.code)
            dite = _dite(modele, ligne, colonne, connus)
            if dite is not None:
                valeurs[cle] = dite
            elif not {Genre.MOYENNE, Genre.TAUX} & {ligne.genre, colonne.genre}:
                comptes[cle] = valeurs[cle] = round(sommes.get(cle, 0))
    tableau = Tableau(modele, comptes, valeurs)
    for ligne in modele.lignes:
        for colonne in modele.colonnes:
            if (ligne.code, colonne.code) not in valeurs:
                valeurs[ligne.code, colonne.code] = _derivee(tableau, ligne, colonne, sommes)
    return tableau


def bases(ligne: Element, colonne: Element) -> tuple[list[Cle], list[Cle]]:
    """The counts that a rate or a mean rests on: (numerators, denominators)."""
    porteur = ligne if ligne.genre in (Genre.TAUX, Genre.MOYENNE) else colonne
    if porteur is ligne:
        return [(c, colonne.code) for c in ligne.num], [(c, colonne.code) for c in ligne.den]
    return [(ligne.code, c) for c in colonne.num], [(ligne.code, c) for c in colonne.den]


def _verifier(modele: Modele, sommes: Mapping[Cle, float]) -> None:
    imprimables = (Genre.COMPTE, Genre.MOYENNE)
    lignes = {e.code for e in modele.lignes if e.genre in imprimables}
    colonnes = {e.code for e in modele.colonnes if e.genre in imprimables}
    perdues = sorted({(li, co) for li, co in sommes if li not in lignes or co not in colonnes})
    if perdues:
        raise HorsTableau(f"{modele.code}: counted but not printed: {perdues[:5]}")


def _avec_cumul(modele: Modele, sommes: Mapping[Cle, float]) -> dict[Cle, float]:
    """The year beside the months: movements add up, stocks do not."""
    flux = {e.code for e in modele.lignes if not e.stock}
    total = dict(sommes)
    for (ligne, _), valeur in sommes.items():
        if ligne in flux:
            total[ligne, CUMUL] = total.get((ligne, CUMUL), 0) + valeur
    return total


def _dite(modele: Modele, ligne: Element, colonne: Element, connus: Mapping[str, bool]) -> str | None:
    """What stands instead of a figure, if anything does."""
    if Genre.TITRE in (ligne.genre, colonne.genre):
        return VIDE
    if Genre.ABSENT in (ligne.genre, colonne.genre):
        return NON_ALIMENTE
    if not modele.mensuel:
        return None
    stock = ligne.stock or (ligne.genre is Genre.TAUX and _de_stock(modele, ligne))
    if colonne.code == CUMUL:
        return VIDE if stock else None
    if colonne.code not in connus or not (stock or connus[colonne.code]):
        return HORS_HISTOIRE
    return None


def _de_stock(modele: Modele, taux: Element) -> bool:
    return any(e.stock for e in modele.lignes if e.code in taux.den)


def _derivee(tableau: Tableau, ligne: Element, colonne: Element, sommes: Mapping[Cle, float]) -> Valeur:
    num, den = bases(ligne, colonne)
    base = sum(tableau.comptes.get(cle, 0) for cle in den)
    if not base:
        return VIDE
    if Genre.MOYENNE in (ligne.genre, colonne.genre):
        return round(sommes.get((ligne.code, colonne.code), 0) / base, 1)
    return round(100 * sum(tableau.comptes.get(cle, 0) for cle in num) / base, 1)


def _en_json(e: Element) -> dict[str, Any]:
    return {"code": e.code, "libelle": e.libelle, "definition": e.definition, "niveau": e.niveau, "genre": str(e.genre)}
