"""Small numbers stay hidden, even from who can subtract (V9)."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.pilotage.calcul import Cellule, cacher
from cordee.pilotage.carte import Carte
from cordee.pilotage.entetes import definitions
from cordee.pilotage.enums import Niveau, Secret
from cordee.pilotage.secret import SEUIL_INTERNE, SEUIL_PUBLICATION, a_cacher, petit

comptes = st.lists(st.integers(0, 60), min_size=1, max_size=7)


def test_a_small_commune_takes_another_with_it() -> None:
    """Périgny alone hidden, the département would give it back."""
    effectifs = {"94": 205, "perigny": 3, "noiseau": 12, "creteil": 190}
    caches = a_cacher(effectifs, [("94", ["perigny", "noiseau", "creteil"])], seuil=11)
    assert caches == {"perigny": Secret.PETIT_NOMBRE, "noiseau": Secret.COMPLEMENTAIRE}


def test_people_without_a_known_commune_hide_the_small_one() -> None:
    effectifs = {"94": 225, "perigny": 3, "creteil": 190}
    assert a_cacher(effectifs, [("94", ["perigny", "creteil"])], seuil=11) == {"perigny": Secret.PETIT_NOMBRE}


def test_a_hidden_total_needs_nothing_else() -> None:
    assert a_cacher({"94": 4, "a": 4}, [("94", ["a"])], seuil=5) == {
        "94": Secret.PETIT_NOMBRE, "a": Secret.PETIT_NOMBRE,
    }  # fmt: skip


def test_the_rest_of_a_whole_is_a_part_too() -> None:
    """50 people, 47 women: three men, even if nobody publishes them."""
    assert a_cacher({"tout": 50, "femmes": 47}, [("tout", ["femmes"])], seuil=5) == {"femmes": Secret.COMPLEMENTAIRE}


@given(st.lists(comptes, min_size=1, max_size=4), st.integers(0, 20), st.sampled_from([5, 11]))
def test_nobody_finds_a_small_number_by_subtracting(groupes: list[list[int]], ailleurs: int, seuil: int) -> None:
    """A département, its EPT, their communes: what a shown total hides is several parts, and enough people."""
    effectifs: dict[str, int] = {}
    communes = []
    for i, groupe in enumerate(groupes):
        for j, n in enumerate(groupe):
            effectifs[f"c{i}.{j}"] = n
        effectifs[f"e{i}"] = sum(groupe)
        communes += [f"c{i}.{j}" for j in range(len(groupe))]
    effectifs["d"] = sum(map(sum, groupes)) + ailleurs
    familles = [("d", [f"e{i}" for i in range(len(groupes))]), ("d", communes)]
    familles += [(f"e{i}", [f"c{i}.{j}" for j in range(len(g))]) for i, g in enumerate(groupes)]
    caches = a_cacher(effectifs, familles, seuil=seuil)
    assert not [c for c, n in effectifs.items() if petit(n, seuil) and c not in caches]
    for tout, parties in familles:
        masques = [effectifs[p] for p in parties if p in caches]
        if tout in caches or not any(masques):
            continue
        reste = effectifs[tout] - sum(effectifs[p] for p in parties)
        invisibles = masques + ([reste] if reste else [])
        assert len(invisibles) > 1
        assert sum(invisibles) >= seuil


def test_a_closed_territory_with_nobody_counted_hides_nothing_else() -> None:
    """Nobody oriented anywhere: the rate of the département is shown."""
    effectifs = {"94": 0, "perigny": 0, "noiseau": 0}
    assert a_cacher(effectifs, [("94", ["perigny", "noiseau"])], seuil=5, d_office=["perigny"]) == {
        "perigny": Secret.COMPLEMENTAIRE
    }


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(0, 40), max_size=8))
def test_a_higher_threshold_hides_at_least_as_many_small_numbers(effectifs: dict[str, int]) -> None:
    assert set(a_cacher(effectifs, [], seuil=5)) <= set(a_cacher(effectifs, [], seuil=11))


# Parts of a whole, as the headers declare them ----------------------------------------------------------------------
PARTITIONS: dict[tuple[str, str], list[str]] = {}
for _definition in definitions().values():
    if _definition.partition is not None:
        PARTITIONS.setdefault(_definition.partition, []).append(_definition.code)
AU, LIEUX = date(2026, 1, 31), {"94": Niveau.DEPARTEMENT, "94028": Niveau.COMMUNE, "94081": Niveau.COMMUNE}


@given(st.sampled_from(sorted(PARTITIONS)), st.data(), st.sampled_from([SEUIL_INTERNE, SEUIL_PUBLICATION]))
@settings(max_examples=200, deadline=None)
def test_no_part_of_a_whole_is_found_by_subtracting(cle: tuple[str, str], data: st.DataObject, seuil: int) -> None:
    """Every declared partition, on two communes and their département: whoever adds and subtracts what is shown finds
    no number of people between one and the threshold."""
    tout, codes = cle[0], PARTITIONS[cle]
    comptes_lieux: dict[tuple[str, str], int] = {}
    for commune in ("94028", "94081"):
        for code in codes:
            comptes_lieux[code, commune] = data.draw(st.integers(0, 40))
        reste = data.draw(st.integers(0, 30))
        comptes_lieux[tout, commune] = reste + sum(comptes_lieux[code, commune] for code in codes)
    for code in (tout, *codes):
        comptes_lieux[code, "94"] = comptes_lieux[code, "94028"] + comptes_lieux[code, "94081"]
    cellules = [
        Cellule(AU, code, LIEUX[lieu], lieu, 1.0, n, 9_999.0, 0, n) for (code, lieu), n in comptes_lieux.items()
    ]
    cacher(cellules, Carte("94", {}))
    champ = "secret_interne" if seuil == SEUIL_INTERNE else "secret_publication"
    caches = {(c.code, c.territoire) for c in cellules if getattr(c, champ)}
    familles = [((tout, lieu), [(code, lieu) for code in codes]) for lieu in LIEUX]
    familles += [((code, "94"), [(code, "94028"), (code, "94081")]) for code in (tout, *codes)]
    assert not [c for c, n in comptes_lieux.items() if petit(n, seuil) and c not in caches]
    for total, parties in familles:
        if total not in caches:
            invisibles = comptes_lieux[total] - sum(comptes_lieux[p] for p in parties if p not in caches)
            assert not petit(invisibles, seuil)


def test_every_closed_list_of_parts_is_declared() -> None:
    """Causes of exit, reasons of lighter hours, paths, sexes, ages, perimeters: cuts that add up to a whole."""
    assert len(PARTITIONS["sorties_douze_mois", "cause"]) == 9
    assert len(PARTITIONS["heures_allegees", "raison"]) == 4
    assert len(PARTITIONS["heures_allegees", "sorte"]) == 2
    for cle in (("orientees_douze_mois", "parcours"), ("orientees_douze_mois_avant", "parcours")):
        assert len(PARTITIONS[cle]) == 3
    for coupe in ("sexe", "enfants"):
        assert len(PARTITIONS["taux_sanctions", coupe]) == 2
    assert PARTITIONS["personnes_sdd", "droit_reel"] == ["personnes_sdd_payes"]
    assert PARTITIONS["personnes_sdd_payes", "versable"] == ["personnes_sdd_drees"]  # one inside the other
    assert PARTITIONS["accompagnement_intensif", "quinze_heures"] == ["accompagnement_intensif_15_heures"]
