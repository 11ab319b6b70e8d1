"""The term of the law: what the last months say of it, as a range."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.pilotage.projection import Photo, Verdict, projeter

TERME = date(2027, 1, 1)
FINS = [date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30),
        date(2026, 10, 31), date(2026, 11, 22)]  # fmt: skip


def photos(*nombres: float | None, inconnus: tuple[int, ...] = ()) -> list[Photo]:
    inconnus = inconnus or (0,) * len(nombres)
    jours = FINS[-len(nombres) :]
    return [Photo(j, n, i) for j, n, i in zip(jours, nombres, inconnus, strict=True)]


def test_held_even_at_the_slowest_month() -> None:
    p = projeter(photos(700, 600, 500, 400, 300, 200, 60), terme=TERME)
    assert p is not None
    assert p.verdict is Verdict.TENUE
    assert p.au_plus_tot <= p.le <= p.au_plus_tard < TERME  # type: ignore[operator]


def test_lost_even_at_the_fastest_month() -> None:
    p = projeter(photos(1000, 990, 980, 970, 960, 950, 940), terme=TERME)
    assert p is not None
    assert p.verdict is Verdict.MANQUEE
    assert p.au_plus_tot is not None
    assert p.au_plus_tot > TERME


def test_not_assured_when_months_disagree() -> None:
    p = projeter(photos(700, 690, 680, 380, 370, 360, 200), terme=TERME)
    assert p is not None
    assert p.verdict is Verdict.INCERTAINE


def test_news_of_a_partner_is_no_new_person() -> None:
    """Eighty people whose body had said nothing are now known to have no contract: nobody was added."""
    p = projeter(photos(525, 488, 545, inconnus=(114, 108, 28)), terme=TERME)
    assert p is not None
    assert p.rythme is not None
    assert p.rythme > 0
    assert p.restantes == 545


def test_a_stock_that_rises_has_no_end() -> None:
    p = projeter(photos(100, 110, 120, 130), terme=TERME)
    assert p is not None
    assert (p.verdict, p.le, p.au_plus_tard) == (Verdict.MANQUEE, None, None)


def test_nobody_left_and_nothing_known() -> None:
    fini = projeter(photos(10, 0), terme=TERME)
    assert fini is not None
    assert fini.verdict is Verdict.FINI
    assert projeter(photos(10, None), terme=TERME) is None
    seule = projeter(photos(10), terme=TERME)
    assert seule is not None
    assert (seule.verdict, seule.rythme) == (Verdict.INCONNU, None)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 5000), min_size=3, max_size=7))
def test_the_range_holds_the_middle(nombres: list[int]) -> None:
    p = projeter(photos(*nombres), terme=TERME)
    assert p is not None
    if p.rythme is not None and p.lent is not None and p.rapide is not None:
        assert p.lent <= p.rythme <= p.rapide
    if p.au_plus_tot is not None and p.le is not None:
        assert p.au_plus_tot <= p.le
