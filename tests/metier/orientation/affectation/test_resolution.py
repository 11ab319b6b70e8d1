"""The allocation is the best, proven; it leaves no place unused; order and repetition change nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.orientation.affectation.comparaison import gains
from cordee.metier.orientation.affectation.couts import INTERDIT, Couts
from cordee.metier.orientation.affectation.enums import MotifSansSolution, RegleCouples
from cordee.metier.orientation.affectation.premier_arrive import premier_arrive
from cordee.metier.orientation.affectation.probleme import Probleme
from cordee.metier.orientation.affectation.raisons import Explications
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre
from tests.metier.orientation.affectation.problemes import (
    COMMUNES,
    au_hasard,
    cout_reel,
    demande,
    maison,
    optimum_par_programme_lineaire,
    poste,
    probleme,
    une_place_de_plus,
)

graines = st.integers(0, 10_000)
vite = settings(max_examples=40, deadline=None)


def _personnes_affectables(r: Resultat) -> list[tuple[int, int]]:
    """(person left out, post with a place left that may receive her): must be empty."""
    couts = r.couts
    libres = [i for i in range(len(couts.postes)) if r.restantes.libre(couts, i)]
    return [
        (d.id, i) for g in r.groupes for d in g.personnes if d.id not in r.choix for i in libres
        if g.ligne[i] != INTERDIT
    ]  # fmt: skip


@given(graines)
@vite
def test_cost_equals_its_bound_and_another_solver(graine: int) -> None:
    r = resoudre(au_hasard(graine))
    assert r.cout == r.borne == cout_reel(r, r.choix)
    assert r.flot.cout == optimum_par_programme_lineaire(r)


@given(graines)
@vite
def test_with_couples_the_bound_holds_for_the_rest(graine: int) -> None:
    r = resoudre(au_hasard(graine, personnes=12, couples=True))
    assert r.cout == r.borne == cout_reel(r, r.choix)
    assert r.flot.cout == optimum_par_programme_lineaire(r)
    par_foyer: dict[int, set[int]] = {}
    for d in r.couts.probleme.demandes:
        if d.id in r.couples:
            par_foyer.setdefault(d.foyer or 0, set()).add(r.couts.postes[r.couples[d.id]].structure)
    assert all(len(structures) == 1 for structures in par_foyer.values())


@given(graines, st.booleans())
@vite
def test_no_place_is_left_while_somebody_eligible_waits(graine: int, couples: bool) -> None:
    r = resoudre(au_hasard(graine, personnes=12, couples=couples))
    assert _personnes_affectables(r) == []
    for rang, p in enumerate(r.couts.postes):
        assert sum(choisi == rang for choisi in r.choix.values()) <= (0 if p.empechement else p.places)


@given(graines, graines)
@vite
def test_order_of_people_changes_nothing(graine: int, melange: int) -> None:
    p = au_hasard(graine, personnes=12, couples=True)
    demandes, maisons, postes = list(p.demandes), list(p.maisons), list(p.postes)
    for liste in (demandes, maisons, postes):
        Random(melange).shuffle(liste)  # noqa: S311 - no secret
    autre = replace(p, demandes=tuple(demandes), maisons=tuple(maisons), postes=tuple(postes))
    une, deux = resoudre(p), resoudre(autre)
    assert une.choix == deux.choix
    assert une.cout == deux.cout


@given(graines, graines)
@vite
def test_numbers_of_people_do_not_change_the_cost(graine: int, melange: int) -> None:
    p = au_hasard(graine, personnes=10)
    numeros = [d.id for d in p.demandes]
    Random(melange).shuffle(numeros)  # noqa: S311 - no secret
    autre = replace(p, demandes=tuple(replace(d, id=n) for d, n in zip(p.demandes, numeros, strict=True)))
    assert resoudre(p).cout == resoudre(autre).cout


@given(graines, st.booleans())
@vite
def test_never_worse_than_first_come_first_served(graine: int, couples: bool) -> None:
    r = resoudre(au_hasard(graine, personnes=12, couples=couples))
    usuel = premier_arrive(r)
    assert usuel.cout == cout_reel(r, usuel.choix)
    assert r.cout <= usuel.cout
    assert len(r.choix) >= len(usuel.choix)


@given(graines)
@settings(max_examples=25, deadline=None)
def test_one_more_place_is_worth_what_it_says(graine: int) -> None:
    """The residual graph prices one more place exactly: the same as solving again with it."""
    p = _sans_paliers(au_hasard(graine))
    sans = resoudre(p)
    for rang, qui in enumerate(sans.couts.postes):
        structure = int(sans.couts.maison_du_poste[rang])
        if qui.empechement or not qui.places or sans.avant.structures[structure] >= 0:
            continue
        plus = resoudre(une_place_de_plus(p, agent=qui.agent))
        assert sans.flot.gain_poste(rang) == sans.cout - _a_meme_penalite(plus, sans)
    for rang, limitee in enumerate(sans.couts.maisons):
        if limitee.places is not None:
            plus = resoudre(une_place_de_plus(p, structure=limitee.id))
            assert sans.flot.gain_structure(rang) == sans.cout - _a_meme_penalite(plus, sans)


@given(graines)
@settings(max_examples=25, deadline=None)
def test_one_place_less_costs_what_it_says(graine: int) -> None:
    p = _sans_paliers(au_hasard(graine))
    sans = resoudre(p, pertes=True)
    for rang, qui in enumerate(sans.couts.postes):
        structure = int(sans.couts.maison_du_poste[rang])
        if qui.empechement or qui.places < 2 or sans.avant.structures[structure] >= 0:
            continue
        moins = resoudre(une_place_de_plus(p, agent=qui.agent, combien=-1))
        assert sans.flot.perte_poste(rang) == _a_meme_penalite(moins, sans) - sans.cout


@given(graines)
@settings(max_examples=25, deadline=None)
def test_moves_for_one_more_place_lead_to_it(graine: int) -> None:
    """The people named as those who would move form a chain that ends at the new place."""
    r = resoudre(_sans_paliers(au_hasard(graine)))
    for gain in gains(r):
        assert gain.points > 0
        if gain.agent is not None:
            chaine = r.flot.mouvements_poste(r.couts.rang_poste[gain.structure, gain.agent])
            assert chaine[0].vers == r.couts.rang_poste[gain.structure, gain.agent]
            # Who moves next takes the post that was left, or one of the same structure that may receive one more.
            ou = r.couts.maison_du_poste
            assert all(suivant.de is None or ou[m.vers] == ou[suivant.de] for suivant, m in pairwise(chaine))


def _sans_paliers(p: Probleme) -> Probleme:
    """Steps of filling depend on the capacity itself: set apart to compare capacities."""
    return replace(p, bareme=replace(p.bareme, remplissage=((0, 0),)))


def _a_meme_penalite(r: Resultat, modele: Resultat) -> int:
    """Its cost, had leaving somebody out the price it has in the other."""
    laissees = sum(d.id not in r.choix for g in r.groupes for d in g.personnes)
    return r.cout + (modele.flot.penalite - r.flot.penalite) * laissees


@given(graines)
@vite
def test_costs_of_a_line_are_the_sum_of_its_criteria(graine: int) -> None:
    couts = Couts(au_hasard(graine))
    for d in couts.probleme.demandes:
        ligne = couts.ligne(d)
        for rang, p in enumerate(couts.postes):
            detail = couts.detail(d, p)
            assert ligne[rang] == (INTERDIT if detail is None else sum(detail.values()))


@given(graines)
@settings(max_examples=25, deadline=None)
def test_next_best_says_what_a_move_really_costs(graine: int) -> None:
    """Moving one person alone to her next best changes the whole cost by exactly the difference announced."""
    r = resoudre(au_hasard(graine, personnes=7))
    explications = Explications(r)
    for d in r.couts.probleme.demandes:
        suivant, _ = explications.autres(d)
        if suivant is not None:
            assert cout_reel(r, {**r.choix, d.id: suivant.poste}) - r.cout == suivant.ecart
            assert suivant.ecart >= 0


def test_a_lock_is_kept_beyond_capacity_and_the_rest_is_best_around_it() -> None:
    p = probleme([demande(1), demande(2), demande(3)], [maison(1)], [poste(101, places=1), poste(102, places=2)])
    r = resoudre(replace(p, verrous={1: (1, 101), 2: (1, 101)}))
    assert (r.choix[1], r.choix[2], r.choix[3]) == (0, 0, 1)
    assert r.verrouillees == {1, 2}
    assert r.cout == r.borne


def test_a_lock_that_is_no_longer_possible_says_so() -> None:
    p = probleme([demande(1)], [maison(1)], [poste(101, empechement="absent")])
    r = resoudre(replace(p, verrous={1: (1, 101)}))
    assert r.motifs == {1: MotifSansSolution.VERROU_IMPOSSIBLE}


def test_who_waited_most_goes_first_when_places_are_short() -> None:
    p = probleme([demande(n, attente_jours=10 * n) for n in range(1, 5)], [maison(1)], [poste(places=2)])
    r = resoudre(p)
    assert sorted(r.choix) == [3, 4]
    assert set(r.motifs.values()) == {MotifSansSolution.CAPACITE}


def test_a_couple_is_together_even_at_a_price() -> None:
    un, deux = demande(1, foyer=7, refusee=True), demande(2, foyer=7, refusee=True)
    maisons = [maison(1), maison(2, places=1), maison(3)]
    p = probleme([un, deux], maisons, [poste(101, 2, 1), poste(102, 3, 2)])
    r = resoudre(p)
    assert {r.couts.postes[rang].structure for rang in r.choix.values()} == {3}
    a_part = resoudre(replace(p, bareme=replace(p.bareme, couples=RegleCouples.SEPARES)))
    assert {a_part.couts.postes[rang].structure for rang in a_part.choix.values()} == {2, 3}


def test_a_couple_that_fits_nowhere_together_takes_the_two_places_that_are_left() -> None:
    couple = [demande(1, foyer=7, refusee=True), demande(2, foyer=7, refusee=True)]
    r = resoudre(probleme(couple, [maison(1), maison(2), maison(3)], [poste(101, 2), poste(102, 3)]))
    assert len(r.choix) == 2
    assert r.couples == {}


def test_nobody_and_nothing() -> None:
    assert resoudre(probleme([], [maison(1)], [poste()])).choix == {}
    seule = resoudre(probleme([demande(1)], [], []))
    assert seule.motifs == {1: MotifSansSolution.SANS_STRUCTURE}
    assert resoudre(probleme([demande(1, commune="")], [maison(2)], [poste(101, 2)])).motifs == {
        1: MotifSansSolution.HORS_SECTEUR
    }


@pytest.mark.parametrize("commune", COMMUNES[:2])
def test_same_input_same_allocation(commune: str) -> None:
    p = au_hasard(3, personnes=20)
    p = replace(p, demandes=tuple(replace(d, commune=commune) for d in p.demandes))
    assert resoudre(p).choix == resoudre(p).choix
