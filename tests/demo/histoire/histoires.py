"""Short histories of households, from photos of a population that follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cordee.demo.histoire.modele import Trajectoire, Tranche
from cordee.demo.modele import Menage, Population
from cordee.demo.population import generer, mois_suivant


def photos(*, foyers: int, graine: int, au: date, nombre: int) -> list[Population]:
    """Photos of a population, month after month. One household in twenty is the MSA's."""
    stock = generer(foyers=foyers, graine=graine, au=au)
    menages = tuple(replace(m, organisme="CAF" if m.numero % 20 else "MSA") for m in stock.menages)
    populations = [replace(stock, menages=menages)]
    while len(populations) < nombre:
        populations.append(mois_suivant(populations[-1]))
    return populations


def dynasties(populations: Sequence[Population]) -> list[list[Trajectoire]]:
    """The same, household by household; those that share people together."""
    tranches: dict[int, list[Tranche]] = {}
    dernieres: dict[int, date] = {}
    for population in populations:
        for menage in population.menages:
            suite = tranches.setdefault(menage.numero, [])
            dernieres[menage.numero] = population.au
            if not suite or suite[-1].menage != menage:
                suite.append(Tranche(reference=population.au, menage=menage))
    fin = populations[-1].au
    souches: dict[int, int] = {}
    groupes: dict[int, list[Trajectoire]] = {}
    for numero, suite in tranches.items():
        souche = min(souches.setdefault(ordre, numero) for t in suite for ordre in _ordres(t.menage))
        groupes.setdefault(souche, []).append(
            Trajectoire(tranches=tuple(suite), derniere=None if dernieres[numero] == fin else dernieres[numero])
        )
    return list(groupes.values())


def transmis(population: Population) -> Population:
    """The same photo with every household in it."""
    return replace(population, menages=tuple(replace(m, transmis=True) for m in population.menages))


def _ordres(menage: Menage) -> list[int]:
    return [individu.ordre for individu in (*menage.adultes, *menage.enfants)]
