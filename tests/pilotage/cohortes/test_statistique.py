"""Curves of cohorts: cases worked by hand, and a second computation that shares nothing with the first."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.pilotage.cohortes import statistique as s

Gens = list[tuple[int, int]]
"""(months until the exit or the last photo, 0 or the cause)."""
GENS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), min_size=1, max_size=40)


def vecteurs(gens: Gens) -> tuple[Any, Any]:
    return np.array([d for d, _ in gens], dtype=np.int64), np.array([c for _, c in gens], dtype=np.int64)


def a_la_main(gens: Gens, causes: int, mois: int) -> tuple[list[Fraction], list[list[Fraction]]]:
    """Kaplan–Meier and Aalen–Johansen with fractions, person by person."""
    reste, parts = Fraction(1), [Fraction(0)] * causes
    survie, incidences = [], []
    for k in range(mois + 1):
        suivies = [c for d, c in gens if d >= k]
        partis = [c for d, c in gens if d == k and c]
        if suivies:
            for c in range(causes):
                parts[c] += reste * Fraction(partis.count(c + 1), len(suivies))
            reste *= 1 - Fraction(len(partis), len(suivies))
        survie.append(reste)
        incidences.append(list(parts))
    return survie, [[ligne[c] for ligne in incidences] for c in range(causes)]


def test_a_case_worked_by_hand() -> None:
    """Six people: a job at 1, censored at 2, papers at 2, a job at 3, two still there at 4."""
    gens: Gens = [(1, 1), (2, 0), (2, 2), (3, 1), (4, 0), (4, 0)]
    duree, sortie = vecteurs(gens)
    courbe = s.maintien(duree, sortie, 4)
    # 5/6, then 5/6 × 4/5 = 2/3, then 2/3 × 2/3 = 4/9
    assert courbe.valeur == pytest.approx([1, 5 / 6, 2 / 3, 4 / 9, 4 / 9])
    emploi, papiers = s.incidences(duree, sortie, 2, 4)
    assert emploi.valeur == pytest.approx([0, 1 / 6, 1 / 6, 1 / 6 + 2 / 9, 1 / 6 + 2 / 9])
    assert papiers.valeur == pytest.approx([0, 0, 1 / 6, 1 / 6, 1 / 6])
    assert s.mediane(courbe) == 3
    assert list(s.a_risque(duree, 4)) == [6, 6, 5, 3, 2]
    # Greenwood at 1: S²·d/(n(n−d)) = (5/6)² · 1/30 ; the log(−log) interval is inside 0 and 1
    largeur = s.Z * sqrt((5 / 6) ** 2 / 30) / abs(5 / 6 * np.log(5 / 6))
    assert courbe.bas[1] == pytest.approx((5 / 6) ** np.exp(largeur))
    assert courbe.haut[1] == pytest.approx((5 / 6) ** np.exp(-largeur))


@settings(max_examples=80, deadline=None)
@given(gens=GENS)
def test_curves_are_those_of_fractions_and_parts_make_a_whole(gens: Gens) -> None:
    duree, sortie = vecteurs(gens)
    mois = int(duree.max())
    courbe, motifs = s.maintien(duree, sortie, mois), s.incidences(duree, sortie, 3, mois)
    survie, parts = a_la_main(gens, 3, mois)
    assert courbe.valeur == pytest.approx([float(x) for x in survie], abs=1e-9)
    for motif, attendue in zip(motifs, parts, strict=True):
        assert motif.valeur == pytest.approx([float(x) for x in attendue], abs=1e-9)
    assert sum(m.valeur for m in motifs) == pytest.approx(1 - courbe.valeur, abs=1e-9)
    for c in (courbe, *motifs):
        assert (c.bas <= c.valeur + 1e-9).all()
        assert (c.valeur <= c.haut + 1e-9).all()
        assert (c.bas >= 0).all()
        assert (c.haut <= 1).all()


@settings(max_examples=30, deadline=None)
@given(gens=GENS)
def test_without_a_competing_event_both_curves_say_the_same(gens: Gens) -> None:
    duree, sortie = vecteurs([(d, min(c, 1)) for d, c in gens])
    mois = int(duree.max())
    seule = s.incidences(duree, sortie, 1, mois)[0]
    assert seule.valeur == pytest.approx(1 - s.maintien(duree, sortie, mois).valeur, abs=1e-9)


def test_the_log_rank_test_worked_by_hand() -> None:
    """Two groups of five: 1, 2 against 4, 5, then censored at 6. O − E and its variance, month by month."""
    a, b = vecteurs([(1, 1), (2, 1), (6, 0), (6, 0), (6, 0)]), vecteurs([(4, 1), (5, 1), (6, 0), (6, 0), (6, 0)])
    attendu, variance = 0.0, 0.0
    for n, na in ((10, 5), (9, 4), (8, 3), (7, 3)):
        attendu += na / n
        variance += na * (n - na) / (n * n)
    chi2 = (2 - attendu) ** 2 / variance
    from scipy.stats import chi2 as loi

    assert s.comparer([a[0], b[0]], [a[1], b[1]]) == pytest.approx(float(loi.sf(chi2, 1)))
    assert s.comparer([a[0]], [a[1]]) is None
    assert s.comparer([a[0], b[0]], [a[1] * 0, b[1] * 0]) is None


def test_leaving_otherwise_does_not_make_a_job_rarer() -> None:
    """Gray-type: who left for papers stays in the risk set until the end of her observation."""
    rien = np.zeros(0, dtype=np.int64)
    a = vecteurs([(1, 2)] * 30 + [(5, 1)] * 10 + [(6, 0)] * 20)
    b = vecteurs([(5, 1)] * 10 + [(6, 0)] * 50)
    suivi = np.full(60, 6, dtype=np.int64)
    p = s.comparer_une_cause([a[0], b[0]], [a[1], b[1]], [suivi, suivi], 1)
    assert p == pytest.approx(1.0)  # ten in sixty in both
    propre = s.comparer([np.where(a[1] == 1, a[0], a[0]), b[0]], [(a[1] == 1).astype(int), b[1]])
    assert propre is not None
    assert propre < 0.1  # among those still there, they are not alike
    assert s.comparer_une_cause([rien, rien], [rien, rien], [rien, rien], 1) is None


def test_nobody_and_nobody_gone() -> None:
    vide = np.zeros(0, dtype=np.int64)
    assert list(s.maintien(vide, vide, 2).valeur) == [1, 1, 1]
    restent = np.array([3, 3], dtype=np.int64)
    assert list(s.maintien(restent, restent * 0, 3).valeur) == [1, 1, 1, 1]
    assert s.mediane(s.maintien(restent, restent * 0, 3)) is None
    assert [list(c.valeur) for c in s.incidences(restent, restent * 0, 2, 3)] == [[0, 0, 0, 0]] * 2


@pytest.mark.parametrize(("n", "total"), [(0, 20), (3, 20), (20, 20)])
def test_the_interval_of_a_share_holds_it(n: int, total: int) -> None:
    bas, haut = s.wilson(n, total)
    assert 0 <= bas <= n / total <= haut <= 1
    assert haut - bas < 0.35


def test_the_gap_of_two_curves_bears_both_widths() -> None:
    a, b = vecteurs([(1, 1)] * 40 + [(2, 0)] * 60), vecteurs([(1, 1)] * 20 + [(2, 0)] * 80)
    d, bas, haut = s.ecart(s.maintien(*a, 2), s.maintien(*b, 2), 2)
    assert d == pytest.approx(0.2)
    assert bas < 0.2 < haut
    demi = s.Z * sqrt(0.4 * 0.6 / 100 + 0.2 * 0.8 / 100)
    assert (haut - bas) / 2 == pytest.approx(demi, rel=0.1)
