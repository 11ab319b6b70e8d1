"""Observed against expected, on cases counted by hand or known otherwise; what intervals are worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from cordee.pilotage.comparaisons.modele import ajuster, calibration
from cordee.pilotage.comparaisons.publics import PERSONNES
from cordee.pilotage.comparaisons.statistique import dispersion, loi, moyenne, retrecir, surdispersion, taux


def test_the_law_of_three_unequal_coins_is_counted_by_hand() -> None:
    """0.2, 0.5, 0.9: none 0.8 x 0.5 x 0.1; all 0.2 x 0.5 x 0.9."""
    assert loi(np.array([0.2, 0.5, 0.9])) == pytest.approx([0.04, 0.41, 0.46, 0.09])


@pytest.mark.parametrize(("oui", "n", "p"), [(15, 20, 0.5), (1, 30, 0.2), (0, 25, 0.3), (40, 40, 0.8), (61, 150, 0.35)])
def test_equal_coins_give_the_exact_interval_of_clopper_and_pearson(oui: int, n: int, p: float) -> None:
    m = taux(oui, np.full(n, p))
    exact = stats.binomtest(oui, n, p).proportion_ci(method="exact")
    assert (m.observe, m.attendu) == pytest.approx((oui / n, p))
    assert (p + m.bas, p + m.haut) == pytest.approx((exact.low, exact.high), abs=1e-3)


def test_many_people_give_the_interval_of_the_score() -> None:
    """Wilson's interval: the same inversion, with equal chances."""
    m = taux(210, np.full(300, 0.65))
    wilson = stats.binomtest(210, 300).proportion_ci(method="wilson")
    assert (0.65 + m.bas, 0.65 + m.haut) == pytest.approx((wilson.low, wilson.high), abs=1e-3)
    assert m.p == pytest.approx(2 * stats.norm.sf(15 / np.sqrt(300 * 0.65 * 0.35)))


def test_a_number_of_days_has_the_interval_of_student() -> None:
    """Gaps 1, 3, 5, 3: mean 3, own spread 1.633; limits rest on the spread of everybody (2)."""
    m = moyenne(np.array([11.0, 13.0, 15.0, 13.0]), np.full(4, 10.0), 2.0)
    assert (m.ecart, m.erreur) == pytest.approx((3.0, 1.0))
    assert (m.bas, m.haut) == pytest.approx((3 - 3.18245 * 0.81650, 3 + 3.18245 * 0.81650), abs=1e-3)
    assert m.p == pytest.approx(
        2 * stats.t.sf(3 / 0.81650, 3), abs=1e-4
    )  # larger than the 0.0027 of everybody's spread


def test_what_is_left_once_chance_is_taken_away() -> None:
    """Gaps ±3 with an error of 1 each: a variance of 9 seen, 1 of chance, 8 left; each is drawn back by a ninth."""
    tau = dispersion(np.array([3.0, -3.0]), np.array([1.0, 1.0]))
    centre, bas, haut = retrecir(3.0, 1.0, tau)
    assert centre == pytest.approx(3 * 8 / 9)
    assert haut - bas == pytest.approx(2 * 1.959964 * np.sqrt(8 / 9))
    assert surdispersion([taux(20, np.full(40, 0.5)), taux(20, np.full(40, 0.5))]) == 0


# Made structures ------------------------------------------------------------------------------------------------------
def _publics(
    graine: int, *, effets: bool, structures: int = 30, n: int = 90, territoires: int = 1
) -> tuple[pd.DataFrame, np.ndarray]:
    """Structures whose publics differ a lot (young people succeed more), with or without an effect of their own, and
    what each person would give in a structure without effect.
    """
    hasard = np.random.default_rng(graine)
    lignes, attendus = [], []
    for s in range(structures):
        jeunes = 0.1 + 0.8 * s / structures
        effet = hasard.normal(0, 0.4) if effets else 0.0
        for _ in range(n):
            jeune, seul = hasard.random() < jeunes, hasard.random() < 0.5
            eta = -1.2 + 2.2 * jeune + 0.4 * seul
            attendus.append(special.expit(eta))
            traits = {c.nom: c.reference for c in PERSONNES}
            traits |= {"age": "25_29" if jeune else "50_59", "famille": "seul_sans" if seul else "couple_avec"}
            lignes.append({
                "valeur": float(hasard.random() < special.expit(eta + effet)), "structure": f"S{s:02}", **traits,
                "sexe": "femme", "territoire": f"E{s % territoires}", "trimestre": "2026-1",
                "inconnu": False, "categorie": "eds",
            })  # fmt: skip
    return pd.DataFrame(lignes), np.array(attendus)


