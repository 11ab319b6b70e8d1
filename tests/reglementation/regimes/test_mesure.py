"""Whether a measure is lawful: one table of impossible paths, then properties over any path."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes import (
    Antecedent,
    Contexte,
    Foyer,
    MesureAnterieure,
    MesureDuFoyer,
    NatureMesure,
    ProjetMesure,
    TypeManquement,
    cadre,
    plafonds_par_mois,
    quotites_applicables,
    rang_du_manquement,
    verifier_mesure,
)

D = Decimal
NON_RESPECT = TypeManquement.NON_RESPECT_CONTRAT
FAITS, DECISION, JANVIER = date(2026, 11, 2), date(2026, 12, 15), date(2027, 1, 1)
SUSPENSION_PASSEE = MesureAnterieure(
    nature=NatureMesure.SUSPENSION, manquement=NON_RESPECT, notifiee_le=date(2026, 5, 4), quotite=D("0.5"), mois=1,
    fin=date(2026, 7, 1),
)  # fmt: skip
TOTALE = MesureAnterieure(
    nature=NatureMesure.SUPPRESSION, manquement=NON_RESPECT, notifiee_le=date(2026, 7, 6), quotite=D(1), mois=4,
    fin=date(2026, 12, 1),
)  # fmt: skip


def contexte(**changes: Any) -> Contexte:
    base: dict[str, Any] = {
        "regime": "NAT-2025", "decision_le": DECISION, "faits_le": FAITS, "foyers": {date(2026, 1, 1): Foyer(1)},
        "rang": 1, "nature": NON_RESPECT, "motif_examine": True, "motif_legitime_retenu": False,
        "griefs_recus_le": date(2026, 12, 1), "contradictoire_jusquau": date(2026, 12, 11),
    }  # fmt: skip
    return Contexte(**(base | changes))


def projet(**changes: Any) -> ProjetMesure:
    base: dict[str, Any] = {"nature": NatureMesure.SUSPENSION, "quotite": D("0.5"), "mois": 2, "debut": JANVIER}
    return ProjetMesure(**(base | changes))


def codes(p: ProjetMesure, c: Contexte) -> list[str]:
    return [refus.code for refus in verifier_mesure(p, c)]


SUPPRESSION: dict[str, Any] = {"nature": NatureMesure.SUPPRESSION, "quotite": D(1), "mois": 4}
FIN: dict[str, Any] = {"nature": NatureMesure.FIN_DE_DROIT, "quotite": None, "mois": 0}
RANG_2: dict[str, Any] = {"rang": 2, "anterieures": (SUSPENSION_PASSEE,)}


@pytest.mark.parametrize(
    ("du_projet", "du_contexte", "attendus"),
    [
        ({}, {}, []),
        ({"quotite": D("0.3"), "mois": 1}, {}, []),
        ({"quotite": D("0.29")}, {}, ["quotite"]),
        ({"quotite": None}, {}, ["quotite"]),
        ({"mois": 3}, {}, ["duree"]),
        ({"mois": 0}, {}, ["duree"]),
        ({"mois": 4}, RANG_2, []),
        ({"mois": 5}, RANG_2, ["duree"]),
        ({"quotite": D(1)}, {"foyers": {JANVIER: Foyer(2)}}, ["quotite", "plafond", "plafond"]),
        ({"quotite": D("0.6"), "mois": 1}, {"foyers": {JANVIER: Foyer(1, majore=True)}}, ["quotite", "plafond"]),
        ({"debut": date(2026, 12, 1)}, {}, ["retroactive"]),
        ({}, {"motif_examine": False}, ["motif_non_examine"]),
        ({}, {"motif_legitime_retenu": True}, ["motif_legitime"]),
        ({}, {"griefs_recus_le": None, "contradictoire_jusquau": None}, ["griefs_non_recus"]),
        ({}, {"griefs_recus_le": date(2026, 12, 5)}, ["contradictoire"]),  # the tenth day is still hers
        ({}, {"griefs_recus_le": date(2026, 12, 5), "contradictoire_jusquau": date(2026, 12, 6)}, ["contradictoire"]),
        ({}, {"contradictoire_jusquau": date(2026, 12, 20)}, ["contradictoire"]),  # a longer local delay
        ({}, {"audition_demandee": True}, ["audition"]),
        ({}, {"audition_demandee": True, "entendue_le": date(2026, 12, 14)}, []),
        ({}, {"protegee": True}, ["representant"]),
        ({}, {"protegee": True, "representant_connu": True}, []),
        ({}, {"foyers": {}}, ["foyer_inconnu"]),
        ({"nature": NatureMesure.REDUCTION}, {}, ["nature"]),
        # suppression: only after a suspension for the same nature of breach, and only with the opinion
        (SUPPRESSION, {"avis_ep": True}, ["sans_suspension"]),
        (SUPPRESSION, {"rang": 2, "avis_ep": True}, ["sans_suspension"]),
        (SUPPRESSION, RANG_2, ["avis_ep"]),
        (SUPPRESSION, RANG_2 | {"avis_ep": True}, []),
        (SUPPRESSION, RANG_2 | {"avis_ep": True, "nature": TypeManquement.REFUS_CONTRAT}, ["sans_suspension"]),
        (SUPPRESSION, {"rang": 2, "avis_ep": True, "anterieures": (replace(SUSPENSION_PASSEE, annulee=True),)},
         ["sans_suspension"]),
        (SUPPRESSION, RANG_2 | {"avis_ep": True, "foyers": {JANVIER: Foyer(2)}},
         ["quotite", "plafond", "plafond", "plafond", "plafond"]),
        # a child is expected in March: the last two months would pass the ceiling
        (SUPPRESSION, RANG_2 | {"avis_ep": True, "foyers": {JANVIER: Foyer(1), date(2027, 3, 1): Foyer(2)}},
         ["plafond", "plafond"]),
        # end of right: only after a total suppression of four months that ran to its end
        (FIN, RANG_2, ["fin_de_droit"]),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, TOTALE)}, []),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, replace(TOTALE, quotite=D("0.5")))}, ["fin_de_droit"]),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, replace(TOTALE, mois=3))}, ["fin_de_droit"]),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, replace(TOTALE, annulee=True))}, ["fin_de_droit"]),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, replace(TOTALE, fin=date(2027, 1, 1)))}, ["fin_de_droit"]),
        (FIN, {"rang": 3, "anterieures": (SUSPENSION_PASSEE, TOTALE), "foyers": {JANVIER: Foyer(2)}},
         ["fin_de_droit"]),
        # unread scale
        ({}, {"nature": TypeManquement.REFUS_CONTROLE}, ["bareme_non_verifie"]),
        # former regimes
        ({"nature": NatureMesure.REDUCTION, "quotite": D("0.8")},
         {"regime": "NAT-2012", "nature": NON_RESPECT, "contradictoire_jusquau": None,
          "griefs_recus_le": date(2026, 11, 2), "avis_ep": True}, []),
        ({"nature": NatureMesure.REDUCTION, "quotite": D("0.8")},
         {"regime": "NAT-2012", "griefs_recus_le": date(2026, 11, 2)}, ["avis_ep"]),
        ({"nature": NatureMesure.REDUCTION, "quotite": None, "montant": D(101), "mois": 1},
         {"regime": "NAT-2009", "griefs_recus_le": date(2026, 11, 2), "avis_ep": True}, ["montant"]),
        ({"nature": NatureMesure.REDUCTION, "quotite": None, "montant": D(100), "mois": 1},
         {"regime": "NAT-2009", "griefs_recus_le": date(2026, 11, 2), "avis_ep": True}, []),
    ],
)  # fmt: skip
def test_paths(du_projet: dict[str, Any], du_contexte: dict[str, Any], attendus: list[str]) -> None:
    refus = verifier_mesure(projet(**du_projet), contexte(**du_contexte))
    assert [r.code for r in refus] == attendus
    assert all(r.phrase.endswith(".") and r.article for r in refus)


def test_two_measures_in_one_couple_are_impossible() -> None:
    """Each takes 30 % at least, 50 % together at most (E21)."""
    autre = MesureDuFoyer(quotite=D("0.3"), debut=date(2026, 12, 1), mois=2)
    c = contexte(foyers={JANVIER: Foyer(2)}, autres_mesures=(autre,))
    assert codes(projet(quotite=D("0.3"), mois=1), c) == ["plafond"]
    assert codes(projet(quotite=D("0.3"), mois=1, debut=date(2027, 2, 1)), c) == []


@pytest.mark.parametrize(
    ("antecedents", "options", "rang", "forme"),
    [
        ([], {}, 1, "premier"),
        ([{}], {}, 2, "reiteration"),
        ([{"levee_le": date(2026, 2, 1)}], {}, 2, "reiteration"),  # lifted, it still counts
        ([{"annulee": True}], {}, 1, "premier"),
        ([{"nature": TypeManquement.REFUS_CONTRAT}], {}, 1, "premier"),
        ([{"notifiee_le": None}], {}, 1, "premier"),
        ([{"notifiee_le": date(2024, 11, 2)}], {}, 2, "reiteration"),  # the last day of the twenty-four months
        ([{"notifiee_le": date(2024, 11, 1)}], {}, 1, "premier"),
        ([{"notifiee_le": date(2026, 11, 3)}], {}, 1, "premier"),  # facts before the notification repeat nothing
        ([{}], {"compte_depuis": date(2026, 3, 2)}, 1, "premier"),  # a new orientation starts again
        ([{}], {"compte_depuis": date(2026, 1, 12)}, 2, "reiteration"),
        ([{}, {"notifiee_le": date(2026, 6, 1)}], {}, 3, "reiteration"),
        ([{"fin": date(2026, 4, 1)}], {"persistance": True}, 2, "persistance"),
        ([{"fin": date(2026, 12, 1)}], {"persistance": True}, 1, "premier"),  # observed at its end only
        ([{"fin": date(2026, 4, 1), "levee_le": date(2026, 3, 1)}], {"persistance": True}, 1, "premier"),
        ([{"nature": TypeManquement.REFUS_CONTRAT, "notifiee_le": date(2015, 1, 5)}], {"regime": "NAT-2012"}, 2,
         "reiteration"),
    ],
)  # fmt: skip
def test_rank(antecedents: list[dict[str, Any]], options: dict[str, Any], rang: int, forme: str) -> None:
    base = {"nature": NON_RESPECT, "mesure": NatureMesure.SUSPENSION, "notifiee_le": date(2026, 1, 12)}
    trouve = rang_du_manquement(
        [Antecedent(**(base | a)) for a in antecedents], nature=NON_RESPECT, faits_le=FAITS, **options
    )
    assert (trouve.numero, trouve.forme.value) == (rang, forme)
    assert trouve.motif.endswith(".")


# --------------------------------------------------------------------------- properties
jours = st.dates(date(2009, 6, 1), date(2027, 12, 31))
foyers = st.builds(Foyer, st.integers(1, 6), st.booleans())
parts = st.integers(1, 100).map(lambda n: D(n) / 100)
mesures_passees = st.lists(
    st.builds(
        MesureAnterieure, nature=st.sampled_from(list(NatureMesure)), manquement=st.sampled_from(list(TypeManquement)),
        notifiee_le=st.none() | jours, quotite=parts, mois=st.integers(1, 4), fin=st.none() | jours,
        levee_le=st.none() | jours, annulee=st.booleans(),
    ), max_size=3,
).map(tuple)  # fmt: skip


@st.composite
def contextes(tirer: st.DrawFn) -> Contexte:
    recu, decision = tirer(jours), tirer(jours)
    return Contexte(
        regime=tirer(st.sampled_from(["NAT-2009", "NAT-2012", "NAT-2012-TRANS", "NAT-2025"])), decision_le=decision,
        faits_le=tirer(jours), rang=tirer(st.integers(1, 4)), nature=tirer(st.sampled_from(list(TypeManquement))),
        foyers=tirer(st.dictionaries(jours, foyers, max_size=3)), motif_examine=tirer(st.booleans()),
        motif_legitime_retenu=tirer(st.booleans()), griefs_recus_le=tirer(st.sampled_from([None, recu])),
        contradictoire_jusquau=tirer(st.sampled_from([None, recu + timedelta(days=15)])),
        audition_demandee=tirer(st.booleans()), entendue_le=tirer(st.none() | jours), avis_ep=tirer(st.booleans()),
        protegee=tirer(st.booleans()), representant_connu=tirer(st.booleans()), anterieures=tirer(mesures_passees),
        autres_mesures=tuple(tirer(st.lists(st.builds(
            MesureDuFoyer, quotite=parts, debut=jours, mois=st.integers(1, 4)), max_size=2))),
    )  # fmt: skip


@settings(max_examples=100)
@given(contextes(), st.sampled_from(list(NatureMesure)), parts, st.integers(0, 6), jours)
def test_whatever_is_lawful_keeps_every_guarantee(
    c: Contexte, nature: NatureMesure, part: Decimal, mois: int, debut: date
) -> None:
    p = ProjetMesure(nature=nature, quotite=part, montant=D(50), mois=mois, debut=debut)
    if verifier_mesure(p, c):
        return
    assert c.motif_examine
    assert not c.motif_legitime_retenu
    assert c.griefs_recus_le is not None
    assert c.decision_le > c.griefs_recus_le + timedelta(days=10)
    assert not c.protegee or c.representant_connu
    if nature is NatureMesure.SUPPRESSION:
        assert c.avis_ep
        assert any(m.nature is NatureMesure.SUSPENSION and m.notifiee_le and not m.annulee for m in c.anterieures)


@settings(max_examples=100)
@given(
    st.sampled_from([1, 2]), st.dictionaries(st.integers(0, 5), foyers, max_size=3), foyers,
    st.tuples(parts, st.integers(1, 4)), st.lists(st.builds(MesureDuFoyer, quotite=parts, debut=st.sampled_from(
        [ajouter_mois(JANVIER, n) for n in range(-3, 5)]), mois=st.integers(1, 4)), max_size=2),
)  # fmt: skip
def test_no_household_ever_bears_more_than_its_ceiling(
    rang: int, changements: dict[int, Foyer], depart: Foyer, voulu: tuple[Decimal, int], autres: list[MesureDuFoyer]
) -> None:
    """A lawful measure, added to those that run, stays under the ceiling in each of its months (E21)."""
    part, mois = voulu
    composition = {date(2026, 1, 1): depart} | {ajouter_mois(JANVIER, n): f for n, f in changements.items()}
    c = contexte(rang=rang, foyers=composition, autres_mesures=tuple(autres), anterieures=(SUSPENSION_PASSEE,))
    p = projet(quotite=part, mois=mois)
    niveau = cadre(au=DECISION, foyer=composition.get(JANVIER, depart), rang=rang).niveaux[0]
    if verifier_mesure(p, c):
        return
    assert D("0.3") <= part <= (niveau.quotite_max or D(0))
    assert niveau.duree_min_mois <= mois <= niveau.duree_max_mois
    mesure = MesureDuFoyer(quotite=part, debut=JANVIER, mois=mois)
    les_siens = {ajouter_mois(JANVIER, n) for n in range(mois)}
    for ligne in plafonds_par_mois(composition, [mesure, *autres], regime="NAT-2025"):
        assert ligne.respecte or ligne.mois not in les_siens


@settings(max_examples=100)
@given(parts, st.dictionaries(st.integers(0, 5), foyers, max_size=4), foyers, st.integers(1, 4))
def test_a_running_measure_only_goes_down(
    part: Decimal, changements: dict[int, Foyer], depart: Foyer, mois: int
) -> None:
    composition = {date(2026, 1, 1): depart} | {ajouter_mois(JANVIER, n): f for n, f in changements.items()}
    lignes = quotites_applicables(MesureDuFoyer(quotite=part, debut=JANVIER, mois=mois), composition, regime="NAT-2025")
    appliquees = [p for _, p in lignes]
    assert len(appliquees) == mois
    assert all(avant >= apres for avant, apres in zip([part, *appliquees], appliquees, strict=False))
    for jour, appliquee in lignes:
        cle = max(m for m in composition if m <= jour)
        foyer = composition[cle]
        assert appliquee <= D("0.5") or (foyer.personnes == 1 and not foyer.majore)


@settings(max_examples=100)
@given(contextes(), jours)
def test_an_end_of_right_has_one_path(c: Contexte, debut: date) -> None:
    if verifier_mesure(ProjetMesure(nature=NatureMesure.FIN_DE_DROIT, debut=debut), c):
        return
    if c.decision_le >= date(2025, 6, 1) or c.regime == "NAT-2025":
        assert any(
            m.nature is NatureMesure.SUPPRESSION and m.quotite == 1 and m.mois >= 4 and not m.annulee and not m.levee_le
            for m in c.anterieures
        )


def test_the_local_scale_asked_for_silence_before_its_second_rung() -> None:
    """CD94-2023, « sans manifestation de la personne »: gone with the facts of June 2025."""
    avant = contexte(regime="NAT-2012-TRANS", faits_le=date(2025, 3, 3), rang=2)
    reduction = projet(nature=NatureMesure.REDUCTION)
    assert "manifestation" not in codes(reduction, avant)
    refus = next(r for r in verifier_mesure(reduction, replace(avant, manifestee=True)) if r.code == "manifestation")
    assert "s'est manifestée" in refus.phrase
    assert "manifestation" in codes(projet(**FIN), replace(avant, manifestee=True))
    assert "manifestation" not in codes(reduction, replace(avant, manifestee=True, rang=1))
    assert codes(projet(), contexte(**RANG_2, manifestee=True)) == []  # the law of 2025 asks for none
