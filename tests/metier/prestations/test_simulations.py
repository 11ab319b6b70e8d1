"""Estimates wait, are computed by batches, are kept by their inputs; one that fails never holds the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.metier.prestations.enums import NatureRevenu, Statut
from cordee.metier.prestations.models import DroitExamine, Simulation
from cordee.metier.prestations.regles import Hypotheses, Resultat
from cordee.metier.prestations.selectors import SimulationIntrouvable, droits_examines, simulation, simulations
from cordee.metier.prestations.services import (
    DroitInconnu,
    calculer_en_attente,
    demander_simulation,
    examiner_droits,
    purger_simulations,
)
from cordee.metier.prestations.taches import calculer, rattraper
from cordee.reglementation.autres_droits import PublicDroit, SuiteDroit
from tests import fabriques as f
from tests.metier.prestations.foyers import D, moteur_exact, revenu, seule

pytestmark = pytest.mark.django_db
N = NatureRevenu
Capture = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


def attentes() -> int:
    return ProcrastinateJob.objects.filter(task_name="prestations.calculer", status="todo").count()


def demandees(*montants: str) -> list[Simulation]:
    agent = f.agent()
    return [demander_simulation(hypotheses=seule(revenu(N.SALAIRE, m)), par=agent, le=f.MAINTENANT) for m in montants]


def test_deux_demandes_identiques_sont_un_seul_calcul(django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        un, deux, trois = demandees("300", "300.00", "310")
    assert un == deux != trois
    assert attentes() == 1  # one job takes everything that waits


def test_rien_n_est_demande_avant_la_fin_de_la_transaction(django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks() as rappels:
        demandees("300")
    assert (attentes(), len(rappels)) == (0, 1)


def test_un_lot_est_calcule_puis_relu(django_capture_on_commit_callbacks: Capture) -> None:
    lignes = demandees("300", "400")
    lots: list[int] = []

    def moteur(foyers: Sequence[Hypotheses]) -> list[Resultat]:
        lots.append(len(foyers))
        return moteur_exact(foyers)

    assert calculer_en_attente(moteur=moteur, maintenant=lambda: f.MAINTENANT) == 2
    assert lots == [2]
    lues = simulations([lignes[1].empreinte, lignes[0].empreinte])
    assert [e.resultat.premier.rsa for e in lues if e.resultat] == [D("173.49"), D("273.49")]
    assert lues[0].calculee_le == f.MAINTENANT
    with django_capture_on_commit_callbacks(execute=True):
        demandees("300")
    assert attentes() == 0  # known already


def test_un_foyer_impossible_a_calculer_ne_retient_pas_les_autres() -> None:
    bonne = demandees("300")[0]
    mauvaise = demander_simulation(hypotheses=seule(revenu(N.INDEMNITES, "1")), par=f.agent(), le=f.MAINTENANT)
    assert calculer_en_attente(moteur=moteur_exact, maintenant=lambda: f.MAINTENANT) == 1
    assert simulation(bonne.empreinte).statut is Statut.CALCULEE
    assert simulation(mauvaise.empreinte).statut is Statut.ECHEC
    relancee = demander_simulation(hypotheses=seule(revenu(N.INDEMNITES, "1")), par=f.agent(), le=f.MAINTENANT)
    assert (relancee.pk, relancee.statut, relancee.essais) == (mauvaise.pk, Statut.EN_ATTENTE, 0)


def test_ce_que_personne_n_ouvre_est_efface() -> None:
    ancienne, recente = demandees("300", "400")
    quand = f.MAINTENANT + timedelta(days=31)
    demander_simulation(hypotheses=seule(revenu(N.SALAIRE, "400")), par=f.agent(), le=quand)
    assert purger_simulations(le=quand) == 1
    assert list(Simulation.objects.values_list("pk", flat=True)) == [recente.pk]
    with pytest.raises(SimulationIntrouvable, match="quelques secondes"):
        simulation(ancienne.empreinte)


def test_une_demande_coupee_est_rattrapee(django_capture_on_commit_callbacks: Capture) -> None:
    rattraper(timestamp=0)
    assert attentes() == 0
    with django_capture_on_commit_callbacks():
        demandees("300")
    rattraper(timestamp=0)
    rattraper(timestamp=0)
    assert attentes() == 1


def test_le_modele_n_est_pas_charge_pour_rien(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cordee.metier.prestations.moteur.estimer", lambda foyers: pytest.fail("called"))
    calculer()


# Other rights -------------------------------------------------------------------------------------------------------
def test_ce_qui_est_vu_avec_la_personne_est_garde(django_assert_num_queries: Any) -> None:
    personne, agent = f.personne(), f.agent()
    examiner_droits(personne=personne, suites={"aide_logement": SuiteDroit.A_DEMANDER}, par=agent, le=f.MAINTENANT)
    plus_tard = f.MAINTENANT + timedelta(days=8)
    examiner_droits(
        personne=personne, suites={"aide_logement": SuiteDroit.DEJA, "cheque_energie": SuiteDroit.NE_SOUHAITE_PAS},
        par=agent, le=plus_tard,
    )  # fmt: skip
    with django_assert_num_queries(1):
        vus = {vu.droit.id: vu for vu in droits_examines([personne.pk], publics=[PublicDroit.LOCATAIRE])}
    assert vus["aide_logement"].suite is SuiteDroit.DEJA
    assert vus["aide_logement"].concerne
    assert vus["prime_activite"].suite is None
    assert DroitExamine.objects.count() == 3  # nothing is overwritten


def test_un_droit_inconnu_est_refuse() -> None:
    with pytest.raises(DroitInconnu):
        examiner_droits(personne=f.personne(), suites={"loto": SuiteDroit.DEJA}, par=f.agent(), le=f.MAINTENANT)
    assert not DroitExamine.objects.exists()
