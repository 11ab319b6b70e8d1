"""Decisions on the allowance taken in the former tool, recorded with their proof."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure, StatutMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.devoirs.selectors import dernieres_mesures, mesures_de, mesures_en_cours
from cordee.metier.devoirs.services import MesureRefusee, reprendre_decision
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import ActeRefuse, annuler_evenement, constater_deces, fusionner
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape

VALEURS: dict[str, Any] = {
    "nature": NatureMesure.SUSPENSION, "motif": MotifMesure.CONTRAT_NON_RESPECTE, "decidee_le": date(2026, 1, 15),
    "debut": date(2026, 2, 1), "taux": 50, "preuve": " Arrêté 2026-12 ",
}  # fmt: skip


def reprendre(personne: Personne, equipe: Equipe, **champs: Any) -> MesureDecidee:
    return reprendre_decision(personne=personne, par=equipe.samia, le=LE, **{**VALEURS, **champs})


def test_a_decision_of_the_former_tool_is_recorded(equipe: Equipe) -> None:
    personne = equipe.entrante()
    avant = etape(personne)
    mesure = reprendre(personne, equipe, transmise_le=date(2026, 1, 20))
    assert (mesure.preuve, mesure.statut, mesure.vue_le) == ("Arrêté 2026-12", StatutMesure.DECIDEE, None)
    evenement = Evenement.objects.get(genre=GenreEvenement.MESURE_REPRISE)
    assert evenement.donnees == {"mesure": mesure.pk, "nature": "suspension", "debut": "2026-02-01"}
    assert etape(personne).pk == avant.pk  # a measure never displaces the accompaniment (E03)


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        ({"preuve": "  "}, "référence"),
        ({"decidee_le": date(2026, 2, 18), "debut": date(2026, 3, 1)}, "à venir"),
        ({"transmise_le": date(2026, 2, 18)}, "à venir"),
        ({"debut": date(2026, 1, 14)}, "avant d'avoir été décidée"),
        ({"fin": date(2026, 2, 1)}, "suivre son début"),
        ({"montant": Decimal(100)}, "pas les deux"),
        ({"taux": 0}, "1 à 100"),
        ({"taux": 101}, "1 à 100"),
        ({"taux": None, "montant": Decimal(0)}, "positif"),
    ],
)
def test_what_cannot_be_is_refused(equipe: Equipe, champs: dict[str, Any], raison: str) -> None:
    personne = equipe.entrante()
    with pytest.raises(MesureRefusee, match=raison):
        reprendre(personne, equipe, **champs)
    assert not MesureDecidee.objects.exists()


def test_it_closes_the_disagreement_on_a_sanction(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.evenement(personne, GenreEvenement.SANCTION_CONSTATEE, objets=["versement_CG"], sens="vue")
    assert GenreEcheance.SANCTION_A_RAPPROCHER in echeances(personne)
    reprendre(personne, equipe)
    assert echeances(personne) == {}


def test_nothing_is_recorded_on_the_dead(equipe: Equipe) -> None:
    personne = equipe.entrante()
    constater_deces(personne=personne, deces_le=LE.date(), par=equipe.samia, le=LE)
    with pytest.raises(TransitionInterdite):
        reprendre(personne, equipe)


def test_it_is_not_undone_by_a_mere_correction(equipe: Equipe) -> None:
    personne = equipe.entrante()
    reprendre(personne, equipe)
    evenement = Evenement.objects.get(genre=GenreEvenement.MESURE_REPRISE)
    with pytest.raises(ActeRefuse):
        annuler_evenement(evenement=evenement, par=equipe.samia, le=LE)


def test_reads_follow_merges(equipe: Equipe) -> None:
    gardee, absorbee = equipe.entrante(), equipe.entrante()
    ancienne = reprendre(absorbee, equipe, fin=date(2026, 2, 10))
    fusionner(absorbee=absorbee, canonique=gardee, raisons=["test"], par=equipe.samia, le=LE)
    recente = reprendre(gardee, equipe, debut=date(2026, 2, 12))
    assert list(mesures_de(gardee)) == [recente, ancienne]
    assert list(mesures_en_cours(gardee, au=date(2026, 2, 17))) == [recente]
    assert list(mesures_en_cours(gardee, au=date(2026, 2, 9))) == [ancienne]
    assert dernieres_mesures([gardee.pk, equipe.entrante().pk]) == {gardee.pk: recente}
