"""The parts of the figures' pages that are pure: charts, sentences, months."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cordee.web.pilotage import graphiques
from cordee.web.pilotage.mois import Mois, lire_mois, mois_de
from cordee.web.pilotage.nombres import ecart, nombre

JOURS = st.dates(date(2021, 12, 1), date(2030, 12, 31))
VALEURS = st.none() | st.floats(0, 1e6)


@given(st.lists(st.tuples(JOURS, VALEURS), max_size=30), st.booleans())
def test_any_series_makes_a_chart_that_travels(points: list[tuple[date, float | None]], comparee: bool) -> None:
    serie = [graphiques.Point(le, valeur, str(valeur)) for le, valeur in points]
    dessin = graphiques.courbe(serie, description="d", un_an_avant=serie if comparee else [])
    assert json.loads(json.dumps(dessin)) == dessin
    assert dessin["padding"]["right"] >= 20


def test_what_is_unknown_breaks_the_line_and_is_never_zero() -> None:
    points = [graphiques.Point(date(2026, m, 28), v, "x") for m, v in ((1, 10.0), (2, None), (3, 12.0))]
    ligne = graphiques.courbe(points, description="d")["layer"][0]
    assert [p["valeur"] for p in ligne["data"]["values"]] == [10.0, None, 12.0]
    assert ligne["mark"]["invalid"].startswith("break-paths")


def test_a_target_is_written_on_its_line() -> None:
    repere = graphiques.Repere(80, "objectif : 80 %")
    dessin = graphiques.courbe([graphiques.Point(date(2026, 1, 31), 20, "20 %")], description="d", repere=repere)
    assert "objectif : 80 %" in json.dumps(dessin, ensure_ascii=False)


def test_names_on_the_map_never_touch() -> None:
    """Two communes side by side: the larger bears its name at its place, the other beside, or not at all."""
    voisines = [graphiques.Lieu(f"Commune numéro {n}", 48.78, 2.40 + n / 1000, 100 - n, "") for n in range(6)]
    places = graphiques.nommes(voisines)
    assert places["Commune numéro 0"] == 0
    assert sorted(places.values()) == [-16, 0, 16]


def test_a_hidden_commune_keeps_its_place_and_shows_no_size() -> None:
    lieux = [graphiques.Lieu("Noiseau", 48.77, 2.55, None, "Noiseau : non affiché"),
             graphiques.Lieu("Créteil", 48.78, 2.45, 90, "Créteil : 90", taux=40)]  # fmt: skip
    dessin = graphiques.carte(lieux, description="d", taux=True)
    lignes = {ligne["nom"]: ligne for ligne in dessin["data"]["values"]}
    assert lignes["Noiseau"]["montre"] is False
    assert lignes["Noiseau"]["classe"] == graphiques.TAUX_INCONNU
    assert lignes["Noiseau"]["bas"] is None


@given(JOURS, st.integers(-40, 40))
def test_months_go_and_come_back(jour: date, n: int) -> None:
    mois = mois_de(jour)
    assert mois.decale(n).decale(-n) == mois
    assert mois_de(mois.dernier_jour) == mois
    assert mois.au(jour) == jour


@given(st.text(max_size=8))
def test_any_text_gives_a_month_within_bounds(texte: str) -> None:
    premier, dernier = Mois(2021, 12), Mois(2026, 11)
    assert premier <= lire_mois(texte, premier=premier, dernier=dernier) <= dernier


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.sampled_from(["%", "jours", "personnes", "€"]))
def test_a_gap_always_says_which_way(valeur: float, avant: float, unite: str) -> None:
    mots = ecart(valeur, avant, unite)
    assert mots == "stable" or mots[0] == ("+" if valeur > avant else "−")


def test_a_rounded_zero_has_no_sign() -> None:
    assert nombre(-0.01, 1) == "0,0"
