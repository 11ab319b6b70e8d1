"""A synthetic population of households on RSA: who they are at the end of a month.

Targets: the published figures of the Val-de-Marne at 31/12/2021 for age, sex, children and seniority; everything else
is a working hypothesis, never to be shown as published. One seed gives one population; each household draws from its
own source of chance, so that a household does not depend on how many others there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from cordee.demo.evolution import mois_suivant
from cordee.demo.modele import Adresse, Commune, Individu, Menage, Population
from cordee.demo.tirage import nouveau_menage
from cordee.territoires.sources import lire_departement

__all__ = [
    "Adresse",
    "Commune",
    "Individu",
    "Menage",
    "Population",
    "communes_val_de_marne",
    "foyers_pour",
    "generer",
    "mois_suivant",
]

SDD_PAR_FOYER: Final = 1.05
"""Persons subject to rights and duties per household (47,265 for 45,000)."""
# Published shares (2022); elsewhere population times a guess of poverty.
_PARTS_PUBLIEES: Final = {"94081": 9.3, "94028": 8.9, "94017": 7.6, "94041": 5.9, "94076": 4.8}
_PRECARITE: Final = {
    "94002": 1.2, "94003": 1.1, "94004": 1.3, "94011": 1.5, "94015": 0.6, "94018": 0.6, "94021": 1.1, "94022": 1.5,
    "94033": 1.0, "94037": 1.3, "94043": 1.2, "94044": 1.0, "94046": 0.8, "94047": 0.4, "94048": 0.3, "94052": 0.5,
    "94053": 0.4, "94054": 1.7, "94055": 0.4, "94056": 0.4, "94058": 0.6, "94059": 0.7, "94065": 0.6, "94067": 0.4,
    "94068": 0.5, "94070": 0.3, "94074": 1.7, "94075": 0.4, "94077": 1.2, "94078": 1.9, "94079": 1.3, "94080": 0.5,
}  # fmt: skip


def communes_val_de_marne() -> tuple[Commune, ...]:
    """The 47 communes of the Val-de-Marne weighted by households: five shares published, the others estimated."""
    faits = lire_departement("94").communes
    bruts = {c.insee: (c.population or 0) * _PRECARITE.get(c.insee, 1.0) for c in faits}
    reste = sum(poids for insee, poids in bruts.items() if insee not in _PARTS_PUBLIEES)
    a_partager = 100 - sum(_PARTS_PUBLIEES.values())
    return tuple(
        Commune(c.insee, c.nom, c.codes_postaux[0], _PARTS_PUBLIEES.get(c.insee, bruts[c.insee] / reste * a_partager))
        for c in faits
    )


def generer(*, foyers: int, graine: int, au: date, communes: Sequence[Commune] | None = None) -> Population:
    """The stock of households at ``au``, the last day of a month.

    Args:
        foyers: number of households, closed and refused ones included, as in a file.
        communes: where they live; the Val-de-Marne when ``None``.
    """
    lieux = tuple(communes) if communes is not None else communes_val_de_marne()
    menages = tuple(nouveau_menage(numero, graine=graine, au=au, communes=lieux) for numero in range(1, foyers + 1))
    return Population(au=au, graine=graine, communes=lieux, menages=menages, prochain=foyers + 1)


def foyers_pour(personnes: int) -> int:
    """Households to draw so that about ``personnes`` are subject to rights and duties."""
    return max(round(personnes / SDD_PAR_FOYER), 1)
