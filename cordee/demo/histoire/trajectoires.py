"""Households in time, dynasty by dynasty: the same seed and the same number give the same lives, whoever draws them.

A *dynasty* is a household of the stock or an entrant, and all that comes out of it: the household of the one who leaves
a couple, the new request of those who come back, the request of a child become a parent. It depends on no other: worker
processes may each draw a range of numbers.

    le_plan = plan(personnes=47_265, graine=1, jusqu_au=date(2026, 9, 30))
    monde = contexte(le_plan)
    vies = [t for numero in le_plan.numeros for t in dynastie(numero, graine=1, contexte=monde)]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_actes import preparer, risques
from cordee.demo.histoire.dynastie_depart import Depart, Lieux, du_stock, en_attente_du_stock, entrant
from cordee.demo.histoire.dynastie_famille import PLAFOND_NUMERO
from cordee.demo.histoire.dynastie_stock import PERSONNES, Strate, en_attente, foyers_ouverts, repartir
from cordee.demo.histoire.dynastie_vie import Foyer, Monde, vivre
from cordee.demo.histoire.modele import PREMIERE_PHOTO, Trajectoire
from cordee.demo.modele import Commune, Population, fin_de_mois
from cordee.demo.population import communes_val_de_marne

_SUITES = 4
"""Households that may come out of one: their numbers are ``numero + rang × 200,000``, below 999,999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which dynasties exist. ``ouverts``: the first numbers, open at the first photo; ``stock``: with those that wait.

    ``entrants``: for each photo after the first, how many come. ``prochain``: the first free number.
    """

    personnes: int
    graine: int
    photos: tuple[date, ...]
    ouverts: int
    stock: int
    entrants: tuple[int, ...]

    @property
    def jusqu_au(self) -> date:
        return self.photos[-1]

    @property
    def prochain(self) -> int:
        return 1 + self.stock + sum(self.entrants)

    @property
    def numeros(self) -> range:
        return range(1, self.prochain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What is worked out once in each process: strata of the stock, communes, dates."""

    plan: Plan
    monde: Monde
    strates: tuple[Strate, ...]
    debuts: tuple[int, ...]
    """Last number of the stock, then of each month of entrants."""


def plan(*, personnes: int, graine: int, jusqu_au: date) -> Plan:
    """Which numbers exist, for so many persons subject at 2021-12-31 (47,265 is the full size).

    Args:
        jusqu_au: the last photo, the end of a month.
    """
    photos = [PREMIERE_PHOTO]
    while photos[-1] < jusqu_au:
        photos.append(fin_de_mois(photos[-1] + timedelta(days=1)))
    ouverts = foyers_ouverts(personnes)
    echelle, attendus, entrants = personnes / PERSONNES, 0.0, []
    for photo in photos[1:]:
        venus = round(attendus)
        attendus += taux.entrees(photo) * echelle
        entrants.append(round(attendus) - venus)
    return Plan(
        personnes=personnes, graine=graine, photos=tuple(photos), ouverts=ouverts,
        stock=ouverts + en_attente(personnes), entrants=tuple(entrants),
    )  # fmt: skip


def contexte(
    le_plan: Plan,
    *,
    communes: Sequence[Commune] | None = None,
    effet: float = taux.EFFET,
    deplacement: float = 0.0,
) -> Contexte:
    """What :func:`dynastie` needs; half a second at full size.

    Args:
        effet: points of activity at six months that the pilot adds to its entrants (``0.03``); 0 for the seed without
            effect.
        deplacement: points taken from the entrants of neighbouring communes (``0.005``), none by default.
    """
    lieux = tuple(communes) if communes is not None else communes_val_de_marne()
    monde = Monde(
        photos=_prolonger(le_plan.photos),
        horizon=len(le_plan.photos) - 1,
        lieux=Lieux(lieux, tuple(accumulate(c.poids for c in lieux))),
        effet=effet,
        deplacement=deplacement,
    )
    return Contexte(
        plan=le_plan,
        monde=monde,
        strates=repartir(le_plan.personnes, le_plan.graine, lieux),
        debuts=tuple(accumulate(le_plan.entrants, initial=le_plan.stock)),
    )


def _prolonger(photos: tuple[date, ...]) -> tuple[date, ...]:
    """With the months after, as far as anything is planned from the last one."""
    suite = list(photos)
    for _ in range(taux.DELAI_RETOUR[1] + 2):
        suite.append(fin_de_mois(suite[-1] + timedelta(days=1)))
    return tuple(suite)


def dynastie(numero: int, *, graine: int, contexte: Contexte) -> tuple[Trajectoire, ...]:
    """The household of this number, then those that come out of it, in the order of their first photos' making.

    Pure: the same number, seed and plan give the same households in any process.
    """
    depart, k = _depart(numero, alea_de(graine, numero, "depart"), contexte)
    a_vivre, vecues = [(depart, k)], []
    rang = 0
    while a_vivre:
        depart, k = a_vivre.pop(0)
        foyer = Foyer(depart, k, contexte.monde, alea_de(graine, depart.menage.numero, "vie"))
        preparer(foyer)
        vivre(foyer, risques)
        vecues.append(foyer.trajectoire())
        for suite in foyer.suites[: _SUITES - rang]:
            rang += 1
            menage = replace(suite.menage, numero=numero + rang * PLAFOND_NUMERO)
            if suite.k <= contexte.monde.horizon:
                a_vivre.append((Depart(menage, suite.rapide, dict(suite.traits)), suite.k))
    return tuple(vecues)


def alea_de(graine: int, numero: int, quoi: str) -> Random:
    """The source of chance of one household: no other household moves it."""
    return Random(f"{graine}:{quoi}:{numero}")  # noqa: S311 - a demonstration, not a secret


def _depart(numero: int, alea: Random, contexte: Contexte) -> tuple[Depart, int]:
    lieux, le_plan = contexte.monde.lieux, contexte.plan
    if numero <= le_plan.ouverts:
        return du_stock(numero, alea, contexte.strates[numero - 1], lieux), 0
    if numero <= le_plan.stock:
        return en_attente_du_stock(numero, alea, lieux), 0
    k = bisect_right(contexte.debuts, numero - 1)
    return entrant(numero, alea, le_plan.photos[k], lieux), k


def photo(le_plan: Plan, trajectoires: Iterable[Trajectoire], *, au: date, contexte: Contexte) -> Population:
    """The population as the file of that photo shows it: ``evolution.mois_suivant`` goes on from there."""
    vus = (trajectoire.au(au) for trajectoire in trajectoires)
    return Population(
        au=au,
        graine=le_plan.graine,
        communes=contexte.monde.lieux.communes,
        menages=tuple(sorted((m for m in vus if m is not None), key=lambda m: m.numero)),
        prochain=le_plan.prochain,
    )
