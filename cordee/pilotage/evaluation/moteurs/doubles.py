"""Comparisons of people: propensity, overlap, entropy balancing, a doubly robust estimate of the effect on the treated.

Refuses to conclude when the two groups have nobody in common: no weighting invents the people who are missing.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from cordee.pilotage.evaluation.moteurs import equilibrage as eq
from cordee.pilotage.evaluation.moteurs.donnees import Donnees, Reels
from cordee.pilotage.evaluation.moteurs.naif import ecart
from cordee.pilotage.evaluation.regles.protocole import Protocole
from cordee.pilotage.evaluation.regles.puissance import effet_detectable, valeur_e, valeur_e_de_la_borne

POINTS: Final = 100.0
HORS: Final = 0.05
"""Share of the treated outside what the others cover, from which nothing is concluded."""
EFFICACE: Final = 0.05
"""Effective size of the weighted comparison, as a share of the treated, under which nothing is concluded."""
DESEQUILIBRE: Final = 0.1
PROPENSION: Final = (0.01, 0.95)
PEU: Final = 30
GRAPPES: Final = 20
BOITES: Final = 20


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The people compared: ``x`` covariates (rows × K), ``t`` 1 or 0, ``y`` known outcomes, ``grappe`` commune."""

    x: Reels
    t: Reels
    y: Reels
    grappe: NDArray[np.str_]
    noms: tuple[str, ...]


def comparer(d: Donnees, y: Reels, p: Protocole) -> Comparaison:
    """Rows with everything known, in the order of the protocol's covariates."""
    noms = tuple(n for n in p.covariables if n in d.covariables)
    x = np.column_stack([d.covariables[n] for n in noms]) if noms else np.zeros((len(d), 0))
    connus = ~np.isnan(y) & ~np.isnan(x).any(axis=1)
    utiles = [i for i in range(x.shape[1]) if x[connus, i].std() > 0]
    return Comparaison(
        x[connus][:, utiles], d.traitee[connus].astype(np.float64), y[connus], d.unite[connus],
        tuple(noms[i] for i in utiles),
    )  # fmt: skip


