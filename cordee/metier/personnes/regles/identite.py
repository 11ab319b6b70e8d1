"""How two identities are compared: the birth date, the first name, the names, the sex. No verdict here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from cordee.metier.personnes.enums import PrecisionNaissance, Sexe
from cordee.metier.personnes.regles.texte import cle_nom
from cordee.socle.enums import EnumLibelle

_RESSEMBLANCE: Final = 0.8
_GENERATION: Final = 13  # years: from there on, a same day and month are a father's and a son's


class Accord(EnumLibelle):
    """What a comparison says. ``INCONNU``: one side does not know; unknown is never a disagreement."""

    EGAL = "egal", "Identique"
    PROCHE = "proche", "Proche"
    CONTRAIRE = "contraire", "Différent"
    INCONNU = "inconnu", "Inconnu"


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatCivil:
    """The civil identity of a row or of a line of a file."""

    nom: str
    prenom: str
    nom_naissance: str = ""
    autres_prenoms: str = ""
    date_naissance: date | None = None
    precision: PrecisionNaissance = PrecisionNaissance.JOUR
    rang_naissance: int | None = None
    commune_naissance: str = ""
    sexe: Sexe = Sexe.INCONNU


def date_presumee(etat_civil: EtatCivil) -> bool:
    """Whether the birth date tells little: 1 January or 31 December of those born abroad, day or month unknown (R65).

    >>> date_presumee(EtatCivil(nom="A", prenom="B", date_naissance=date(1985, 1, 1)))
    True
    """
    jour = etat_civil.date_naissance
    if jour is None or etat_civil.precision is not PrecisionNaissance.JOUR:
        return True
    return (jour.month, jour.day) in ((1, 1), (12, 31))


def comparer_dates(a: EtatCivil, b: EtatCivil) -> Accord:
    """Birth dates, on what both sides really know. ``PROCHE``: one part differs, or day and month are swapped.

    >>> lea = EtatCivil(nom="X", prenom="Léa", date_naissance=date(1988, 3, 12))
    >>> comparer_dates(lea, EtatCivil(nom="X", prenom="Léa", date_naissance=date(1988, 12, 3))).value
    'proche'
    >>> comparer_dates(lea, EtatCivil(nom="X", prenom="Léa", date_naissance=date(1961, 3, 12))).value
    'contraire'
    """
    if a.date_naissance is None or b.date_naissance is None:
        return Accord.INCONNU
    gauche, droite = _connu(a), _connu(b)
    communs = min(len(gauche), len(droite))
    differents = sum(x != y for x, y in zip(gauche[:communs], droite[:communs], strict=True))
    if differents == 0:
        return Accord.EGAL
    if abs(gauche[0] - droite[0]) >= _GENERATION:
        return Accord.CONTRAIRE
    permutes = communs == 3 and gauche[0] == droite[0] and gauche[1:] == droite[:0:-1]
    return Accord.PROCHE if permutes or (communs == 3 and differents == 1) else Accord.CONTRAIRE


def comparer_prenoms(a: EtatCivil, b: EtatCivil) -> Accord:
    """First names, accents and hyphens aside. ``PROCHE``: a spelling, or one of several first names.

    >>> prenoms = [EtatCivil(nom="X", prenom=p) for p in ("Jean-Pierre", "JEAN PIERRE", "Jean", "Mohamed", "Mohammed")]
    >>> [comparer_prenoms(prenoms[i], prenoms[j]).value for i, j in ((0, 1), (0, 2), (3, 4), (0, 3))]
    ['egal', 'proche', 'proche', 'contraire']
    """
    gauche, droite = cle_nom(a.prenom), cle_nom(b.prenom)
    if not gauche or not droite:
        return Accord.INCONNU
    if gauche == droite:
        return Accord.EGAL
    mots_a = set(gauche.split()) | set(cle_nom(a.autres_prenoms).split())
    mots_b = set(droite.split()) | set(cle_nom(b.autres_prenoms).split())
    if gauche.split()[0] in mots_b or droite.split()[0] in mots_a or _ressemblent(gauche, droite):
        return Accord.PROCHE
    return Accord.CONTRAIRE


def comparer_noms(a: EtatCivil, b: EtatCivil) -> Accord:
    """Names: birth names first, then any of the names of each side (a marriage changes the usual name).

    >>> avant = EtatCivil(nom="Martin", nom_naissance="Martin", prenom="Léa")
    >>> comparer_noms(avant, EtatCivil(nom="Durand", nom_naissance="Martin", prenom="Léa")).value
    'egal'
    >>> comparer_noms(avant, EtatCivil(nom="Martine", prenom="Léa")).value
    'proche'
    """
    noms_a, noms_b = _noms(a), _noms(b)
    if not noms_a or not noms_b:
        return Accord.INCONNU
    if noms_a & noms_b:
        return Accord.EGAL
    if any(_ressemblent(x, y) or _inclus(x, y) for x in noms_a for y in noms_b):
        return Accord.PROCHE
    return Accord.CONTRAIRE


def comparer_sexes(a: EtatCivil, b: EtatCivil) -> Accord:
    """Sexes, when both are known."""
    if Sexe.INCONNU in (a.sexe, b.sexe):
        return Accord.INCONNU
    return Accord.EGAL if a.sexe == b.sexe else Accord.CONTRAIRE


def comparer_valeurs(a: object, b: object) -> Accord:
    """Two values, ``None`` and ``""`` being unknown."""
    if a in (None, "") or b in (None, ""):
        return Accord.INCONNU
    return Accord.EGAL if a == b else Accord.CONTRAIRE


def _connu(e: EtatCivil) -> tuple[int, ...]:
    jour = e.date_naissance
    assert jour is not None  # noqa: S101 - callers have checked
    parts = (jour.year, jour.month, jour.day)
    return parts[: {PrecisionNaissance.ANNEE: 1, PrecisionNaissance.MOIS: 2}.get(e.precision, 3)]


def _noms(e: EtatCivil) -> set[str]:
    return {cle for cle in (cle_nom(e.nom_naissance), cle_nom(e.nom)) if cle}


def _inclus(x: str, y: str) -> bool:
    return set(x.split()) <= set(y.split()) or set(y.split()) <= set(x.split())


@lru_cache(maxsize=4096)
def _ressemblent(x: str, y: str) -> bool:
    return SequenceMatcher(None, x, y, autojunk=False).ratio() >= _RESSEMBLANCE
