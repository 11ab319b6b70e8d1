"""The pure rule that gives slots: never over capacity, nobody left while somewhere is free, whatever the order."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.rendezvous.enums import EtatCampagne, OrdreCampagne
from cordee.metier.rendezvous.regles.campagne import Besoin, Place, Plan, ordonner, penuries, planifier
from cordee.metier.rendezvous.regles.campagne_etats import SUITES, CampagneImpossible, passer
from cordee.socle.horloge import PARIS

LUNDI = date(2026, 3, 2)
QUART = timedelta(minutes=45)


def place(
    pk: int, jour: int = 0, heure: int = 9, *, structure: int = 1, libres: int = 1, rang: int = 0, **c: Any
) -> Place:
    debut = datetime(2026, 3, 2, heure, tzinfo=PARIS) + timedelta(days=jour) + rang * QUART
    return Place(pk, structure, debut, debut + QUART, libres, **c)


def besoin(
    personne: int, *, structure: int | None = 1, des: int = 0, jusqu_a: int = 30, limite: int = 40, **c: Any
) -> Besoin:
    jour = LUNDI.__add__
    return Besoin(
        personne, structure, jour(timedelta(days=limite)), jour(timedelta(days=-limite)), jour(timedelta(days=des)),
        jour(timedelta(days=jusqu_a)), **c,
    )  # fmt: skip


BESOINS = st.lists(
    st.builds(
        lambda s, des, duree, limite: (s, des, des + duree, limite),
        st.sampled_from([1, 2, 3]), st.integers(0, 8), st.integers(0, 6), st.integers(0, 20),
    ),
    max_size=25,
)  # fmt: skip
PLACES = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), st.integers(0, 12), st.integers(8, 16), st.integers(1, 3)), max_size=20
)


def monter(
    bruts: list[tuple[int, int, int, int]], places: list[tuple[int, int, int, int]]
) -> tuple[list[Besoin], list[Place]]:
    besoins = [besoin(n, structure=s, des=d, jusqu_a=j, limite=e) for n, (s, d, j, e) in enumerate(bruts)]
    return besoins, [place(n, j, h, structure=s, libres=c) for n, (s, j, h, c) in enumerate(places)]


def plan_de(besoins: list[Besoin], places: list[Place], **options: Any) -> Plan:
    return planifier(ordonner(besoins, OrdreCampagne.URGENCE), places, **options)


@given(BESOINS, PLACES)
def test_never_over_capacity_never_before_the_letter_has_come(bruts: Any, places: Any) -> None:
    besoins, offres = monter(bruts, places)
    plan, par_pk = plan_de(besoins, offres), {p.id: p for p in offres}
    voulus = {b.personne: b for b in besoins}
    assert all(n <= par_pk[pk].libres for pk, n in Counter(p.place for p in plan.placements).items())
    for pose in plan.placements:
        b = voulus[pose.personne]
        assert b.des <= pose.debut.date() <= b.jusqu_a
        assert pose.structure == b.structure
    assert sorted([p.personne for p in plan.placements] + list(plan.sans_place)) == sorted(voulus)


@given(BESOINS, PLACES)
def test_nobody_waits_while_a_slot_she_can_use_is_free(bruts: Any, places: Any) -> None:
    besoins, offres = monter(bruts, places)
    plan = plan_de(besoins, offres)
    prises = Counter(p.place for p in plan.placements)
    libres = [p for p in offres if prises[p.id] < p.libres]
    for b in besoins:
        if b.personne in plan.sans_place:
            assert not [p for p in libres if p.structure == b.structure and b.des <= p.debut.date() <= b.jusqu_a]


@given(BESOINS, PLACES, st.randoms())
def test_the_order_of_the_list_changes_nothing(bruts: Any, places: Any, alea: Any) -> None:
    besoins, offres = monter(bruts, places)
    melange, melangees = besoins[:], offres[:]
    alea.shuffle(melange)
    alea.shuffle(melangees)
    assert set(plan_de(besoins, offres).placements) == set(plan_de(melange, melangees).placements)


@given(BESOINS, PLACES)
@settings(max_examples=40)
def test_with_one_last_day_as_many_are_served_as_can_be(bruts: Any, places: Any) -> None:
    """Against an exhaustive matching (augmenting paths) where everybody's last day is the same."""
    besoins, offres = monter([(s, d, 30, e) for s, d, _, e in bruts], places)
    assert len(plan_de(besoins, offres).placements) == _couplage_maximum(besoins, offres)


def _couplage_maximum(besoins: list[Besoin], places: list[Place]) -> int:
    chaises = [(p.id, k) for p in places for k in range(p.libres)]
    par_pk = {p.id: p for p in places}
    tenue: dict[tuple[int, int], Besoin] = {}

    def asseoir(b: Besoin, vues: set[tuple[int, int]]) -> bool:
        for chaise in chaises:
            p = par_pk[chaise[0]]
            if chaise in vues or p.structure != b.structure or p.debut.date() < b.des:
                continue
            vues.add(chaise)
            if chaise not in tenue or asseoir(tenue[chaise], vues):
                tenue[chaise] = b
                return True
        return False

    return sum(asseoir(b, set()) for b in besoins)


