"""Estimators on cases worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm

from cordee.pilotage.evaluation.moteurs import cellules as ce
from cordee.pilotage.evaluation.moteurs import differences, doubles, equilibrage, naif, permutation, synthetique
from cordee.pilotage.evaluation.moteurs.donnees import Donnees
from cordee.pilotage.evaluation.regles.protocole import Protocole, Traite

DEBUT = date(2024, 3, 1)


def donnees(unites: list[str], jours: list[str], y: list[float], traitee: list[bool] | None = None) -> Donnees:
    n = len(unites)
    non = np.zeros(n, dtype=bool)
    return Donnees(
        np.array(jours, dtype="datetime64[D]"), np.array(unites), np.arange(n),
        np.array(traitee) if traitee else non, non, {"activite_6_mois": np.array(y, dtype=float)}, {},
    )  # fmt: skip


def protocole(*traites: str, **autres: object) -> Protocole:
    dit = {
        "devis": "territoires", "critere": "activite_6_mois", "entrees_du": "2023-01-01", "debut": "2024-03-01",
        "fin": "2025-12-31", "effet_minimal": 2.0, "traites": tuple(Traite(u, "2024-03-01") for u in traites),
    } | autres  # fmt: skip
    return Protocole(**dit)  # type: ignore[arg-type]


def peupler(taux: dict[tuple[str, str], tuple[int, int]]) -> Donnees:
    """(unit, day) → (people, how many are in activity)."""
    lignes = [(u, j, float(i < oui)) for (u, j), (n, oui) in taux.items() for i in range(n)]
    u, j, y = zip(*lignes, strict=True)
    return donnees(list(u), list(j), list(y))


# The naive gap -------------------------------------------------------------------------------------------------------
def test_a_gap_is_two_shares_side_by_side() -> None:
    y = np.array([1.0, 1, 0, 0, np.nan, 1, 0, 0, 0, 0])
    ici = np.array([True] * 5 + [False] * 5)
    e = naif.ecart(y, ici, ~ici, libelle="")
    assert e is not None
    assert (e.ici, e.la, e.valeur, e.n_ici, e.n_la) == (50.0, 20.0, 30.0, 4, 5)
    assert e.bas < 0
    assert e.haut > e.valeur
    assert naif.ecart(y, ici, ici & False, libelle="") is None


# Difference-in-differences -------------------------------------------------------------------------------------------
def test_two_units_two_quarters_by_hand() -> None:
    """Treated: 10 → 30 %; other: 20 → 25 %. The difference of differences is 15 points."""
    d = peupler({
        ("a", "2023-12-31"): (100, 10), ("a", "2024-03-31"): (100, 30),
        ("b", "2023-12-31"): (100, 20), ("b", "2024-03-31"): (100, 25),
    })  # fmt: skip
    r = differences.estimer(d, d.mesures["activite_6_mois"], protocole("a"))
    assert r["estimation"] == pytest.approx(15.0)
    assert (r["ensembles"], r["exact"], r["p"]) == (2, True, 1.0)


def test_freed_columns_give_the_estimate_of_weighted_least_squares() -> None:
    alea = np.random.default_rng(3)
    unites, jours = list("abcdef"), ["2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30"]
    d = peupler({(u, j): (int(n), int(n * alea.random())) for u in unites for j in jours
                 for n in [alea.integers(5, 60)]})  # fmt: skip
    y = d.mesures["activite_6_mois"]
    c, place = ce.rassembler(d.unite, ce.periode(d.jour, DEBUT), y)
    vus = ce.colonne(c, place, np.isin(d.unite, ["a", "b"]) & (d.jour >= np.datetime64(DEBUT)))
    x = np.column_stack([vus, np.eye(6)[c.u], np.eye(5)[c.t][:, 1:]])
    moindres = sm.WLS(c.y, x, weights=c.n).fit().params[0]
    assert differences.estimer(d, y, protocole("a", "b"))["estimation"] == pytest.approx(100 * moindres)
    assert differences.estimer(d, y, protocole("a", "b"), grappes=True)["grappes"]["estimation"] == pytest.approx(
        100 * moindres
    )


def test_quarters_are_counted_from_the_start_of_treatment() -> None:
    jours = np.array(
        ["2023-11-30", "2023-12-01", "2024-02-29", "2024-03-01", "2024-05-31", "2024-06-01"], "datetime64[D]"
    )
    assert ce.periode(jours, DEBUT).tolist() == [-2, -1, -1, 0, 0, 1]


def test_gaps_that_moved_before_the_start_are_seen() -> None:
    stables = {(u, j): (400, 40) for u in "ab" for j in ("2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31")}
    d = peupler(stables)
    assert differences.evenements(d, d.mesures["activite_6_mois"], protocole("a"))["tendance"]["p"] == pytest.approx(
        1.0
    )
    montee = stables | {("a", j): (400, 40 + 40 * k) for k, j in enumerate(("2023-03-31", "2023-06-30", "2023-09-30"))}
    d = peupler(montee)
    vue = differences.evenements(d, d.mesures["activite_6_mois"], protocole("a"))
    assert vue["tendance"]["p"] < 0.001
    assert sum(x["n_ici"] for x in vue["lignes"]) == 1600


# Permutation ---------------------------------------------------------------------------------------------------------
def _huit(effet: int) -> Donnees:
    """Eight units, one treated, alike but for the effect (people out of 200) and a little noise."""
    bruit = [0, 2, -1, 1, -2, 3, -3, 1]
    return peupler({
        (u, j): (200, 30 + (bruit[i] if j > "2024" else 0) + (effet if u == "a" and j > "2024" else 0))
        for i, u in enumerate("abcdefgh") for j in ("2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30")
    })  # fmt: skip


def test_the_p_value_is_the_rank_of_the_observed_set() -> None:
    """One unit of eight: an effect beyond all others has p = 1/8, and 5 % can never be reached."""
    d = _huit(40)
    r = differences.estimer(d, d.mesures["activite_6_mois"], protocole("a"))
    assert (r["p"], r["ensembles"], r["unites"]) == (0.125, 8, 8)
    assert differences.estimer(_huit(0), _huit(0).mesures["activite_6_mois"], protocole("a"))["p"] > 0.5


def test_the_interval_holds_the_effects_that_are_not_refused() -> None:
    alea = np.random.default_rng(5)
    unites = [f"u{i:02d}" for i in range(24)]
    d = peupler({(u, j): (80, int(alea.binomial(80, 0.15))) for u in unites
                 for j in ("2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30")})  # fmt: skip
    y = d.mesures["activite_6_mois"]
    c, place = ce.rassembler(d.unite, ce.periode(d.jour, DEBUT), y)
    apres = d.jour >= np.datetime64(DEBUT)
    n = ce.normales(c, np.column_stack([ce.colonne(c, place, (d.unite == u) & apres) for u in unites]))
    jeux, exact = permutation.ensembles(24, np.array([3, 7]), graine=1)
    test = permutation.tester(n, jeux, exact=exact)
    assert exact
    assert len(jeux) == 276  # 24 × 23 / 2
    assert test.bas < test.estimation < test.haut
    for effet, dedans in ((test.estimation, True), (test.bas + 1e-4, True), (test.bas - 1e-3, False),
                          (test.haut + 1e-3, False)):  # fmt: skip
        assert (permutation.valeur_p(n, jeux, effet) > 0.05) is dedans
    decale = d.mesures["activite_6_mois"] + 0.1 * (np.isin(d.unite, ["u03", "u07"]) & apres)
    c2, place2 = ce.rassembler(d.unite, ce.periode(d.jour, DEBUT), decale)
    n2 = ce.normales(c2, np.column_stack([ce.colonne(c2, place2, (d.unite == u) & apres) for u in unites]))
    n2 = ce.Normales(n2.b, n2.g, n.h)
    assert permutation.tester(n2, jeux, exact=True).bas == pytest.approx(test.bas + 0.1, abs=2e-4)


def test_permuted_orders_keep_their_waves_and_their_seed() -> None:
    depuis = np.array([0, 0, 1, 1, 2])
    un, exact = permutation.ordres(depuis, graine=4)
    assert not exact
    assert (un == permutation.ordres(depuis, graine=4)[0]).all()
    assert (np.sort(un % 3, axis=1) == np.sort(depuis)).all()
    assert (un[0] == np.array([0, 3, 7, 10, 14])).all()


def test_a_staggered_order_finds_its_effect() -> None:
    """Eight structures start in two waves; a constant effect of 20 points is found whole."""
    debuts = {u: "2024-03-01" if i % 2 else "2024-06-01" for i, u in enumerate("abcdefgh")}
    jours = ("2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30")
    d = peupler({(u, j): (50, 10 + i + (10 if j >= debuts[u] else 0)) for i, u in enumerate("abcdefgh") for j in jours})
    p = protocole(devis="ordre", traites=tuple(Traite(u, j) for u, j in debuts.items()))
    r = differences.estimer(d, d.mesures["activite_6_mois"], p)
    assert r["estimation"] == pytest.approx(20.0)
    assert r["p"] < 0.05


def test_units_without_entrants_after_the_start_are_no_placebo() -> None:
    d = peupler({(u, j): (40, 4 + i) for i, u in enumerate("abcd") for j in ("2023-12-31", "2024-03-31")
                 if (u, j) != ("d", "2024-03-31")})  # fmt: skip
    r = differences.estimer(d, d.mesures["activite_6_mois"], protocole("a"))
    assert (r["unites"], r["ensembles"]) == (4, 3)
    assert sum(b["n"] for b in r["placebos"]) == 2


def test_a_unit_that_is_nowhere_gives_no_estimate() -> None:
    d = _huit(0)
    assert differences.estimer(d, d.mesures["activite_6_mois"], protocole("z"))["estimation"] is None


# Balance and double robustness ---------------------------------------------------------------------------------------
def test_entropy_weights_by_hand() -> None:
    """Two others at 0 and 1, a target of 0.75: weights ¼ and ¾, worth 1.6 people."""
    poids = equilibrage.equilibrer(np.array([[0.0], [1.0]]), np.array([0.75]))
    assert poids.w == pytest.approx([0.25, 0.75], abs=1e-3)
    assert poids.taille == pytest.approx(1.6, abs=0.01)
    assert poids.atteint
    assert not equilibrage.equilibrer(np.array([[0.0], [1.0]]), np.array([1.5])).atteint


def test_standardised_differences_by_hand() -> None:
    x, t = np.array([[1.0], [3.0], [0.0], [2.0]]), np.array([1.0, 1, 0, 0])
    assert equilibrage.ecarts_standardises(x, t) == pytest.approx([1.0])
    assert equilibrage.ecarts_standardises(x, t, np.array([0.0, 1.0])) == pytest.approx([0.0])


def _strates() -> doubles.Comparaison:
    """One trait. Among 0: treated 50 % (of 20), others 25 % (of 80); among 1: 80 % (of 60) and 40 % (of 40).

    Given the trait the effect is 25 and 40 points; on the treated, (20 × 25 + 60 × 40) / 80 = 36.25 points.
    """
    lignes = [(0, 1, 20, 10), (0, 0, 80, 20), (1, 1, 60, 48), (1, 0, 40, 16)]
    x, t, y = (np.concatenate([np.full(n, v, dtype=float) for (_, _, n, _), v in zip(lignes, vs, strict=True)])
               for vs in ([r[0] for r in lignes], [r[1] for r in lignes], [0, 0, 0, 0]))  # fmt: skip
    y = np.concatenate([(np.arange(n) < oui).astype(float) for _, _, n, oui in lignes])
    return doubles.Comparaison(x[:, None], t, y, np.array(["c"] * len(y)), ("x",))


def test_doubly_robust_is_exact_on_strata() -> None:
    c = _strates()
    r = doubles.doublement_robuste(c, doubles.propension(c))
    assert r["estimation"] == pytest.approx(36.25, abs=0.01)
    assert r["bas"] < 36.25 < r["haut"]
    assert r["avec"] == pytest.approx(72.5)
    assert doubles.propension(c)[:1] == pytest.approx([0.2], abs=1e-4)


def test_without_people_in_common_nothing_is_concluded() -> None:
    alea = np.random.default_rng(2)
    age = np.concatenate([alea.normal(20, 1, 60), alea.normal(60, 1, 300)])
    d = donnees(["u"] * 360, ["2024-03-31"] * 360, (alea.random(360) < 0.3).astype(float).tolist(),
                [True] * 60 + [False] * 300)  # fmt: skip
    d = Donnees(d.jour, d.unite, d.foyer, d.traitee, d.accompagnee, d.mesures, {"age": age})
    r = doubles.estimer(d, d.mesures["activite_6_mois"], protocole(devis="personnes", covariables=("age",)))
    assert r["estimation"] is None
    assert (r["raison"], r["recouvrement"]["suffisant"]) == ("recouvrement", False)


def test_a_few_people_are_too_few() -> None:
    d = donnees(["u"] * 20, ["2024-03-31"] * 20, [0.0, 1.0] * 10, [True] * 5 + [False] * 15)
    r = doubles.estimer(d, d.mesures["activite_6_mois"], protocole(devis="personnes"))
    assert (r["estimation"], r["raison"]) == (None, "trop_peu")


def test_clustered_errors_never_shrink_the_interval() -> None:
    psi = np.array([1.0, -1.0] * 200)
    assert doubles._erreur(psi, np.array([f"{i % 40}" for i in range(400)]))[0] >= psi.std(ddof=1) / 20
    assert doubles._erreur(psi, np.array(["c"] * 400))[1] == 1.96


# Synthetic control ---------------------------------------------------------------------------------------------------
def test_the_twin_of_a_mean_is_that_mean() -> None:
    autres = np.array([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.9, 0.9, 0.9]])
    w = synthetique._poids(autres[:2].mean(axis=0), autres)
    assert w.sum() == pytest.approx(1)
    assert w @ autres == pytest.approx([0.2, 0.2, 0.2], abs=0.01)
