"""Ids drawn beforehand: the same whatever the number of processes, never twice, and the sequences follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.demo.histoire.numeros import PAS, NumerosDuLot, avancer, premiers_numeros
from cordee.metier.personnes.models import Personne
from tests import fabriques as f


@given(st.integers(1, 7), st.integers(1, 3 * PAS), st.integers(1, 10**6))
def test_lots_never_share_an_id_and_keep_order(lots: int, combien: int, premier: int) -> None:
    tires = []
    for lot in range(lots):
        numeros = NumerosDuLot({"t": premier}, lot=lot, lots=lots)
        siens = [numeros.suivant("t") for _ in range(combien)]
        assert siens == sorted(siens)
        tires += siens
    assert len(set(tires)) == len(tires)
    assert min(tires) == premier
    assert max(tires) < premier + lots * (combien + PAS)


def test_a_lot_outside_the_run_is_refused() -> None:
    with pytest.raises(ValueError, match="lot 3 of 3"):
        NumerosDuLot({"t": 1}, lot=3, lots=3)


def test_a_table_without_ids_is_refused() -> None:
    with pytest.raises(KeyError):
        NumerosDuLot({"t": 1}, lot=0, lots=1).suivant("u")


@pytest.mark.django_db
def test_sequences_start_where_they_stand_and_move_past_the_rows() -> None:
    tables = {"parcours_evenement", "parcours_etape", "parcours_echeance", "personnes_personne",
              "personnes_rattachement", "rendezvous_rendezvous", "orientation_diagnostic", "orientation_orientation",
              "contrats_contrat", "contrats_engagement", "suivi_contactsuivi", "suivi_informationpartenaire",
              "devoirs_mesuredecidee"}  # fmt: skip
    connue = f.personne()
    premiers = premiers_numeros()
    assert tables <= premiers.keys()
    assert premiers["personnes_personne"] == connue.pk + 1
    numeros = NumerosDuLot(premiers, lot=1, lots=2)
    ecrite = f.personne()
    Personne.objects.filter(pk=ecrite.pk).update(id=numeros.suivant("personnes_personne"))
    avancer()
    assert f.personne().pk == premiers["personnes_personne"] + PAS + 1
    assert premiers_numeros()["parcours_evenement"] == premiers["parcours_evenement"]
