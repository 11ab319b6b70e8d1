"""What is supposed of a household: its name, its months, its majoration, what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.metier.prestations.regles import (
    Hypotheses,
    HypothesesImpossibles,
    apres_mesure,
    publics_du_foyer,
    rsa_exact,
)
from cordee.metier.prestations.regles.hypotheses import age
from cordee.metier.prestations.regles.resultats import Resultat, perte
from cordee.reglementation.autres_droits import PublicDroit
from cordee.reglementation.regimes import Foyer, NatureMesure, ProjetMesure
from tests.metier.prestations.foyers import NOVEMBRE, D, adulte, emploi, moteur_exact, revenu, seule

N = NatureRevenu
MOIS = st.dates(date(2024, 1, 1), date(2028, 12, 1)).map(lambda jour: jour.replace(day=1))
MONTANTS = st.decimals(0, 2000, places=2)


def test_les_memes_entrees_portent_le_meme_nom() -> None:
    a = seule(revenu(N.SALAIRE, "420"), revenu(N.CHOMAGE, "12.5"))
    b = seule(revenu(N.CHOMAGE, "12.50"), revenu(N.SALAIRE, "420.00"))
    assert a.empreinte("v1") == b.empreinte("v1")
    assert a.empreinte("v1") != a.empreinte("v2")
    assert a.empreinte("v1") != replace(a, logement=Logement.SANS_AIDE).empreinte("v1")


@given(st.lists(st.tuples(st.sampled_from(N), MONTANTS, MOIS), max_size=4), st.booleans(), MOIS)
def test_ce_qui_est_garde_se_relit(revenus: list[tuple[N, Decimal, date]], travail: bool, premier: date) -> None:
    h = Hypotheses(
        premier_mois=premier, adultes=(adulte(*(revenu(n, str(m), depuis=d) for n, m, d in revenus)),),
        enfants=(date(2015, 3, 1),), aide_logement=D("12.00"), cycle=premier,
        emploi=emploi(debut=premier, salaire_net=None, salaire_horaire_brut=D("12.31")) if travail else None,
    )  # fmt: skip
    relu = Hypotheses.de_json(h.en_json())
    assert relu.en_json() == h.en_json()
    assert relu.empreinte("v") == h.empreinte("v")
    assert relu.mois_examines == h.mois_examines


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"adultes": ()}, "un ou deux adultes"),
        ({"premier_mois": date(2026, 11, 2)}, "premier jour"),
        ({"mois": 13}, "12 mois"),
        ({"enfants": (date(2015, 1, 1),) * 13}, "12 enfants"),
        ({"adultes": (adulte(naissance=date(2030, 1, 1)),)}, "déjà né"),
        ({"adultes": (adulte(revenu(N.SALAIRE, "-1")),)}, "négative"),
        ({"adultes": (adulte(), adulte()), "isolement_jusqu_a": NOVEMBRE}, "personne seule"),
        ({"emploi": emploi(adulte=1)}, "adulte du foyer"),
        ({"emploi": emploi(salaire_horaire_brut=D(12))}, "l'un des deux"),
        ({"emploi": emploi(heures_hebdo=D(0))}, "des heures"),
        ({"emploi": emploi(fin=date(2026, 12, 1))}, "après son début"),
    ],
)
def test_ce_qui_ne_peut_pas_etre_est_dit(champs: dict[str, Any], phrase: str) -> None:
    with pytest.raises(HypothesesImpossibles, match=phrase):
        seule(**champs)


def test_un_montant_demesure_est_dit() -> None:
    with pytest.raises(HypothesesImpossibles, match="trop grand"):
        seule(revenu(N.SALAIRE, "1e60")).en_json()


def test_la_majoration_suit_l_age_du_benjamin_la_grossesse_et_l_isolement() -> None:
    trois_ans_en_janvier = seule(enfants=(date(2024, 1, 1),))
    assert [trois_ans_en_janvier.majore(date(2026, 12, 1)), trois_ans_en_janvier.majore(date(2027, 1, 1))] == [
        True,
        False,
    ]
    enceinte = Hypotheses(premier_mois=NOVEMBRE, adultes=(adulte(enceinte=True),), enfants=(date(2027, 2, 1),))
    assert enceinte.foyer(NOVEMBRE) == Foyer(1, majore=True)
    assert enceinte.foyer(date(2027, 2, 1)) == Foyer(2, majore=True)
    separee = seule(enfants=(date(2015, 1, 1),), isolement_jusqu_a=date(2026, 12, 1))
    assert [separee.majore(m) for m in separee.mois_montres[:3]] == [True, True, False]
    assert not replace(trois_ans_en_janvier, adultes=(adulte(), adulte())).majore(NOVEMBRE)


def test_un_enfant_compte_de_sa_naissance_a_vingt_cinq_ans() -> None:
    h = seule(enfants=(date(2001, 12, 1), date(2027, 1, 1)))
    assert [h.foyer(m).personnes for m in (NOVEMBRE, date(2026, 12, 1), date(2027, 1, 1))] == [2, 1, 2]
    assert age(date(2001, 12, 1), date(2026, 12, 1)) == 25


def test_un_emploi_commence_dans_le_mois_et_arrete_le_chomage_ensuite() -> None:
    h = seule(revenu(N.CHOMAGE, "900"), emploi=emploi())
    assert [h.revenu(0, N.CHOMAGE, m) for m in h.mois_montres[:3]] == [D(900), D(900), D(0)]
    garde = replace(h, emploi=replace(emploi(), garde_chomage=True))
    assert garde.revenu(0, N.CHOMAGE, date(2027, 1, 1)) == D(900)
    assert emploi(fin=date(2026, 12, 20)).part_du_mois(date(2026, 12, 1)) == D(7) / 31


def test_la_formule_exacte_dit_quand_elle_ne_sait_pas() -> None:
    assert rsa_exact(seule(revenu(N.INDEMNITES, "300")), NOVEMBRE) is None
    assert rsa_exact(seule(emploi=emploi(salaire_net=None, salaire_horaire_brut=D("12.31"))), NOVEMBRE) is None
    assert rsa_exact(seule(enfants=(date(2015, 1, 1),)), NOVEMBRE) is None  # family benefits belong to the model
    jeune = Hypotheses(premier_mois=NOVEMBRE, adultes=(adulte(naissance=date(2005, 1, 1)),))
    assert rsa_exact(jeune, NOVEMBRE) is None


def test_une_mesure_se_lit_sur_un_resultat() -> None:
    resultat = moteur_exact([seule(revenu(N.SALAIRE, "300"), mois=4)])[0]
    projet = ProjetMesure(nature=NatureMesure.SUSPENSION, quotite=D("0.3"), mois=2, debut=date(2026, 12, 1))
    mois = apres_mesure(resultat, projet, regime="NAT-2025")
    assert [str(m.rsa) for m in mois] == ["273.49", "191.45", "191.45", "273.49"]
    assert [m.total for m in mois][:2] == [D("573.49"), D("491.45")]
    assert perte(mois) == D("164.08")
    assert Resultat.de_json(resultat.en_json()) == resultat


def test_a_qui_chaque_droit_est_demande_d_abord() -> None:
    h = seule(revenu(N.SALAIRE, "300"), enfants=(date(2024, 1, 1), date(2015, 1, 1)), logement=Logement.SANS_CHARGE)
    assert publics_du_foyer(h) == {
        PublicDroit.EN_EMPLOI, PublicDroit.PARENT_ISOLE, PublicDroit.JEUNE_ENFANT, PublicDroit.DEUX_ENFANTS,
        PublicDroit.ENFANT_SCOLARISE,
    }  # fmt: skip
    ancienne = Hypotheses(premier_mois=NOVEMBRE, adultes=(adulte(naissance=date(1964, 1, 1)),))
    assert publics_du_foyer(ancienne) == {PublicDroit.LOCATAIRE, PublicDroit.PROCHE_RETRAITE}
