"""The table of the life cycle holds together."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.parcours.cycle import A_TOUT_MOMENT, ECHEANCES, ETAPES, ETATS, PARENTHESES
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.regles.conditions import ACTES
from cordee.metier.parcours.regles.moteur import TRAITEMENTS
from cordee.reglementation.delais import delai

SANS_ETAPE = {Etat.HORS_SDD, Etat.SORTIE, Etat.DECEDEE}


def test_every_state_opens_an_etape_except_outside_the_path() -> None:
    assert set(ETATS) == set(Etat)
    assert {etat for etat, genre in ETATS.items() if genre is None} == SANS_ETAPE


def test_every_etape_is_opened_by_some_state() -> None:
    assert set(ETAPES) == set(GenreEtape) == {genre for genre in ETATS.values() if genre is not None}


@pytest.mark.parametrize("genre", list(GenreEtape))
def test_an_etape_has_an_owner_a_rule_an_escalation_and_closing_acts(genre: GenreEtape) -> None:
    definition = ETAPES[genre]
    assert definition.unites
    regle = delai(definition.regle, au=date(2026, 2, 17))
    assert regle.nature
    assert regle.reference
    if definition.regle_affichee:
        assert delai(definition.regle_affichee, au=date(2026, 2, 17)).reference
    assert definition.escalade.apres_jours >= 0
    assert definition.clot_par - A_TOUT_MOMENT, "an étape closes by an act of its own, never by a bare « fait »"


@pytest.mark.parametrize("genre", list(GenreEcheance))
def test_an_echeance_has_an_owner_a_rule_and_closing_acts(genre: GenreEcheance) -> None:
    definition = ECHEANCES[genre]
    assert definition.unites
    assert definition.clot_par
    assert delai(definition.regle, au=date(2026, 2, 17)).reference


def test_every_event_that_closes_something_is_understood_by_the_engine() -> None:
    fermants = {e for d in ETAPES.values() for e in d.clot_par} | {e for d in ECHEANCES.values() for e in d.clot_par}
    assert fermants - set(TRAITEMENTS) <= {GenreEvenement.ANNULATION}


def test_every_event_is_treated() -> None:
    assert set(GenreEvenement) - set(TRAITEMENTS) == {GenreEvenement.ANNULATION}


def test_acts_are_events_of_agents_and_facts_are_never_refused() -> None:
    faits_de_fichier = {GenreEvenement.ENTREE_SDD, GenreEvenement.FIN_SDD, GenreEvenement.DROIT_CLOS,
                        GenreEvenement.NON_TRANSMISE, GenreEvenement.ADRESSE_CHANGEE}  # fmt: skip
    assert not faits_de_fichier & ACTES


def test_a_parenthesis_always_has_its_own_etape() -> None:
    assert all(ETATS[etat] is not None for etat in PARENTHESES)
