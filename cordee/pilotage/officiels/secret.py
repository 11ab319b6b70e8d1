"""The version that may be published: no cell of less than eleven people, none found by subtraction (V9).

The State is sent the whole table. Tables of one perimeter that share lines and columns are hidden together: what one
hides, the other does not give back.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from cordee.pilotage.enums import Secret
from cordee.pilotage.officiels.axes import CUMUL
from cordee.pilotage.officiels.entetes import Element, Genre
from cordee.pilotage.officiels.mise_en_page import CACHE, Cle, Tableau, bases
from cordee.pilotage.secret import SEUIL_PUBLICATION, a_cacher, petit

Caches = Mapping[Hashable, Secret]


class TableauxContraires(ValueError):
    """Two tables of one perimeter disagree: a mistake of ours, never sent."""


def publier(tableaux: Sequence[Tableau], seuil: int = SEUIL_PUBLICATION) -> None:
    """Fill ``publication`` of each table.

    Raises:
        TableauxContraires: two tables give two numbers for the same people.
    """
    effectifs = _effectifs(tableaux)
    groupes = [groupe for t in tableaux for groupe in _groupes(t)]
    caches = a_cacher(effectifs, groupes, seuil=seuil)
    for t in tableaux:
        for ligne in t.modele.lignes:
            for colonne in t.modele.colonnes:
                cle = (ligne.code, colonne.code)
                cachee = _nom(t, cle) in caches if cle in t.comptes else _derivee_cachee(t, ligne, colonne, caches)
                t.publication[cle] = CACHE if cachee else t.valeurs[cle]


def _effectifs(tableaux: Sequence[Tableau]) -> dict[Hashable, int]:
    """Every count under its name, once."""
    effectifs: dict[Hashable, int] = {}
    for t in tableaux:
        for cle, n in t.comptes.items():
            nom = _nom(t, cle)
            if effectifs.setdefault(nom, n) != n:
                raise TableauxContraires(f"{t.modele.code}: {cle} is {n} here and {effectifs[nom]} in another table")
    return effectifs


def _nom(t: Tableau, cle: Cle) -> Hashable:
    """Under which name a count is known: the same in all tables by profile of one perimeter."""
    m = t.modele
    return (m.perimetre, m.unite, *cle) if m.par_profil else (m.code, *cle)


def _groupes(t: Tableau) -> Iterator[tuple[Hashable, list[Hashable]]]:
    """A total and its parts, in each column for the lines, in each line for the columns; a year and its months."""
    lignes = [e.code for e in t.modele.lignes if e.genre is Genre.COMPTE]
    colonnes = [e.code for e in t.modele.colonnes if e.genre is Genre.COMPTE]
    for sens, tout, parties in t.modele.parties:
        if sens == "lignes":
            familles = [((tout, c), [(p, c) for p in parties]) for c in colonnes]
        else:
            familles = [((ligne, tout), [(ligne, p) for p in parties]) for ligne in lignes]
        yield from (_nomme(t, *famille) for famille in familles if famille[0] in t.comptes)
    if t.modele.mensuel:
        mois = [c for c in colonnes if c != CUMUL]
        yield from (_nomme(t, (li, CUMUL), [(li, m) for m in mois]) for li in lignes if (li, CUMUL) in t.comptes)


def _nomme(t: Tableau, tout: Cle, parties: list[Cle]) -> tuple[Hashable, list[Hashable]]:
    return _nom(t, tout), [_nom(t, p) for p in parties if p in t.comptes]


def _derivee_cachee(t: Tableau, ligne: Element, colonne: Element, caches: Caches) -> bool:
    """A rate or a mean is hidden with what it rests on, and when it would tell of too few."""
    if not isinstance(t.valeurs[ligne.code, colonne.code], int | float):
        return False
    num, den = bases(ligne, colonne)
    if any(_nom(t, cle) in caches for cle in (*num, *den)):
        return True
    base, dessus = sum(t.comptes.get(c, 0) for c in den), sum(t.comptes.get(c, 0) for c in num)
    petits = (base, dessus, base - dessus) if num else (base,)
    return any(petit(n, SEUIL_PUBLICATION) for n in petits)