def estimer(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    """The naive gap, balance before and after, overlap, both adjusted estimates, in points."""
    c = comparer(d, y, p)
    n_t, n_c = int(c.t.sum()), int((1 - c.t).sum())
    naif = ecart(c.y, c.t > 0, c.t == 0, libelle="Personnes concernées et autres, telles qu'elles sont")
    if naif is None or min(n_t, n_c) < PEU:
        return {"estimation": None, "raison": "trop_peu", "naif": naif.en_json() if naif else None,
                "n_ici": n_t, "n_la": n_c}  # fmt: skip
    e = propension(c)
    poids = eq.equilibrer(c.x[c.t == 0], c.x[c.t > 0].mean(axis=0))
    recouvrement = _recouvrement(c, e, poids)
    equilibre = _equilibre(c, poids)
    rendu: dict[str, Any] = {
        "naif": naif.en_json(), "n_ici": n_t, "n_la": n_c, "equilibre": equilibre, "recouvrement": recouvrement,
        "propension": _histogramme(c, e), "entropie": _entropie(c, poids), "estimation": None,
    }  # fmt: skip
    if not recouvrement["suffisant"]:
        return rendu | {"raison": "recouvrement"}
    return rendu | doublement_robuste(c, e)


def propension(c: Comparaison) -> Reels:
    """The chance of being treated given what is known (logistic regression of statsmodels)."""
    x = sm.add_constant(_centrer(c.x), has_constant="add")
    with warnings.catch_warnings():  # groups wholly apart: the overlap says so, in words
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return np.asarray(sm.GLM(c.t, x, family=sm.families.Binomial()).fit(maxiter=50).predict(x))


def doublement_robuste(c: Comparaison, e: Reels) -> dict[str, Any]:
    """Effect on the treated (AIPW): right if either the propensity or the model of the outcome is.

    ψ = [t (y − m) − (1 − t) e/(1 − e) (y − m)] / P(t = 1), m the outcome of the others given what is known (logistic).
    Errors: of the mean of ψ (``_erreur``).
    """
    m = _modele(c)
    e = np.clip(e, 1e-3, 1 - 1e-3)
    part = c.t.mean()
    poids = (1 - c.t) * e / (1 - e)
    poids *= c.t.sum() / poids.sum()
    estimation = float(((c.t * (c.y - m)) - poids * (c.y - m)).mean() / part)
    psi = ((c.t * (c.y - m - estimation)) - poids * (c.y - m)) / part
    erreur, k = _erreur(psi, c.grappe)
    return _en_points(c, estimation, erreur, k)


def _erreur(psi: Reels, grappe: NDArray[np.str_]) -> tuple[float, float]:
    """Standard error of a mean, person by person or gathered by commune, the larger: when the treated live in a few
    communes, gathering alone says far too little (few treated clusters).
    """
    n = len(psi)
    seule = float(psi.std(ddof=1)) / sqrt(n)
    rangs = np.unique(grappe, return_inverse=True)[1]
    g = int(rangs.max()) + 1
    if g < GRAPPES:
        return seule, 1.96
    sommes = np.bincount(rangs, weights=psi)
    groupee = sqrt(g / (g - 1) * float((sommes**2).sum())) / n
    return (groupee, float(stats.t.ppf(0.975, g - 1))) if groupee > seule else (seule, 1.96)


def _en_points(c: Comparaison, estimation: float, erreur: float, k: float) -> dict[str, Any]:
    bas, haut = estimation - k * erreur, estimation + k * erreur
    traitees = float(c.y[c.t > 0].mean())
    sans = max(traitees - estimation, 1e-6)
    rapports = [traitees / max(traitees - v, 1e-6) for v in (estimation, bas, haut)]
    return {
        "estimation": POINTS * estimation, "bas": POINTS * bas, "haut": POINTS * haut, "erreur": POINTS * erreur,
        "p": float(2 * stats.norm.sf(abs(estimation) / erreur)) if erreur > 0 else None,
        "detectable": POINTS * effet_detectable(erreur), "sans": POINTS * sans, "avec": POINTS * traitees,
        "valeur_e": _fini(valeur_e(rapports[0])), "valeur_e_borne": _fini(valeur_e_de_la_borne(*sorted(rapports[1:]))),
    }  # fmt: skip


def _fini(v: float) -> float | None:
    return round(v, 3) if v < 1000 else None


def _modele(c: Comparaison) -> Reels:
    """What the outcome of each would be among the others, given what is known."""
    x = sm.add_constant(_centrer(c.x), has_constant="add")
    autres = c.t == 0
    if c.y[autres].std() == 0:
        return np.full(len(c.y), float(c.y[autres].mean()))
    ajuste = sm.GLM(c.y[autres], x[autres], family=sm.families.Binomial()).fit(maxiter=50)
    return np.asarray(ajuste.predict(x))


def _centrer(x: Reels) -> Reels:
    """Centred and scaled; measures of many values come with their square: age does not act in a straight line."""
    if not x.shape[1]:
        return x
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    carres = [z[:, i] ** 2 for i in range(z.shape[1]) if len(np.unique(x[:, i])) > 2]
    return np.column_stack([z, *carres]) if carres else z


def _entropie(c: Comparaison, poids: eq.Poids) -> dict[str, Any]:
    """The gap once the means are equalised, and its error (weights taken as given)."""
    y_t, y_c = c.y[c.t > 0], c.y[c.t == 0]
    sans = float(poids.w @ y_c)
    valeur = float(y_t.mean()) - sans
    variance = float(y_t.var()) / len(y_t) + float((poids.w**2 * (y_c - sans) ** 2).sum())
    demi = 1.96 * sqrt(variance)
    return {"estimation": POINTS * valeur, "bas": POINTS * (valeur - demi), "haut": POINTS * (valeur + demi),
            "atteint": poids.atteint}  # fmt: skip


def _recouvrement(c: Comparaison, e: Reels, poids: eq.Poids) -> dict[str, Any]:
    """Whether the treated have their like among the others."""
    autres = e[c.t == 0]
    bornes = np.quantile(autres, [0.0, 1.0])
    hors = float(((e[c.t > 0] < bornes[0]) | (e[c.t > 0] > bornes[1]) | (e[c.t > 0] > PROPENSION[1])).mean())
    efficace = poids.taille / max(float(c.t.sum()), 1.0)
    apres = np.abs(eq.ecarts_standardises(c.x, c.t, poids.w)).max(initial=0.0)
    return {"hors": 100 * hors, "taille": poids.taille, "part": 100 * efficace,
            "suffisant": hors <= HORS and efficace >= EFFICACE and float(apres) < DESEQUILIBRE,
            "ecart_apres": float(apres)}  # fmt: skip


def _equilibre(c: Comparaison, poids: eq.Poids) -> list[dict[str, Any]]:
    avant = eq.ecarts_standardises(c.x, c.t)
    apres = eq.ecarts_standardises(c.x, c.t, poids.w)
    ici, la = c.x[c.t > 0].mean(axis=0), c.x[c.t == 0].mean(axis=0)
    return [
        {"covariable": nom, "ici": float(ici[i]), "la": float(la[i]), "avant": float(avant[i]),
         "apres": float(apres[i])}
        for i, nom in enumerate(c.noms)
    ]  # fmt: skip


def _histogramme(c: Comparaison, e: Reels) -> list[dict[str, float]]:
    """The propensities of both groups, as shares of each."""
    bornes = np.linspace(0, max(float(e.max()), 0.05), BOITES + 1)
    ici, _ = np.histogram(e[c.t > 0], bornes)
    la, _ = np.histogram(e[c.t == 0], bornes)
    return [
        {"de": float(bornes[i]), "a": float(bornes[i + 1]), "ici": float(100 * ici[i] / max(ici.sum(), 1)),
         "la": float(100 * la[i] / max(la.sum(), 1))}
        for i in range(BOITES)
    ]  # fmt: skip
