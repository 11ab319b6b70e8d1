"""Difference-in-differences by entry cohort: unit × quarter cells, fixed effects of both, intention to treat.

Who lives in a treated unit when she enters is treated, whatever follows: nobody chooses her group (domain §6.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, Final

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats

from cordee.pilotage.evaluation.moteurs import cellules as ce
from cordee.pilotage.evaluation.moteurs import permutation
from cordee.pilotage.evaluation.moteurs.donnees import Donnees, Reels
from cordee.pilotage.evaluation.regles.protocole import Protocole
from cordee.pilotage.evaluation.regles.puissance import effet_detectable

POINTS: Final = 100.0
BOITES: Final = 24
"""Bars of the histogram of placebo estimates."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which units are treated from when; ``depuis``: rank of the start in ``departs`` for units of the pool."""

    unites: tuple[str, ...]
    traites: dict[str, date]
    departs: tuple[date, ...]
    ordre: bool


def plan_de(p: Protocole, unites: tuple[str, ...]) -> Plan:
    """The treated units that are among those seen. With a random order, every unit of the pool has its start."""
    traites = {t.unite: date.fromisoformat(t.depuis) for t in p.traites if t.unite in unites}
    return Plan(unites, traites, tuple(sorted(set(traites.values()))), p.devis == "ordre")


def traitee(d: Donnees, plan: Plan) -> NDArray[np.bool_]:
    """Who entered in a treated unit since its start."""
    ici = np.zeros(len(d), dtype=bool)
    for unite, depuis in plan.traites.items():
        ici |= (d.unite == unite) & (d.jour >= np.datetime64(depuis))
    return ici


def estimer(d: Donnees, y: Reels, p: Protocole, *, debut: date | None = None, grappes: bool = False) -> dict[str, Any]:
    """The estimate, the test by permutation and its interval, in points.

    Args:
        debut: another start for every treated unit (a placebo date); the one said by default.
        grappes: with the clustered error too, shown for what it is.
    """
    depart = debut or p.debut_le
    c, place = ce.rassembler(d.unite, ce.periode(d.jour, depart), y)
    plan = plan_de(p, c.unites)
    if debut is not None:
        plan = Plan(plan.unites, dict.fromkeys(plan.traites, debut), (debut,), plan.ordre)
    test = tester(d, c, place, plan, graine=p.graine)
    if test is None:
        return {"estimation": None}
    return {
        "estimation": POINTS * test.estimation, "bas": POINTS * test.bas, "haut": POINTS * test.haut, "p": test.p,
        "erreur": POINTS * test.erreur, "detectable": POINTS * effet_detectable(test.erreur),
        "ensembles": test.ensembles, "exact": test.exact, "placebos": _histogramme(test),
        "grappes": _par_grappes(d, c, place, plan) if grappes else None, "unites": len(c.unites),
        "traitees": len(plan.traites),
        "cellules": len(c.n), "personnes": int(c.n.sum()),
    }  # fmt: skip


def tester(d: Donnees, c: ce.Cellules, place: NDArray[np.intp], plan: Plan, *, graine: int) -> permutation.Test | None:
    """Randomisation inference over sets of units, or over orders."""
    if not plan.traites or (len(plan.traites) == len(c.unites) and not plan.ordre):
        return None
    colonnes = np.column_stack(
        [
            ce.colonne(c, place, (d.unite == unite) & (d.jour >= np.datetime64(depuis)))
            for unite in (sorted(plan.traites) if plan.ordre else c.unites)
            for depuis in plan.departs
        ]
    )
    n = ce.normales(c, colonnes)
    if plan.ordre:
        rangs = np.array([plan.departs.index(plan.traites[u]) for u in sorted(plan.traites)], dtype=np.intp)
        jeux, exact = permutation.ordres(rangs, graine=graine)
    else:
        jeux, exact = _jeux(c, plan, graine)
    if float(n.g[np.ix_(jeux[0], jeux[0])].sum()) <= 1e-9:
        return None
    return permutation.tester(n, jeux, exact=exact)


def _jeux(c: ce.Cellules, plan: Plan, graine: int) -> tuple[NDArray[np.intp], bool]:
    """Sets of units; each unit of a set takes the start of the treated one it stands for."""
    departs = len(plan.departs)
    observes = sorted(plan.traites)
    rangs = np.array([c.unites.index(u) for u in observes], dtype=np.intp)
    debuts = np.array([plan.departs.index(plan.traites[u]) for u in observes], dtype=np.intp)
    jeux, exact = permutation.ensembles(len(c.unites), rangs, graine=graine)
    if departs == 1:
        return jeux, exact
    alea = np.random.default_rng(graine)
    melanges = np.vstack([debuts, alea.permuted(np.tile(debuts, (len(jeux) - 1, 1)), axis=1)])
    jeux[0] = rangs
    return jeux * departs + melanges, False