def test_the_draw_can_be_done_again_and_depends_on_its_number_alone() -> None:
    besoins = [besoin(n) for n in range(30)]
    un = [b.personne for b in ordonner(besoins, OrdreCampagne.HASARD, graine=7)]
    assert un == [b.personne for b in ordonner(reversed(besoins), OrdreCampagne.HASARD, graine=7)]
    assert un != [b.personne for b in ordonner(besoins, OrdreCampagne.HASARD, graine=8)]


def test_the_oldest_first_when_asked() -> None:
    ordre = ordonner([besoin(1, limite=5), besoin(2, limite=20)], OrdreCampagne.ANCIENNETE)
    assert [b.personne for b in ordre] == [2, 1]


def test_a_week_holds_no_more_than_was_said() -> None:
    places = [place(n, jour=n % 5 + 7 * (n // 5)) for n in range(15)]
    plan = planifier([besoin(n) for n in range(9)], places, par_semaine=2)
    assert Counter(p.debut.isocalendar().week for p in plan.placements) == {10: 2, 11: 2, 12: 2}
    assert len(plan.sans_place) == 3


def test_a_couple_is_near_and_a_separated_one_on_two_days() -> None:
    places = [place(n, jour=n // 4, rang=n % 4) for n in range(12)]
    besoins = [besoin(1, foyer=9), besoin(2), besoin(3), besoin(4, foyer=9)]
    jours = {p.personne: p.debut for p in planifier(besoins, places).placements}
    assert abs(jours[1] - jours[4]) == QUART
    separes = [besoin(1, foyer=9, separee=True), besoin(4, foyer=9, separee=True, exclus=frozenset({LUNDI}))]
    jours = {p.personne: p.debut.date() for p in planifier(separes, places).placements}
    assert jours[1] != jours[4]
    assert jours[4] != LUNDI


def test_an_hour_when_she_is_expected_elsewhere_is_left() -> None:
    places = [place(0), place(1, rang=1)]
    pris = ((places[0].debut, places[0].fin),)
    assert [p.place for p in planifier([besoin(1, prises=pris)], places).placements] == [1]


def test_an_interpreter_takes_a_slot_of_the_language_or_two_that_follow() -> None:
    avec = besoin(1, minutes=68, langue="soninké")
    ordinaires = [place(0, file=5), place(1, rang=1, file=5), place(2, rang=2, file=6)]
    (pose,) = planifier([avec], ordinaires).placements
    assert (pose.place, pose.suite) == (0, 1)
    (pose,) = planifier([avec], [*ordinaires, place(3, jour=-1, langue="soninké")]).placements
    assert (pose.place, pose.suite) == (0, 1)  # the day before is too early for the letter
    (pose,) = planifier([avec], [place(3, langue="soninké"), *ordinaires]).placements
    assert (pose.place, pose.suite) == (3, None)
    assert planifier([avec], [place(0, file=5)]).sans_place == (1,)
    assert planifier([besoin(2)], [place(3, langue="soninké")]).sans_place == (2,)


def test_overflow_goes_where_most_room_is_left_among_those_near() -> None:
    places = [place(0, structure=2), place(1, jour=1, structure=2), place(2, structure=3, libres=9)]
    besoins = [besoin(1, structure=2), besoin(2), besoin(3)]
    assert planifier(besoins, places).sans_place == (2, 3)
    plan = planifier(besoins, places, voisines={1: [2, 3]})
    assert {p.personne: (p.structure, p.debordement) for p in plan.placements} == {
        1: (2, False), 2: (3, True), 3: (3, True)
    }  # fmt: skip


def test_the_platform_comes_before_any_neighbour() -> None:
    places = [place(0, structure=2), place(1, jour=3, structure=8)]
    (pose,) = planifier([besoin(1)], places, communes=frozenset({8}), voisines={1: [2]}).placements
    assert (pose.structure, pose.debordement) == (8, False)


def test_what_to_open_is_told_in_half_days() -> None:
    lignes = penuries([besoin(n, structure=n % 2) for n in range(9)], minutes=45, places=2)
    assert [(p.structure, p.manque, p.demi_journees) for p in lignes] == [(0, 5, 1), (1, 4, 1)]


@pytest.mark.parametrize("de", EtatCampagne)
@pytest.mark.parametrize("vers", EtatCampagne)
def test_states_follow_their_table(de: EtatCampagne, vers: EtatCampagne) -> None:
    if vers in SUITES[de]:
        assert passer(de, vers) is vers
    else:
        with pytest.raises(CampagneImpossible):
            passer(de, vers)
