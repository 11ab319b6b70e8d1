"""Do the intervals of the evaluation hold what they promise? 200 simulated départements, with an effect and without.

A compact simulator, in numpy, of the demonstration's own outcome process (``cordee.demo.histoire.dynastie_taux``): two
classes of entrants, a trait nobody sees, jobs that begin and end each month, an effect of three points for entrants of
the three communes from 2024-03-01 on. The product's own estimators are run on each draw: the naive gap as published
(people accompanied there, everybody elsewhere), difference-in-differences with permutation of communes, and the doubly
robust comparison of people, once with what decides participation measured and once hidden.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.mesure import Mesure
from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.population import communes_val_de_marne
from cordee.pilotage.evaluation.moteurs import cellules as ce
from cordee.pilotage.evaluation.moteurs import doubles, permutation
from cordee.pilotage.evaluation.moteurs.donnees import Reels

SIMULATIONS: Final = 200
ENTRANTES: Final = 720
"""People subject who enter each month."""
MOIS: Final = 48
DEBUT_MOIS: Final = 26
"""Months before the start, counted from January 2022."""
HORIZON: Final = 6
DEBUT: Final = date(2024, 3, 1)
PERSONNES: Final = 12_000
TOLERANCE: Final = 4.5
"""Points of coverage that 200 draws may miss by chance (three standard errors)."""


@dataclass(frozen=True, slots=True)
class Entrees:
    """Who enters where and when. ``u``: the trait; ``y0``, ``y1``: in activity six months after, without and with."""

    commune: NDArray[np.str_]
    t: NDArray[np.int64]
    ici: NDArray[np.bool_]
    apres: NDArray[np.bool_]
    u: Reels
    y0: Reels
    y1: Reels


@dataclass(slots=True)
class Compte:
    """What one estimator did over the draws."""

    estimations: list[float] = field(default_factory=list)
    couvre: int = 0
    refuse: int = 0

    def noter(self, estimation: float, *, couvre: bool, refuse: bool) -> None:
        self.estimations.append(estimation)
        self.couvre += couvre
        self.refuse += refuse

    def biais(self, vrai: float) -> float:
        return float(np.mean(self.estimations)) - vrai


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    depart = time.perf_counter()
    lignes: list[Mesure] = []
    for effet in (taux.EFFET, 0.0):
        lignes += _territoires(effet)
    for effet in (taux.EFFET, 0.0):
        lignes += _personnes(effet)
    duree = time.perf_counter() - depart
    return [*lignes, Mesure("le tout", duree / 60, 60, "min", f"{SIMULATIONS} tirages de chaque")]


# Three communes ------------------------------------------------------------------------------------------------------
def _territoires(effet: float) -> list[Mesure]:
    naif, dd = Compte(), Compte()
    vrais = []
    for graine in range(SIMULATIONS):
        e = entrer(np.random.default_rng([94, graine, round(effet * 1000)]), effet)
        y = np.where(e.ici & e.apres, e.y1, e.y0)
        vrais.append(float((e.y1 - e.y0)[e.ici & e.apres].mean()))
        _noter_naif(naif, e, y, graine)
        _noter_differences(dd, e, y)
    vrai = float(np.mean(vrais))
    return _lignes(f"trois communes, effet vrai {100 * vrai:.2f} points", vrai, naif, dd, "différence de différences")


def _noter_naif(compte: Compte, e: Entrees, y: Reels, graine: int) -> None:
    """Accompanied there, everybody elsewhere: those who are accompanied had better chances to begin with."""
    alea = np.random.default_rng([7, graine])
    accompagnee = alea.random(len(y)) < 0.9 * e.u**3
    a, b = y[e.ici & e.apres & accompagnee], y[~e.ici & e.apres]
    ecart, erreur = _ecart(a, b)
    vrai = float((e.y1 - e.y0)[e.ici & e.apres].mean())
    compte.noter(ecart, couvre=abs(ecart - vrai) < 1.96 * erreur, refuse=abs(ecart) > 1.96 * erreur)


def _noter_differences(compte: Compte, e: Entrees, y: Reels) -> None:
    c, place = ce.rassembler(e.commune, e.t, y)
    pilotes = np.array([c.unites.index(u) for u in sorted(taux.COMMUNES_PILOTES)], dtype=np.intp)
    colonnes = np.column_stack([ce.colonne(c, place, (e.commune == u) & e.apres) for u in c.unites])
    normales = ce.normales(c, colonnes)
    jeux, _ = permutation.ensembles(len(c.unites), pilotes, graine=94)
    observe = np.ix_(jeux[0], jeux[0])
    estimation = float(normales.b[jeux[0]].sum() / normales.g[observe].sum())
    vrai = float((e.y1 - e.y0)[e.ici & e.apres].mean())
    compte.noter(  # the interval holds the effects that the test does not refuse
        estimation, couvre=permutation.valeur_p(normales, jeux, vrai) > permutation.SEUIL,
        refuse=permutation.valeur_p(normales, jeux, 0.0) <= permutation.SEUIL,
    )  # fmt: skip


def entrer(alea: np.random.Generator, effet: float) -> Entrees:
    """Four years of entrants of a département."""
    lieux = communes_val_de_marne()
    poids = np.array([c.poids for c in lieux], dtype=np.float64)
    n = ENTRANTES * MOIS
    commune = np.array([c.insee for c in lieux], dtype=np.str_)[alea.choice(len(lieux), n, p=poids / poids.sum())]
    mois = np.repeat(np.arange(MOIS), ENTRANTES)
    ici, apres = np.isin(commune, list(taux.COMMUNES_PILOTES)), mois >= DEBUT_MOIS
    rapide = alea.random(n) < taux.PART_RAPIDE_ENTRANTS
    deux = alea.random((2, n))
    u = np.where(rapide, deux.max(axis=0), deux.min(axis=0))
    y0, y1 = vivre(alea, rapide, u, effet)
    return Entrees(commune, (mois - DEBUT_MOIS) // ce.TRIMESTRE, ici, apres, u, y0, y1)


def vivre(alea: np.random.Generator, rapide: NDArray[np.bool_], u: Reels, effet: float) -> tuple[Reels, Reels]:
    """Six months of jobs that begin and end; with the effect, some find one that they would not have found."""
    n = len(u)
    chance = np.where(rapide, *taux.EMBAUCHES) * (0.1 + 2.7 * u * u)
    fin = taux.FINS_EMPLOI["petit"]
    en_emploi = alea.random(n) < 0.03 * (0.35 + 1.5 * u)
    sorti = np.zeros(n, dtype=bool)
    trouve_le = 2.5 + 3.0 * alea.random(n)
    trouve = alea.random(n) < effet * taux.CORRECTION_EFFET
    garanti = np.zeros(n, dtype=bool)
    for mois in range(1, HORIZON + 1):
        sorti |= ~sorti & (alea.random(n) < np.where(rapide, *taux.AUTRES_SORTIES) * 1.4)
        sort = alea.random(n)
        debute = ~en_emploi & ~sorti & (sort < chance)
        cesse = en_emploi & (sort < fin)
        garanti |= trouve & (np.ceil(trouve_le) == mois) & ~sorti
        en_emploi = (en_emploi & ~cesse) | debute
    return en_emploi.astype(np.float64), (en_emploi | garanti).astype(np.float64)


# People ---------------------------------------------------------------------------------------------------------------
def _personnes(effet: float) -> list[Mesure]:
    lignes: list[Mesure] = []
    for cache in (False, True):
        naif, ajuste = Compte(), Compte()
        vrais = []
        for graine in range(SIMULATIONS):
            c, brut, vrai = _comparaison(np.random.default_rng([13, graine, round(effet * 1000), cache]), effet, cache)
            vrais.append(vrai)
            naif.noter(brut[0], couvre=abs(brut[0] - vrai) < 1.96 * brut[1], refuse=abs(brut[0]) > 1.96 * brut[1])
            r = doubles.doublement_robuste(c, doubles.propension(c))
            bas, haut = r["bas"] / 100, r["haut"] / 100
            ajuste.noter(r["estimation"] / 100, couvre=bas <= vrai <= haut, refuse=not bas <= 0 <= haut)
        vrai = float(np.mean(vrais))
        quoi = "ce qui décide n'est pas mesuré" if cache else "ce qui décide est mesuré"
        lignes += _lignes(f"personnes, {quoi}, effet vrai {100 * vrai:.2f} points", vrai, naif, ajuste,
                          "doublement robuste", tenable=not cache)  # fmt: skip
    return lignes


def _comparaison(
    alea: np.random.Generator, effet: float, cache: bool
) -> tuple[doubles.Comparaison, tuple[float, float], float]:
    """Participants and others. What decides is a noisy sight of the trait: measured, or hidden from the analyst."""
    n = PERSONNES
    rapide = alea.random(n) < taux.PART_RAPIDE_ENTRANTS
    deux = alea.random((2, n))
    u = np.where(rapide, deux.max(axis=0), deux.min(axis=0))
    vue = u + 0.2 * alea.standard_normal(n)
    age, femme = alea.normal(38, 10, n), (alea.random(n) < 0.5).astype(np.float64)
    participe = alea.random(n) < 1 / (1 + np.exp(-(-3.6 + 3.0 * vue + 0.01 * (38 - age))))
    y0, y1 = vivre(alea, rapide, u, effet)
    y = np.where(participe, y1, y0)
    x = np.column_stack([age, femme] if cache else [age, femme, vue])
    grappe = np.array([f"{k:02d}" for k in range(47)], dtype=np.str_)[alea.integers(0, 47, n)]
    noms = ("age", "femme") if cache else ("age", "femme", "vue")
    c = doubles.Comparaison(x, participe.astype(np.float64), y, grappe, noms)
    return c, _ecart(y[participe], y[~participe]), float((y1 - y0)[participe].mean())


# Parts ----------------------------------------------------------------------------------------------------------------
def _ecart(a: Reels, b: Reels) -> tuple[float, float]:
    erreur = float(np.sqrt(a.var() / len(a) + b.var() / len(b)))
    return float(a.mean() - b.mean()), erreur


def _lignes(
    quoi: str, vrai: float, naif: Compte, ajuste: Compte, methode: str, *, tenable: bool = True
) -> list[Mesure]:
    """Coverage, false positives or power, bias; budgets only where the method promises something."""
    n = len(ajuste.estimations)
    couverture, refus = 100 * ajuste.couvre / n, 100 * ajuste.refuse / n
    sens = "faux positifs" if vrai == 0 else "puissance"
    details: dict[str, Any] = {
        "naif": f"couvre {100 * naif.couvre / n:.0f} %, « significatif » {100 * naif.refuse / n:.0f} %",
        "ajuste": f"couverture {couverture:.1f} %, {sens} {refus:.1f} %",
    }
    loin = 100.0
    lignes = [
        Mesure(f"{quoi} : biais de l'écart brut", 100 * naif.biais(vrai), loin, "points", details["naif"]),
        Mesure(f"{quoi} : biais, {methode}", abs(100 * ajuste.biais(vrai)), 0.25 if tenable else loin, "points",
               details["ajuste"]),
        Mesure(f"{quoi} : couverture qui manque à 95 %, {methode}", max(95 - couverture, 0),
               TOLERANCE if tenable else loin, "points"),
    ]  # fmt: skip
    if vrai == 0:
        lignes.append(Mesure(f"{quoi} : faux positifs, {methode}", refus, 5 + TOLERANCE if tenable else loin, "%"))
    return lignes
