"""A contract is complete only with everything C. trav. L5411-6 II asks for, and lawful hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.reglementation.contrat_engagement import (
    ContratAVerifier,
    Dispense,
    HeuresPrevues,
    MotifDispense,
    anniversaire_limite,
    elements_manquants,
    verifier_heures,
)

LE = date(2026, 2, 17)
COMPLET = ContratAVerifier(
    referent="Mme Ba",
    engagements_organisme=["Un rendez-vous par mois"],
    engagements_personne=["Être présent aux rendez-vous"],
    objectifs=["Retrouver un emploi de cuisinier"],
    actions=["Atelier CV"],
    heures=HeuresPrevues(heures=Decimal(15)),
    droits_rappeles=True,
    recours_rappeles=True,
    prochaine_actualisation=date(2026, 8, 17),
)
SANTE = Dispense(motif=MotifDispense.ETAT_DE_SANTE, demandee_le=date(2026, 2, 10), revoir_le=date(2026, 8, 10))
GARDE = Dispense(
    motif=MotifDispense.PARENT_ISOLE_SANS_GARDE,
    demandee_le=date(2026, 2, 10),
    revoir_le=date(2026, 8, 10),
    enfant_ne_le=date(2019, 5, 4),
)


def champs_manquants(contrat: ContratAVerifier) -> list[str]:
    return [manque.champ for manque in elements_manquants(contrat, au=LE)]


def champs_heures(heures: str | None, **champs: Any) -> list[str]:
    prevu = HeuresPrevues(heures=None if heures is None else Decimal(heures), **champs)
    return [manque.champ for manque in verifier_heures(prevu, au=LE)]


def test_un_contrat_complet_peut_etre_signe() -> None:
    assert champs_manquants(COMPLET) == []


@pytest.mark.parametrize(
    ("champ", "vide"),
    [
        ("referent", "  "),
        ("engagements_organisme", []),
        ("engagements_personne", [" "]),
        ("objectifs", []),
        ("actions", []),
        ("droits_rappeles", False),
        ("recours_rappeles", False),
        ("prochaine_actualisation", None),
        ("prochaine_actualisation", LE),
        ("heures", HeuresPrevues(heures=None)),
        ("assistance_requise", True),
    ],
)
def test_chaque_element_compte(champ: str, vide: object) -> None:
    manquant = "assistant" if champ == "assistance_requise" else champ
    assert champs_manquants(replace(COMPLET, **{champ: vide})) == [manquant]  # type: ignore[arg-type]


def test_une_personne_protegee_signe_avec_son_representant() -> None:
    assert champs_manquants(replace(COMPLET, assistance_requise=True, assistant="UDAF")) == []


def test_chaque_manque_dit_quoi_faire_et_cite_un_texte() -> None:
    for manque in elements_manquants(ContratAVerifier(assistance_requise=True), au=LE):
        assert manque.explication.endswith(".")
        assert manque.explication[0].isupper()
        assert manque.reference


@pytest.mark.parametrize("heures", ["15", "17.5", "35"])
def test_heures_de_droit_commun(heures: str) -> None:
    assert champs_heures(heures) == []


def test_moins_de_quinze_heures_demande_une_raison() -> None:
    assert champs_heures("14.5") == ["motif_minoration"]
    assert champs_heures("14.5", motif_minoration=" ") == ["motif_minoration"]
    assert champs_heures("0.5", motif_minoration="Reprise progressive") == []


@pytest.mark.parametrize("heures", ["35.5", "60"])
def test_plus_de_la_duree_legale_est_refuse(heures: str) -> None:
    assert champs_heures(heures) == ["heures"]


@pytest.mark.parametrize("heures", [None, "-1"])
def test_heures_a_indiquer(heures: str | None) -> None:
    assert champs_heures(heures) == ["heures"]


def test_zero_heure_jamais_pour_une_simple_raison() -> None:
    assert champs_heures("0", motif_minoration="Situation compliquée") == ["dispense"]


@pytest.mark.parametrize("motif", list(MotifDispense))
def test_zero_heure_sur_chacun_des_quatre_motifs(motif: MotifDispense) -> None:
    assert champs_heures("0", dispense=replace(GARDE, motif=motif)) == []


@pytest.mark.parametrize(
    ("dispense", "attendu"),
    [
        (replace(SANTE, demandee_le=None), ["demandee_le"]),
        (replace(SANTE, demandee_le=date(2026, 2, 18)), ["demandee_le"]),
        (replace(SANTE, revoir_le=None), ["revoir_le"]),
        (replace(SANTE, revoir_le=LE), ["revoir_le"]),
        (replace(GARDE, enfant_ne_le=None), ["enfant_ne_le"]),
        (replace(GARDE, enfant_ne_le=date(2026, 2, 18)), ["enfant_ne_le"]),
        (replace(GARDE, enfant_ne_le=date(2014, 2, 17)), ["enfant_ne_le"]),  # twelve today
        (replace(GARDE, enfant_ne_le=date(2014, 6, 1)), ["revoir_le"]),  # twelve before the review
    ],
)
def test_une_dispense_est_demandee_datee_et_revue(dispense: Dispense, attendu: list[str]) -> None:
    assert champs_heures("0", dispense=dispense) == attendu


def test_une_dispense_avec_des_heures_se_contredit() -> None:
    assert champs_heures("15", dispense=SANTE) == ["dispense"]


def test_l_alerte_tombe_au_douzieme_anniversaire() -> None:
    assert anniversaire_limite(date(2016, 2, 29), au=LE) == date(2028, 2, 29)
    assert anniversaire_limite(date(2014, 12, 31), au=LE) == date(2026, 12, 31)


@given(st.decimals(0, 60, places=1), st.booleans())
def test_aucune_heure_illicite_ne_passe(heures: Decimal, raison: bool) -> None:
    manques = verifier_heures(HeuresPrevues(heures=heures, motif_minoration="Raison" if raison else ""), au=LE)
    assert (manques == []) == (15 <= heures <= 35 or (raison and 0 < heures < 15))
