"""The synthetic population: deterministic, plausible, nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest

from cordee.demo import identites
from cordee.demo.modele import Individu, Menage, Population, fin_de_mois
from cordee.demo.population import Commune, communes_val_de_marne, foyers_pour, generer, mois_suivant
from cordee.socle.nir import nir13

AU = date(2024, 12, 31)
COMMUNES = (Commune("94028", "Créteil", "94000", 2.0), Commune("94080", "Vincennes", "94300", 1.0))


@cache
def grande() -> Population:
    return generer(foyers=6000, graine=7, au=AU)


@cache
def suites() -> tuple[Population, ...]:
    """Two years, month after month."""
    mois = [generer(foyers=2000, graine=3, au=AU)]
    for _ in range(24):
        mois.append(mois_suivant(mois[-1]))
    return tuple(mois)


def part(population: Population, vrai: Callable[[Menage, Individu], bool]) -> float:
    """Share, in percent, of the persons subject to rights and duties."""
    soumis = [(m, a) for m in population.menages for a in m.adultes if a.soumis]
    return 100 * sum(vrai(m, a) for m, a in soumis) / len(soumis)


def test_meme_graine_meme_population() -> None:
    un, deux = (generer(foyers=80, graine=5, au=AU, communes=COMMUNES) for _ in range(2))
    assert un == deux
    assert mois_suivant(un) == mois_suivant(deux)
    assert generer(foyers=80, graine=6, au=AU, communes=COMMUNES) != un


def test_un_foyer_ne_depend_pas_des_autres() -> None:
    petite, large = (generer(foyers=n, graine=5, au=AU, communes=COMMUNES) for n in (10, 100))
    assert large.menages[:10] == petite.menages


@pytest.mark.parametrize(
    ("nom", "vrai", "cible", "ecart"),
    [
        ("femmes", lambda m, a: a.sexe == "2", 50.2, 2.5),
        ("avec enfant", lambda m, a: bool(m.enfants), 40.8, 2.5),
        ("isolés", lambda m, a: len(m.adultes) == 1 and not m.enfants, 53, 2.5),
        ("parents isolés", lambda m, a: m.parent_isole, 25.5, 2.5),
        ("moins de 25 ans", lambda m, a: a.age(AU) < 25, 2, 1.2),
        ("25 à 29 ans", lambda m, a: 25 <= a.age(AU) < 30, 16, 2),
        ("30 à 39 ans", lambda m, a: 30 <= a.age(AU) < 40, 29.5, 2.5),
        ("40 à 49 ans", lambda m, a: 40 <= a.age(AU) < 50, 23.5, 2.5),
        ("60 ans et plus", lambda m, a: a.age(AU) >= 60, 10, 2),
        ("un an et plus", lambda m, a: (AU - m.date_demande).days >= 365, 85, 2.5),
        ("cinq ans et plus", lambda m, a: (AU - m.date_demande).days >= 5 * 365, 40, 3),
        ("indépendants", lambda m, a: a.activite in {"ETI", "AEN"}, 8, 1.5),
        ("emploi sous 500 euros", lambda m, a: bool(a.contrat), 9.5, 1.5),
    ],
)
def test_cibles(nom: str, vrai: Callable[[Menage, Individu], bool], cible: float, ecart: float) -> None:
    assert part(grande(), vrai) == pytest.approx(cible, abs=ecart), nom


def test_soumis_par_foyer() -> None:
    """47,265 persons for 45,000 households; 97 % of the adults of open rights."""
    soumis = sum(a.soumis is True for m in grande().menages for a in m.adultes)
    assert soumis / len(grande().menages) == pytest.approx(1.05, abs=0.03)
    ouverts = [a for m in grande().menages if m.etat == "2" for a in m.adultes]
    assert 100 * sum(a.soumis is True for a in ouverts) / len(ouverts) == pytest.approx(97, abs=1)
    assert len(generer(foyers=foyers_pour(2000), graine=1, au=AU, communes=COMMUNES).menages) == 1905


def test_cas_rares_presents() -> None:
    menages = grande().menages
    assert {m.etat for m in menages} == set("0123456")
    assert any(m.domicilie for m in menages)
    assert any(m.adresse.commune is None for m in menages)
    assert any(m.adresse.commune and not m.adresse.commune.insee.startswith("94") for m in menages)
    assert any(m.grossesse for m in menages)
    assert any(a.soumis is None for m in menages for a in m.adultes)
    assert Counter(m.organisme for m in menages)["MSA"] in range(2, 30)
    assert any(m.cedant for m in menages)


def test_moins_de_25_ans_presque_tous_parents() -> None:
    jeunes = [m for m in grande().menages if m.adultes[0].age(AU) < 25]
    assert sum(bool(m.enfants) or m.grossesse is not None for m in jeunes) / len(jeunes) > 0.8


def test_identites_inventees() -> None:
    individus = [i for m in grande().menages for i in (*m.adultes, *m.enfants)]
    assert all(identites.est_invente(i.nom) and identites.est_invente(i.nom_naissance) for i in individus)
    assert all(nir13(i.nir) == i.nir and identites.est_nir_invente(i.nir) for i in individus)
    assert len({i.nir for i in individus}) == len(individus)
    assert len({m.numdemrsa for m in grande().menages}) == len(grande().menages)


def test_dates_possibles() -> None:
    for population in (grande(), *suites()[-3:]):
        for menage in population.menages:
            assert menage.date_demande <= population.au
            assert menage.entre_le <= population.au
            naissances = [i.naissance for i in (*menage.adultes, *menage.enfants)]
            assert max(naissances) <= population.au
            for enfant in menage.enfants:
                assert max(a.naissance for a in menage.adultes) < enfant.naissance


def test_communes_du_val_de_marne() -> None:
    communes = communes_val_de_marne()
    assert len(communes) == 47
    assert sum(c.poids for c in communes) == pytest.approx(100)
    assert {c.insee: c.poids for c in communes}["94081"] == 9.3


def test_un_mois_apres_l_autre() -> None:
    assert [p.au for p in suites()[:3]] == [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28)]
    for avant, apres in zip(suites(), suites()[1:], strict=False):
        anciens = {m.numero for m in avant.menages}
        nouveaux = [m for m in apres.menages if m.numero not in anciens]
        assert 0.008 < len(nouveaux) / len(avant.menages) < 0.03
        assert all(m.entre_le == apres.au for m in nouveaux)
        assert len({m.numero for m in apres.menages}) == len(apres.menages)


def test_le_stock_baisse_lentement() -> None:
    """About three thousand a year out of forty thousand."""
    assert 0.8 < len(suites()[-1].menages) / len(suites()[0].menages) < 0.97


def test_clos_puis_absent() -> None:
    for avant, apres in zip(suites(), suites()[1:], strict=False):
        restes = {m.numero for m in apres.menages}
        assert not any(m.numero in restes for m in avant.menages if m.etat in {"1", "5", "6"})


def test_non_transmis_puis_de_retour() -> None:
    """Absence from a file is not an exit (E02)."""
    revenus = 0
    for avant, apres in zip(suites(), suites()[1:], strict=False):
        transmis = {m.numero for m in apres.menages if m.transmis}
        revenus += sum(not m.transmis and m.numero in transmis for m in avant.menages)
    assert revenus > 10


def test_vie_des_foyers() -> None:
    """Births, separations, moves, mutations, deaths, jobs and flags all happen within two years."""
    vus = Counter[str]()
    for avant, apres in zip(suites(), suites()[1:], strict=False):
        hier = {m.numero: m for m in avant.menages}
        for menage in apres.menages:
            vus["mutation"] += menage.prenant != ""
            vus["décès"] += menage.motif in {"DG", "DH"}
            ancien = hier.get(menage.numero)
            if ancien is None:
                vus["séparation"] += menage.numero_precedent in hier
                continue
            vus["naissance"] += len(menage.enfants) > len(ancien.enfants)
            vus["déménagement"] += menage.adresse != ancien.adresse
            vus["état"] += menage.etat != ancien.etat
            flags = [(b.soumis, a.soumis) for b, a in zip(ancien.adultes, menage.adultes, strict=False)]
            vus["sort de droits et devoirs"] += (True, False) in flags
            vus["revient"] += (False, True) in flags
            vus["inconnu"] += (True, None) in flags
    assert min(vus[genre] for genre in vus) > 0
    assert len(vus) == 9


def test_conjoint_separe_devient_demandeur() -> None:
    nouveaux = [
        m for p in suites()[1:] for m in p.menages if m.numero_precedent and m.entre_le == p.au and not m.cedant
    ]
    assert nouveaux
    for menage in nouveaux:
        assert [a.role for a in menage.adultes] == ["DEM"]
        assert menage.enfants == ()


def test_fin_de_mois() -> None:
    jour = AU
    while jour < date(2028, 3, 1):
        fin = fin_de_mois(jour)
        assert (fin + timedelta(days=1)).day == 1
        assert (fin.year, fin.month) == (jour.year, jour.month)
        jour += timedelta(days=1)
