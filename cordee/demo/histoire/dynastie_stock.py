"""The stock at 2021-12-31, drawn on quotas: each household number has its stratum, so that published counts are exact.

Exact at any size (nearest whole number): persons subject, women, open households, ages, persons with children, five
communes. Shares of kinds are estimates. Source: PDIE 2023-2027 (F001 to F013, F021 to F025, F035).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from random import Random
from typing import Final, NamedTuple, TypeVar

from cordee.demo.modele import Commune
from cordee.demo.tirage import AGES, MOTIFS, PART_AGES, repartition, tirer

T = TypeVar("T")

PERSONNES: Final = 47_265
"""Persons subject to rights and duties at 2021-12-31: full size."""
FOYERS: Final = 45_000
FEMMES: Final = 23_748
PART_UN_AN: Final = 0.85
PART_CINQ_ANS: Final = 0.40
HORS_DEPARTEMENT, ETRANGER = -1, -2
_PART_HORS: Final = {HORS_DEPARTEMENT: 0.4, ETRANGER: 0.1}
_ATTENTES: Final = 0.007
"""Requests not decided yet (état 0), beside the open households. Hypothesis."""
# Persons subject by kind of household and by number of adults subject in it (hypothesis within the published 40.8 %).
_PARTS: Final = {
    ("parent_isole", 1): 0.253, ("couple_enfants", 2): 0.145, ("couple_enfants", 1): 0.010,
    ("couple", 2): 0.056, ("couple", 1): 0.004,
}  # fmt: skip
_SANS_SOUMIS: Final = {"isole": 0.56, "parent_isole": 0.28, "couple_enfants": 0.12, "couple": 0.04}
_FEMMES_PARENTS_ISOLES: Final = 0.93
_SUSPENDUS: Final = {"4": 0.042, "3": 0.016}
_RESSOURCES_TROP_HAUTES: Final = 0.30
"""Among the households without anyone subject: payment stopped for too high resources (état 4, motive 01)."""
_AGES_60: Final = (9, 9, 7, 6, 4, 3, 1.5)
# Motives that wait for an act of the Département are left to the last files: nothing was asked before them.
MOTIFS_HISTOIRE: Final[dict[str, Mapping[str, float]]] = {
    "3": {m: p for m, p in MOTIFS["3"].items() if m not in {"GJ", "GK"}},
    "4": {m: p for m, p in MOTIFS["4"].items() if m not in {"CV", "CG", "01"}},
}


class Strate(NamedTuple):
    """What is settled beforehand of a household of the stock. ``anciennete``: 0 under a year, 1 to five years, 2 more.

    ``commune``: rank among the communes, or one of ``HORS_DEPARTEMENT``, ``ETRANGER``.
    """

    genre: str
    soumis: tuple[bool, ...]
    sexes: tuple[str, ...]
    ages: tuple[int, ...]
    anciennete: int = 1
    commune: int = 0
    etat: str = "2"
    motif: str = ""


def foyers_ouverts(personnes: int) -> int:
    """Open households for so many persons subject (45,000 for 47,265)."""
    return max(round(FOYERS * personnes / PERSONNES), 1)


def en_attente(personnes: int) -> int:
    """Households of the stock whose request is not decided."""
    return round(_ATTENTES * foyers_ouverts(personnes))


def quotas(parts: Mapping[T, float], total: int) -> dict[T, int]:
    """Whole numbers in these proportions, whose sum is ``total`` (largest remainders).

    >>> quotas({"a": 2, "b": 1}, 10)
    {'a': 7, 'b': 3}
    """
    somme = sum(parts.values())
    exacts = {cle: part / somme * total for cle, part in parts.items()}
    entiers = {cle: int(exact) for cle, exact in exacts.items()}
    reste = total - sum(entiers.values())
    for cle in sorted(exacts, key=lambda c: entiers[c] - exacts[c])[:reste]:
        entiers[cle] += 1
    return entiers


def repartir(personnes: int, graine: int, communes: Sequence[Commune]) -> tuple[Strate, ...]:
    """The stratum of each open household of the stock, in the order of their numbers."""
    alea = Random(f"{graine}:stock:{personnes}")  # noqa: S311 - a demonstration, not a secret
    strates = _composer(alea, personnes)
    alea.shuffle(strates)
    anciennetes = _anciennetes(alea, strates, personnes)
    lieux = _lieux(alea, len(strates), communes)
    etats = _etats(alea, strates)
    return tuple(
        s._replace(anciennete=a, commune=c, etat=e, motif=m)
        for s, a, c, (e, m) in zip(strates, anciennetes, lieux, etats, strict=True)
    )


def _comptes(personnes: int) -> dict[tuple[str, int], int]:
    """Households by kind and number of adults subject; their persons make ``personnes`` exactly."""
    comptes = {(genre, n): round(part * personnes / n) for (genre, n), part in _PARTS.items()}
    comptes["isole", 1] = personnes - sum(nombre * n for (_, n), nombre in comptes.items())
    vides = max(foyers_ouverts(personnes) - sum(comptes.values()), 0)
    comptes.update({(genre, 0): nombre for genre, nombre in quotas(_SANS_SOUMIS, vides).items()})
    return comptes


def _composer(alea: Random, personnes: int) -> list[Strate]:
    comptes = _comptes(personnes)
    strates: list[Strate] = []
    for (genre, soumis), nombre in comptes.items():
        if genre.startswith("couple"):
            strates += [_couple(alea, genre, soumis) for _ in range(nombre)]
        elif not soumis:
            strates += [_seul_non_soumis(alea, genre) for _ in range(nombre)]
    vus = [(age, sexe) for s in strates for age, sexe, oui in zip(s.ages, s.sexes, s.soumis, strict=True) if oui]
    femmes = round(FEMMES * personnes / PERSONNES) - sum(sexe == "2" for _, sexe in vus)
    isoles, parents = comptes["isole", 1], comptes["parent_isole", 1]
    par_age = _ages_des_seuls([age for age, _ in vus], personnes, isoles, parents)
    meres = min(round(_FEMMES_PARENTS_ISOLES * parents), femmes)
    strates += _seuls(alea, "parent_isole", par_age["parent_isole"], meres)
    strates += _seuls(alea, "isole", par_age["isole"], min(max(femmes - meres, 0), isoles))
    return strates


def _couple(alea: Random, genre: str, soumis: int) -> Strate:
    age = age_dans(alea, alea.choices(AGES, repartition()[genre])[0])
    sexe = alea.choice("12")
    autre = ("1" if sexe == "2" else "2") if alea.random() < 0.97 else sexe
    ages = (age, min(max(round(alea.gauss(age, 4)), 20), 66))
    drapeaux = {2: (True, True), 1: (True, False), 0: (False, False)}[soumis]
    return Strate(genre, drapeaux if alea.random() < 0.5 else drapeaux[::-1], (sexe, autre), ages)


def _seul_non_soumis(alea: Random, genre: str) -> Strate:
    sexe = "2" if alea.random() < (0.9 if genre == "parent_isole" else 0.3) else "1"
    classe = alea.choices(AGES[1:], repartition()[genre][1:])[0]
    return Strate(genre, (False,), (sexe,), (age_dans(alea, classe),))


def age_dans(alea: Random, classe: tuple[int, int]) -> int:
    """An age of the class; past 60 the older are fewer."""
    debut, fin = classe
    return alea.choices(range(60, 67), _AGES_60)[0] if debut == 60 else alea.randint(debut, fin)


def _rang(age: int) -> int:
    return next(i for i, (_, fin) in enumerate(AGES) if age <= fin)


def _ages_des_seuls(couples: list[int], personnes: int, isoles: int, parents: int) -> dict[str, list[int]]:
    """How many of each age class among those who live alone, so that all persons together have the published ages."""
    cible = quotas(dict(enumerate(PART_AGES)), personnes)
    for age in couples:
        cible[_rang(age)] -= 1
    while (manque := min(cible, key=lambda i: cible[i])) is not None and cible[manque] < 0:
        cible[max(cible, key=lambda i: cible[i])] -= 1
        cible[manque] += 1
    table = repartition()
    voulus = {i: cible[i] * table["parent_isole"][i] / (table["parent_isole"][i] + table["isole"][i]) for i in cible}
    retenus = {i: min(n, cible[i]) for i, n in quotas(voulus, parents).items()}
    reste = parents - sum(retenus.values())
    for i in sorted(cible, key=lambda i: retenus[i] - cible[i]):
        pris = min(cible[i] - retenus[i], reste)
        retenus[i], reste = retenus[i] + pris, reste - pris
    return {
        "parent_isole": [retenus[i] for i in range(len(AGES))],
        "isole": [cible[i] - retenus[i] for i in range(len(AGES))],
    }


def _seuls(alea: Random, genre: str, par_age: list[int], femmes: int) -> list[Strate]:
    """Adults alone, ``femmes`` of them women; the youngest isolated ones first (pregnant)."""
    rangs = [i for i, nombre in enumerate(par_age) for _ in range(nombre)]
    total = len(rangs)
    premieres = min(par_age[0], femmes) if genre == "isole" else 0
    sexes = ["2"] * (femmes - premieres) + ["1"] * (total - femmes)
    alea.shuffle(sexes)
    sexes = ["2"] * premieres + sexes
    return [
        Strate(genre, (True,), (sexe,), (age_dans(alea, AGES[rang]),)) for rang, sexe in zip(rangs, sexes, strict=True)
    ]


def _anciennetes(alea: Random, strates: Sequence[Strate], personnes: int) -> list[int]:
    """Five years and more: 40 % of persons, none under 30; under a year: 15 %, the young first. The rest between."""
    resultat = [1] * len(strates)
    jeunes = [min(s.ages) for s in strates]
    longs = {i: 1.0 + 0.05 * (min(age, 60) - 30) for i, age in enumerate(jeunes) if age >= 30}
    _couper(alea, strates, longs, voulu=round(PART_CINQ_ANS * personnes), classe=2, resultat=resultat)
    neufs = {
        i: 40.0 if age < 26 and s.genre in {"isole", "couple"} else 2.2 if age < 30 else 1.0
        for i, (s, age) in enumerate(zip(strates, jeunes, strict=True))
        if resultat[i] == 1
    }
    _couper(alea, strates, neufs, voulu=personnes - round(PART_UN_AN * personnes), classe=0, resultat=resultat)
    return resultat


def _couper(
    alea: Random,
    strates: Sequence[Strate],
    poids: Mapping[int, float],
    *,
    voulu: int,
    classe: int,
    resultat: list[int],
) -> None:
    """Give ``classe`` to households drawn by weight until ``voulu`` persons subject are in it."""
    cles = sorted(poids, key=lambda i: -log(1.0 - alea.random()) / poids[i])
    compte = 0
    for i in cles:
        if compte >= voulu:
            return
        resultat[i] = classe
        compte += sum(strates[i].soumis)


def _lieux(alea: Random, foyers: int, communes: Sequence[Commune]) -> list[int]:
    parts = {i: commune.poids for i, commune in enumerate(communes)}
    facteur = sum(parts.values()) / 100
    comptes = quotas({**parts, **{hors: part * facteur for hors, part in _PART_HORS.items()}}, foyers)
    lieux = [lieu for lieu, nombre in comptes.items() for _ in range(nombre)]
    alea.shuffle(lieux)
    return lieux


def _etats(alea: Random, strates: Sequence[Strate]) -> list[tuple[str, str]]:
    """Suspended rights and payments, on quotas, motives drawn."""
    soumis = [i for i, s in enumerate(strates) if any(s.soumis)]
    autres = [i for i, s in enumerate(strates) if not any(s.soumis)]
    alea.shuffle(soumis)
    alea.shuffle(autres)
    etats = [("2", "")] * len(strates)
    debut = 0
    for etat, part in _SUSPENDUS.items():
        fin = debut + round(part * len(soumis))
        for i in soumis[debut:fin]:
            etats[i] = etat, tirer(alea, MOTIFS_HISTOIRE[etat])
        debut = fin
    for i in autres[: round(_RESSOURCES_TROP_HAUTES * len(autres))]:
        etats[i] = "4", "01"
    return etats
