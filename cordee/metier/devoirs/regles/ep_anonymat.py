"""A file as members see it: nobody can be recognised, even in a small commune (V6).

Traits are bands, never values; they are shown only while at least *k* people share them (k-anonymity).
What makes a person rare is hidden first: her sector, then a finer age, then her household. A free text is searched for
what would name her: it is the secretary who rewrites it, never the machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

MASQUE: Final = ""
_BANDES: Final = ((0, 25, "moins de 25 ans"), (25, 35, "25 à 34 ans"), (35, 45, "35 à 44 ans"),
                  (45, 55, "45 à 54 ans"), (55, 200, "55 ans ou plus"))  # fmt: skip
LARGE: Final = {
    "moins de 25 ans": "moins de 35 ans", "25 à 34 ans": "moins de 35 ans", "35 à 44 ans": "35 ans ou plus",
    "45 à 54 ans": "35 ans ou plus", "55 ans ou plus": "35 ans ou plus",
}  # fmt: skip
_SEULES: Final = frozenset({"ABA", "CEL", "DIV", "ISO", "SEF", "SEL", "VEU"})
_EN_COUPLE: Final = frozenset({"MAR", "PAC", "RPA", "RVC", "RVM", "VIM"})
_LETTRES_MINIMUM: Final = 3
_FORMES: Final = (
    ("une adresse électronique", re.compile(r"[\w.+-]+@[\w-]+\.\w+")),
    ("un numéro de téléphone", re.compile(r"(?<!\d)(?:\+33|0)\s?[1-9](?:[\s.-]?\d\d){4}(?!\d)")),
    ("un long numéro", re.compile(r"(?<!\d)\d(?:\s?\d){6,}(?!\d)")),
    ("une date complète", re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d(?!\d)")),
    ("une adresse", re.compile(r"\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|allee|impasse|"
                               r"chemin|square|quai|villa|cite|residence)\b")),
    ("un nom après une civilité", re.compile(r"\b(?:mme|mlle|madame|mademoiselle|monsieur|m\.)\s+[a-z]\S*")),
    ("un employeur", re.compile(r"\b(?:sarl|sas|sasu|eurl|scop|societe|entreprise|magasin|restaurant)\s+[a-z]\S*")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """What is told of a person; an empty text is a trait that is not told."""

    age: str = MASQUE
    secteur: str = MASQUE
    foyer: str = MASQUE
    voie: str = MASQUE


@dataclass(frozen=True, slots=True)
class Apparence:
    """Traits safe to show, how many people share them, and whether something had to be hidden."""

    traits: Traits
    effectif: int
    reduits: bool


def tranche_d_age(naissance: date | None, au: date) -> str:
    """Her age as a band.

    >>> tranche_d_age(date(1990, 6, 2), date(2026, 6, 1)), tranche_d_age(None, date(2026, 6, 1))
    ('35 à 44 ans', '')
    """
    if naissance is None:
        return MASQUE
    ans = au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))
    return next(nom for debut, fin, nom in _BANDES if max(ans, 0) < fin and max(ans, 0) >= debut)


def composition(situation_familiale: str, enfants: int | None) -> str:
    """Her household in five words or less, from the codes of the paying body.

    >>> composition("MAR", 2), composition("CEL", 0), composition("???", 1)
    ('couple avec enfants', 'personne seule', '')
    """
    qui = "couple" if situation_familiale in _EN_COUPLE else "personne seule" if situation_familiale in _SEULES else ""
    return f"{qui} avec enfants" if qui and enfants else qui


def echelle(traits: Traits) -> tuple[Traits, ...]:
    """From the most telling description to the least: sector, fine age, household, path, then age itself go away."""
    sans_secteur = replace(traits, secteur=MASQUE)
    large = replace(sans_secteur, age=LARGE.get(traits.age, traits.age))
    sans_foyer = replace(large, foyer=MASQUE)
    sans_voie = replace(sans_foyer, voie=MASQUE)
    return (traits, sans_secteur, large, sans_foyer, sans_voie, Traits())


def compter(montres: Traits, effectifs: Mapping[Traits, int]) -> int:
    """How many people answer a description: hidden traits answer to everybody, a wide age to its bands.

    >>> compter(Traits(age="moins de 35 ans"), {Traits("25 à 34 ans", "Nord"): 3, Traits("55 ans ou plus", "Nord"): 9})
    3
    """
    return sum(nombre for autres, nombre in effectifs.items() if _repond(autres, montres))


def apparence(traits: Traits, effectifs: Mapping[Traits, int], *, k: int) -> Apparence:
    """The most telling description that at least ``k`` people share.

    >>> rare, courante = (Traits("25 à 34 ans", secteur, "couple", "Emploi") for secteur in ("Nord", "Sud"))
    >>> a = apparence(rare, {rare: 2, courante: 8}, k=5)
    >>> a.traits.secteur, a.traits.age, a.effectif, a.reduits
    ('', '25 à 34 ans', 10, True)
    """
    for rang, montres in enumerate(echelle(traits)):
        effectif = compter(montres, effectifs)
        if effectif >= k or montres == Traits():
            return Apparence(montres, effectif, rang > 0 and montres != traits)
    raise AssertionError("the ladder ends on nothing shown")


def _repond(autres: Traits, montres: Traits) -> bool:
    if montres.age and montres.age not in (autres.age, LARGE.get(autres.age)):
        return False
    return all(not vu or vu == lu for vu, lu in (
        (montres.secteur, autres.secteur), (montres.foyer, autres.foyer), (montres.voie, autres.voie),
    ))  # fmt: skip


def fuites(texte: str, interdits: Iterable[str]) -> list[str]:
    """What, in a text, would let a member recognise the person; empty when it can be shown.

    Args:
        interdits: names that may not appear (hers, her household's, her commune, her employers…).

    >>> fuites("Née le 02/03/1990, elle vit à Rungis avec M. Fictif.", ["Rungis", "Fictif"])
    ['« Rungis »', '« Fictif »', 'une date complète', 'un nom après une civilité']
    >>> fuites("Elle a manqué deux ateliers et garde ses enfants seule.", ["Rungis", "An"])
    []
    """
    plat = _plat(texte)
    mots = [mot for mot in dict.fromkeys(i.strip() for i in interdits) if len(_plat(mot)) >= _LETTRES_MINIMUM]
    trouves = [f"« {mot} »" for mot in mots if re.search(rf"(?<!\w){re.escape(_plat(mot))}(?!\w)", plat)]
    return trouves + [nom for nom, forme in _FORMES if forme.search(plat)]


def _plat(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte).lower().replace("’", "'")
    return "".join(c for c in decompose if not unicodedata.combining(c))
