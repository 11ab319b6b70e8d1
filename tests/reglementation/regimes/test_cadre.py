"""Every regime as a table: what the law allows, and what it never allows."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.reglementation.chargement import ReglesInvalides, lire_yaml
from cordee.reglementation.regimes import (
    Foyer,
    RegimeInconnu,
    TypeManquement,
    article,
    cadre,
    choisir_regime,
    plafond_du_foyer,
    regimes,
)
from cordee.reglementation.regimes.registre import FICHIER, charger

SEUL, COUPLE, MAJORE = Foyer(1), Foyer(2), Foyer(1, majore=True)
REDUCTION, SUSPENSION, SUPPRESSION = "reduction", "suspension", "suppression"
D = Decimal

# day, household, rank → regime, then (kind, least, most, months from, to, ceiling, EP)
TABLE = [
    ("2009-06-01", SEUL, 1, "NAT-2009", [(REDUCTION, None, None, 1, 1, None, True)]),
    ("2012-03-31", COUPLE, 2, "NAT-2009", [(SUSPENSION, "0", "1", 1, 4, None, True)]),
    ("2012-04-01", SEUL, 1, "NAT-2012", [(REDUCTION, "0", "0.8", 1, 3, None, True)]),
    ("2018-05-02", COUPLE, 1, "NAT-2012", [(REDUCTION, "0", "0.5", 1, 3, "0.5", True)]),
    ("2018-05-02", MAJORE, 1, "NAT-2012", [(REDUCTION, "0", "0.8", 1, 3, None, True)]),
    ("2024-12-31", SEUL, 2, "NAT-2012", [(REDUCTION, "0", "1", 1, 4, None, True),
                                         (SUSPENSION, "0", "1", 1, 4, None, True)]),
    ("2024-12-31", Foyer(4), 3, "NAT-2012", [(REDUCTION, "0", "0.5", 1, 4, "0.5", True),
                                             (SUSPENSION, "0", "0.5", 1, 4, "0.5", True)]),
    ("2025-01-01", SEUL, 1, "NAT-2012-TRANS", [(REDUCTION, "0", "0.8", 1, 3, None, True)]),
    ("2025-05-31", SEUL, 2, "NAT-2012-TRANS", [(REDUCTION, "0", "1", 1, 4, None, True),
                                               (SUSPENSION, "0", "1", 1, 4, None, True)]),
    ("2025-06-01", SEUL, 1, "NAT-2025", [(SUSPENSION, "0.3", "1", 1, 2, None, False)]),
    ("2026-11-22", COUPLE, 1, "NAT-2025", [(SUSPENSION, "0.3", "0.5", 1, 2, "0.5", False)]),
    ("2026-11-22", MAJORE, 1, "NAT-2025", [(SUSPENSION, "0.3", "0.5", 1, 2, "0.5", False)]),
    ("2026-11-22", SEUL, 2, "NAT-2025", [(SUSPENSION, "0.3", "1", 1, 4, None, False),
                                         (SUPPRESSION, "0.3", "1", 1, 4, None, True)]),
    ("2026-11-22", Foyer(3, majore=True), 5, "NAT-2025", [(SUSPENSION, "0.3", "0.5", 1, 4, "0.5", False),
                                                          (SUPPRESSION, "0.3", "0.5", 1, 4, "0.5", True)]),
]  # fmt: skip


@pytest.mark.parametrize(("jour", "foyer", "rang", "regime", "attendus"), TABLE)
def test_every_regime(jour: str, foyer: Foyer, rang: int, regime: str, attendus: list[tuple[object, ...]]) -> None:
    reponse = cadre(au=date.fromisoformat(jour), foyer=foyer, rang=rang)
    assert reponse.regime.id == regime
    lus = [
        (n.type.value, n.quotite_min, n.quotite_max, n.duree_min_mois, n.duree_max_mois, n.plafond_foyer, n.ep_requise)
        for n in reponse.niveaux
    ]
    assert lus == [
        (t, lo and D(str(lo)), hi and D(str(hi)), de, a, p and D(str(p)), ep) for t, lo, hi, de, a, p, ep in attendus
    ]
    assert all(n.articles for n in reponse.niveaux)
    assert all(article(ref).dit for n in reponse.niveaux for ref in n.articles)


def test_a_hundred_euros_at_most_in_2009() -> None:
    (niveau,) = cadre(au=date(2010, 1, 1), foyer=COUPLE, rang=1).niveaux
    assert niveau.montant_max == D(100)


@pytest.mark.parametrize(
    ("jour", "regime", "foyer", "rang", "acheve", "possible", "article_attendu"),
    [
        ("2026-11-22", None, SEUL, 1, None, False, "CASF R262-40 3°"),
        ("2026-11-22", None, SEUL, 2, None, True, "CASF R262-40 3°"),
        ("2026-11-22", None, SEUL, 2, False, False, "CASF R262-40 3°"),
        ("2026-11-22", None, SEUL, 2, True, True, "CASF R262-40 3°"),
        ("2026-11-22", None, COUPLE, 2, True, False, "CASF R262-40 3° et R262-68-6"),
        ("2026-11-22", None, MAJORE, 2, True, False, "CASF R262-40 3° et R262-68-6"),
        ("2024-06-03", None, SEUL, 1, None, False, "CASF R262-40 3° (avant 2025)"),
        ("2024-06-03", None, COUPLE, 2, None, True, "CASF R262-40 3° (avant 2025)"),
        ("2025-03-03", None, SEUL, 2, None, False, "CASF L262-38"),
        # 50 % then 50 % under the local scale never ends a right once the law of 2025 applies.
        ("2025-09-01", "NAT-2012", SEUL, 2, True, False, "CASF R262-40 3°"),
        ("2025-09-01", "NAT-2012-TRANS", SEUL, 2, True, False, "CASF L262-38"),
    ],
)
def test_end_of_right_only_by_its_path(
    jour: str, regime: str | None, foyer: Foyer, rang: int, *, acheve: bool | None, possible: bool, article_attendu: str
) -> None:
    reponse = cadre(regime=regime, au=date.fromisoformat(jour), foyer=foyer, rang=rang, total_quatre_mois_acheve=acheve)
    assert (reponse.fin_de_droit.possible, reponse.fin_de_droit.article) == (possible, article_attendu)
    assert reponse.fin_de_droit.motif


def test_no_suppression_without_a_suspension_before() -> None:
    sans = cadre(au=date(2026, 1, 5), foyer=SEUL, rang=2, apres_suspension=False)
    assert [n.type.value for n in sans.niveaux] == [SUSPENSION]
    premier = cadre(au=date(2026, 1, 5), foyer=SEUL, rang=1, apres_suspension=True)
    assert [n.type.value for n in premier.niveaux] == [SUSPENSION]


@pytest.mark.parametrize(
    ("jour", "nature", "code"),
    [
        ("2026-01-05", TypeManquement.REFUS_CONTROLE, "bareme_non_verifie"),
        ("2025-02-03", TypeManquement.REFUS_CONTROLE, "bareme_non_verifie"),
        ("2026-01-05", TypeManquement.RADIATION_OPERATEUR, "manquement_inconnu"),
        ("2026-01-05", TypeManquement.CONTRAT_NON_ETABLI, "manquement_inconnu"),
        ("2020-01-06", TypeManquement.REFUS_CONTRAT, "manquement_inconnu"),
    ],
)
def test_what_could_not_be_read_blocks_with_the_reason(jour: str, nature: TypeManquement, code: str) -> None:
    reponse = cadre(au=date.fromisoformat(jour), foyer=SEUL, rang=2, nature=nature)
    assert reponse.niveaux == ()
    assert [b.code for b in reponse.blocages] == [code]
    assert reponse.fin_de_droit.possible is False
    if code == "bareme_non_verifie":
        assert "service juridique" in reponse.blocages[0].phrase


def test_each_breach_of_2025_cites_its_own_article() -> None:
    for nature, attendu, autre in (
        (TypeManquement.REFUS_CONTRAT, "CASF R262-68", "CASF R262-68-1"),
        (TypeManquement.NON_RESPECT_CONTRAT, "CASF R262-68-1", "CASF R262-68"),
    ):
        (niveau,) = cadre(au=date(2026, 1, 5), foyer=SEUL, rang=1, nature=nature).niveaux
        assert attendu in niveau.articles
        assert autre not in niveau.articles


def test_the_local_scale_is_a_point_of_the_national_interval() -> None:
    local = cadre(au=date(2024, 3, 4), foyer=COUPLE, rang=2).bareme_local
    assert local is not None
    (niveau,) = local.niveaux
    assert (niveau.quotite_min, niveau.quotite_max, niveau.duree_min_mois, niveau.duree_max_mois) == (
        D("0.5"),
        D("0.5"),
        2,
        2,
    )
    assert cadre(au=date(2022, 12, 31), foyer=COUPLE, rang=1).bareme_local is None
    assert cadre(au=date(2025, 6, 1), foyer=COUPLE, rang=1).bareme_local is None


@pytest.mark.parametrize(
    ("champ", "valeur", "attendu"),
    [
        ("quotite_max", "0.9", "sort de l'intervalle"),
        ("duree_max", 4, "sort de l'intervalle"),
        ("type", "suppression", "sort de l'intervalle"),
        ("ep", False, "sort de l'intervalle"),
        ("duree_min", 3, "durées impossible"),
        ("quotite_max", "0.4", "parts impossible"),
    ],
)
def test_a_local_scale_outside_the_law_stops_the_program(champ: str, valeur: object, attendu: str) -> None:
    fiches = deepcopy(lire_yaml(FICHIER))
    local = next(f for f in fiches if "parents" in f)
    local["niveaux"][0][champ] = valeur
    with pytest.raises(ReglesInvalides, match=attendu):
        charger(fiches)


@pytest.mark.parametrize(
    ("changer", "attendu"),
    [
        (lambda fiches: fiches[0].update(jusqu_a=date(2012, 3, 1)), "sans régime"),
        (lambda fiches: fiches[0].update(jusqu_a=date(2013, 3, 1)), "chevauchent"),
        (lambda fiches: fiches[1].update(quotite=1), "clé inconnue"),
        (lambda fiches: fiches[1]["manquements"][0].pop("levee"), "ce qui lève"),
        (lambda fiches: fiches[3].update(parents=["NAT-1999"]), "parent inconnu"),
        (lambda fiches: fiches[4]["plafonds"][0].update(quand="jamais"), "inconnu"),
    ],
)
def test_a_wrong_file_stops_the_program(changer: object, attendu: str) -> None:
    fiches = deepcopy(lire_yaml(FICHIER))
    changer(fiches)  # type: ignore[operator]
    with pytest.raises(ReglesInvalides, match=attendu):
        charger(fiches)


@pytest.mark.parametrize(
    ("faits", "decision", "foyer", "rang", "retenu"),
    [
        ("2026-01-05", "2026-03-02", SEUL, 1, "NAT-2025"),
        ("2024-12-02", "2025-07-01", SEUL, 1, "NAT-2012"),  # 80 % against 100 %: harsher
        ("2024-12-02", "2025-07-01", SEUL, 2, "NAT-2012"),
        ("2025-05-31", "2025-06-01", COUPLE, 1, "NAT-2012-TRANS"),  # a floor of 30 % is harsher than none
        ("2012-02-01", "2012-06-01", COUPLE, 2, "NAT-2012"),  # the ceiling of 2012 is milder
        ("2012-02-01", "2012-06-01", SEUL, 1, "NAT-2009"),  # a hundred euros is milder
        ("2012-02-01", "2012-06-01", SEUL, 2, "NAT-2009"),  # the same: nothing milder
    ],
)
def test_the_facts_choose_the_regime_and_the_milder_law_prevails(
    faits: str, decision: str, foyer: Foyer, rang: int, retenu: str
) -> None:
    choix = choisir_regime(
        faits_le=date.fromisoformat(faits), decision_le=date.fromisoformat(decision), foyer=foyer, rang=rang
    )
    assert choix.retenu == retenu
    assert choix.retenu in {choix.des_faits, choix.de_la_decision}
    assert choix.different is (choix.des_faits != choix.de_la_decision)
    assert choix.motif


def test_a_breach_the_law_no_longer_knows_is_no_longer_sanctioned() -> None:
    choix = choisir_regime(
        faits_le=date(2024, 11, 4), decision_le=date(2025, 7, 1), nature=TypeManquement.RADIATION_OPERATEUR
    )
    assert choix.retenu == "NAT-2025"
    bloque = cadre(
        regime=choix.retenu, au=date(2025, 7, 1), foyer=SEUL, rang=1, nature=TypeManquement.RADIATION_OPERATEUR
    )
    assert bloque.blocages
    assert not bloque.niveaux


def test_the_ceiling_in_force_protects_whatever_the_regime() -> None:
    """A lone pregnant woman had no ceiling in 2012; a decision of 2025 on those facts is capped all the same."""
    assert plafond_du_foyer(MAJORE, regime="NAT-2012", au=date(2024, 1, 1)) is None
    plafond = plafond_du_foyer(MAJORE, regime="NAT-2012", au=date(2025, 7, 1))
    assert plafond is not None
    assert plafond.part == D("0.5")


def test_before_the_rsa_there_is_no_regime() -> None:
    with pytest.raises(RegimeInconnu, match="n'existait pas"):
        cadre(au=date(2009, 5, 31), foyer=SEUL, rang=1)
    with pytest.raises(RegimeInconnu, match="NAT-2025"):
        cadre(regime="CD94-2023", au=date(2024, 1, 1), foyer=SEUL, rang=1)
    assert [r.id for r in regimes()][-1] == "NAT-2025"


@settings(max_examples=100)
@given(
    st.dates(date(2009, 6, 1), date(2026, 12, 31)), st.integers(0, 4000),
    st.builds(Foyer, st.integers(1, 6), st.booleans()), st.integers(1, 3),
)  # fmt: skip
def test_the_regime_retained_is_never_harsher_than_that_of_the_facts(
    faits: date, jours: int, foyer: Foyer, rang: int
) -> None:
    decision = faits + timedelta(days=jours)
    choix = choisir_regime(faits_le=faits, decision_le=decision, foyer=foyer, rang=rang)
    retenu, origine = (
        cadre(regime=nom, au=decision, foyer=foyer, rang=rang).niveaux for nom in (choix.retenu, choix.des_faits)
    )
    assert max(n.duree_max_mois for n in retenu) <= max(n.duree_max_mois for n in origine)
    if all(n.montant_max is None for n in (*retenu, *origine)):
        assert max(n.quotite_max or D(0) for n in retenu) <= max(n.quotite_max or D(0) for n in origine)
        assert min(n.quotite_min or D(0) for n in retenu) <= min(n.quotite_min or D(0) for n in origine)