def _par_grappes(d: Donnees, c: ce.Cellules, place: NDArray[np.intp], plan: Plan) -> dict[str, Any]:
    """Weighted least squares on cells with errors clustered by unit (statsmodels), Student's law of the clusters."""
    x = np.zeros((len(c.n), 1 + len(c.unites) + len(c.periodes) - 1))
    x[:, 0] = ce.colonne(c, place, traitee(d, plan))
    x[np.arange(len(c.n)), 1 + c.u] = 1
    suivantes = c.t > 0
    x[np.flatnonzero(suivantes), len(c.unites) + c.t[suivantes]] = 1
    ajuste = sm.WLS(c.y, x, weights=c.n).fit(cov_type="cluster", cov_kwds={"groups": c.u}, use_t=True, method="qr")
    bas, haut = ajuste.conf_int()[0]
    return {"estimation": POINTS * float(ajuste.params[0]), "erreur": POINTS * float(ajuste.bse[0]),
            "bas": POINTS * float(bas), "haut": POINTS * float(haut)}  # fmt: skip


def _histogramme(test: permutation.Test) -> list[dict[str, float]]:
    """The estimates of the other sets of units, in points, as bars."""
    if not len(test.placebos):
        return []
    hauteurs, bornes = np.histogram(POINTS * test.placebos, bins=BOITES)
    return [{"de": float(a), "a": float(b), "n": int(n)} for n, a, b in zip(hauteurs, bornes, bornes[1:], strict=False)]


# Before the start ----------------------------------------------------------------------------------------------------
def evenements(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    """Quarter by quarter, how far the treated units stand from the others, less their gap before the start.

    ``tendance``: whether the gaps before the start differ among themselves more than chance (χ²), and their slope.
    """
    plan = plan_de(p, tuple(np.unique(d.unite).tolist()))
    ici = np.isin(d.unite, list(plan.traites))
    t, connus = ce.periode(d.jour, p.debut_le), ~np.isnan(y)
    points = []
    for k in np.unique(t[connus]):
        a, b = y[connus & ici & (t == k)], y[connus & ~ici & (t == k)]
        if len(a) > 1 and len(b) > 1:
            v = _variance(a, b)
            points.append((int(k), float(a.mean() - b.mean()), v, len(a), len(b), float(a.mean()), float(b.mean())))
    avant = [(x[1], x[2]) for x in points if x[0] < 0]
    base, v_base = _moyenne(avant)
    lignes = [
        {"trimestre": k, "ecart": POINTS * (e - base), "bas": POINTS * (e - base - 1.96 * sqrt(v + v_base)),
         "haut": POINTS * (e - base + 1.96 * sqrt(v + v_base)), "n_ici": na, "n_la": nb, "ici": POINTS * ya,
         "la": POINTS * yb}
        for k, e, v, na, nb, ya, yb in points
    ]  # fmt: skip
    return {"lignes": lignes, "tendance": _tendance(points)}


def _variance(a: Reels, b: Reels) -> float:
    """Of a difference of shares; a quarter without a single yes keeps the variance of half a person."""
    pa, pb = ((x.sum() + 0.5) / (len(x) + 1) for x in (a, b))
    return float(pa * (1 - pa) / len(a) + pb * (1 - pb) / len(b))


def _moyenne(avant: list[tuple[float, float]]) -> tuple[float, float]:
    if not avant:
        return 0.0, 0.0
    e, v = np.array(avant).T
    return float((e / v).sum() / (1 / v).sum()), float(1 / (1 / v).sum())


def _tendance(points: list[tuple[int, float, float, int, int, float, float]]) -> dict[str, Any]:
    """Are the gaps before the start one and the same? ``p`` of the χ² of homogeneity; slope in points per quarter."""
    avant = [x for x in points if x[0] < 0]
    if len(avant) < 3:
        return {"p": None, "pente": None, "p_pente": None, "trimestres": len(avant)}
    k, e, v = (np.array([x[i] for x in avant], dtype=np.float64) for i in range(3))
    poids = 1 / v
    centre = (poids * e).sum() / poids.sum()
    q = float((poids * (e - centre) ** 2).sum())
    k_centre = (poids * k).sum() / poids.sum()
    sxx = float((poids * (k - k_centre) ** 2).sum())
    pente = float((poids * (k - k_centre) * e).sum() / sxx)
    z = pente * sqrt(sxx)
    return {"p": float(stats.chi2.sf(q, len(k) - 1)), "pente": POINTS * pente,
            "p_pente": float(2 * stats.norm.sf(abs(z))), "trimestres": len(k)}  # fmt: skip


def placebos_de_date(d: Donnees, y: Reels, p: Protocole) -> list[dict[str, Any]]:
    """As if it had begun on a day when nothing had: only entries before the true start are kept."""
    avant = d.garder(d.jour < np.datetime64(p.debut_le))
    y_avant = y[d.jour < np.datetime64(p.debut_le)]
    faits = []
    for jour in p.placebo_dates:
        fait = estimer(avant, y_avant, p, debut=date.fromisoformat(jour)) if len(avant) else {"estimation": None}
        faits.append({"debut": jour, **{c: fait.get(c) for c in ("estimation", "bas", "haut", "p")}})
    return faits
