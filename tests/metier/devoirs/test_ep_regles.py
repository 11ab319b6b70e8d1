"""Properties of the rules of the équipe: nobody rare is shown, spouses never meet, announced hours never move."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.devoirs.regles.ep_anonymat import Traits, apparence, compter, fuites
from cordee.metier.devoirs.regles.ep_calendrier import DERNIER, Rythme, dates_de_l_annee
from cordee.metier.devoirs.regles.ep_ordre import AOrdonner, Durees, ordonner
from cordee.metier.devoirs.regles.ep_quorum import Present, RegleQuorum, Reponse, constater, prevoir, voix
from cordee.reglementation.calendrier import est_jour_ouvre
from cordee.socle.horloge import PARIS

AGES = ("moins de 25 ans", "25 à 34 ans", "35 à 44 ans", "45 à 54 ans", "55 ans ou plus", "")
traits = st.builds(
    Traits, age=st.sampled_from(AGES), secteur=st.sampled_from(("Nord", "Sud", "")),
    foyer=st.sampled_from(("couple", "personne seule", "")), voie=st.sampled_from(("Emploi", "Social", "")),
)  # fmt: skip
populations = st.dictionaries(traits, st.integers(1, 9), min_size=1, max_size=30)
DEBUT, PAS = datetime(2026, 3, 26, 9, tzinfo=PARIS), Durees(20, 10)


@settings(max_examples=60, deadline=None)
@given(gens=populations, k=st.integers(1, 12), donnees=st.data())
def test_what_is_shown_is_shared_by_enough_people_or_nothing_is_shown(
    gens: dict[Traits, int], k: int, donnees: st.DataObject
) -> None:
    qui = donnees.draw(st.sampled_from(sorted(gens, key=str)))
    vue = apparence(qui, gens, k=k)
    assert vue.traits == Traits() or vue.effectif >= k
    assert vue.effectif == compter(vue.traits, gens)
    assert vue.effectif >= gens[qui]  # she answers her own description
    assert vue.reduits == (vue.traits != qui)


dossiers = st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=14).map(
    lambda lus: [AOrdonner(n, audition, foyer or None) for n, (audition, foyer) in enumerate(lus)]
)


@settings(max_examples=60, deadline=None)
@given(lus=dossiers)
def test_hearings_first_spouses_apart_and_hours_kept_when_files_leave(lus: list[AOrdonner]) -> None:
    places = ordonner(lus, debut=DEBUT, durees=PAS)
    par_cle = {d.cle: d for d in lus}
    assert [p.numero for p in places] == list(range(1, len(lus) + 1))
    assert sorted(p.cle for p in places) == [d.cle for d in lus]
    auditions = [par_cle[p.cle].audition for p in places]
    assert auditions == sorted(auditions, reverse=True)
    entendus = [(par_cle[p.cle], p.heure) for p in places if p.heure is not None]
    for (a, une), (b, autre) in pairwise(entendus):
        assert autre - une >= timedelta(minutes=20)
        assert a.foyer is None or a.foyer != b.foyer or autre - une > timedelta(minutes=20) or _trop(a, entendus)
    restent = [AOrdonner(d.cle, d.audition, d.foyer, heure=dict_heures(places).get(d.cle)) for d in lus if d.cle % 3]
    suites = {p.cle: p.heure for p in ordonner(restent, debut=DEBUT, durees=PAS)}
    assert all(suites[d.cle] == d.heure for d in restent if d.audition)


def dict_heures(places: list) -> dict[int, datetime]:  # type: ignore[type-arg]
    return {p.cle: p.heure for p in places if p.heure is not None}


def _trop(a: AOrdonner, entendus: list[tuple[AOrdonner, datetime]]) -> bool:
    """A household of so many hearings that even pauses are not enough: no family has more than two adults."""
    return sum(d.foyer == a.foyer for d, _ in entendus) > 2


@settings(max_examples=40, deadline=None)
@given(
    jour_semaine=st.integers(0, 4), rangs=st.sets(st.sampled_from((1, 2, 3, 4, DERNIER)), min_size=1),
    annee=st.integers(2024, 2035),
)  # fmt: skip
def test_sessions_fall_on_working_days_outside_august(jour_semaine: int, rangs: set[int], annee: int) -> None:
    rythme = Rythme(jour_semaine, tuple(sorted(rangs)))
    dates = dates_de_l_annee(rythme, du=date(annee, 1, 1), au=date(annee, 12, 31))
    retenues = [d.le for d in dates if d.le]
    assert all(est_jour_ouvre(d) and d.month != 8 for d in retenues)
    assert len(retenues) >= 10 * len(rangs - {DERNIER})  # the last one is often the fourth
    assert all(abs((d.le - d.voulue).days) < 5 for d in dates if d.le)


@pytest.mark.parametrize(
    ("venus", "perspective"),
    [((True, True, True), "acquis"), ((True, None, True), "possible"), ((False, False, True), "compromis")],
)
def test_two_people_never_fill_one_seat(venus: tuple[bool | None, ...], perspective: str) -> None:
    regle = RegleQuorum({"departement": 1, "emploi": 2}, 100)
    dites = [Reponse("departement", True, venus[2]), Reponse("departement", False, True),
             *(Reponse("emploi", True, v) for v in venus[:2])]  # fmt: skip
    prevu = prevoir(regle, dites)
    assert prevu.perspective == perspective
    assert prevu.colleges[0].acquis == 1
    presents = [Present(1, "departement", True), Present(2, "departement", False), Present(3, "emploi", True)]
    assert voix(regle, presents) == {"departement": (1,), "emploi": (3,)}
    assert not constater(regle, presents).atteint


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("Elle vit à l'Haÿ-les-Roses depuis peu.", "« L'Haÿ-les-Roses »"),
        ("elle vit à l’hay-les-roses", "« L'Haÿ-les-Roses »"),
        ("Joignable au 06 01 02 03 04.", "un numéro de téléphone"),
        ("Elle habite 12 bis, rue des Lilas.", "une adresse"),
        ("Écrire à x.y@exemple.fr", "une adresse électronique"),
        ("Licenciée de la société Fictive.", "un employeur"),
        ("Mme F. est venue.", "un nom après une civilité"),
        ("Dossier 1234567 à la caisse.", "un long numéro"),
    ],
)
def test_what_would_name_her_is_found(texte: str, dit: str) -> None:
    assert dit in fuites(texte, ["L'Haÿ-les-Roses"])


def test_ordinary_sentences_are_left_alone() -> None:
    exposes = (
        "Quinze heures étaient prévues ; dix ont été faites. Elle garde deux enfants de moins de 6 ans.",
        "Un atelier sur trois manqué depuis septembre 2025. Il a rappelé le lendemain.",
        "Elle cherche dans le commerce, à mi-temps, et suit une formation de 35 heures.",
    )
    assert [fuites(texte, ["Roses", "Nomfictif"]) for texte in exposes] == [[], [], []]