def test_intervals_hold_the_truth_on_made_structures() -> None:
    """The true gap of a structure (its effect on its own people) is inside its interval nine times in ten at least,
    though young people are not spread evenly; drawn back, still so, and nearer to the truth on the whole.
    """
    dedans = retrecis = n = 0
    loin_brut = loin_retreci = 0.0
    for graine in (1, 2, 3):
        lignes, verite = _publics(graine, effets=True)
        ajuste = ajuster(lignes, logistique=True)
        y = lignes["valeur"].to_numpy(float)
        groupes = lignes.groupby("structure").indices
        mesures = [taux(int(y[i].sum()), ajuste.attendus[i]) for i in groupes.values()]
        tau = dispersion(np.array([m.ecart for m in mesures]), np.array([m.erreur for m in mesures]))
        decalage = y.mean() - verite.mean()  # the average structure is the one that is compared with
        for i, m in zip(groupes.values(), mesures, strict=True):
            vrai = _effet_vrai(graine, i, lignes, verite) - decalage
            centre, bas, haut = retrecir(m.ecart, m.erreur, tau, structures=len(mesures))
            dedans += m.bas <= vrai <= m.haut
            retrecis += bas <= vrai <= haut
            loin_brut += (m.ecart - vrai) ** 2
            loin_retreci += (centre - vrai) ** 2
            n += 1
    assert dedans / n >= 0.9
    assert retrecis / n >= 0.88
    assert loin_retreci < loin_brut


def _effet_vrai(graine: int, indices: np.ndarray, lignes: pd.DataFrame, verite: np.ndarray) -> float:
    """What the structure adds per person, from the effect that was drawn for it (the same draws, again)."""
    hasard = np.random.default_rng(graine)
    rang = int(str(lignes["structure"].iloc[indices[0]])[1:])
    for s in range(rang + 1):
        effet = hasard.normal(0, 0.4)
        if s < rang:
            hasard.random(3 * len(indices))
    eta = special.logit(verite[indices])
    return float((special.expit(eta + effet) - verite[indices]).mean())


def test_publics_alone_make_nobody_stand_out() -> None:
    """Without any effect of structures, the crude gaps stand out by their publics; the adjusted ones do not."""
    lignes, _ = _publics(7, effets=False)
    y, ajuste = lignes["valeur"].to_numpy(float), ajuster(lignes, logistique=True)
    groupes = list(lignes.groupby("structure").indices.values())
    bruts = sum(taux(int(y[i].sum()), np.full(len(i), y.mean())).p < 0.002 for i in groupes)
    ajustes = sum(taux(int(y[i].sum()), ajuste.attendus[i]).p < 0.002 for i in groupes)
    assert bruts >= 4
    assert ajustes <= 1
    for tranche in calibration(y, ajuste.attendus):
        assert tranche["observe"] == pytest.approx(tranche["prevu"], abs=0.1)


def test_the_expected_total_is_the_observed_one() -> None:
    lignes, _ = _publics(11, effets=True, structures=8, territoires=3)
    ajuste = ajuster(lignes, logistique=True)
    for territoire, part in lignes.groupby("territoire"):
        assert ajuste.attendus[part.index].sum() == pytest.approx(part["valeur"].sum(), abs=0.01), territoire


def test_too_few_people_are_expected_to_be_average() -> None:
    lignes, _ = _publics(5, effets=False, structures=3, n=30)
    ajuste = ajuster(lignes, logistique=True)
    assert not ajuste.modele
    assert set(ajuste.attendus) == {lignes["valeur"].mean()}
