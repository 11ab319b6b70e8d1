"""The pages of the allocation: what they show, what they refuse, and that they stay quick."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.affectation.enums import ResultatLigne
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation, ReglageReferent
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Lecture
from tests import fabriques as f
from tests.metier.orientation.affectation.conftest import LE, Monde, monde  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", LE.isoformat())


@pytest.fixture
def client_de(client: Client) -> Any:
    def ouvrir(agent: Agent) -> Client:
        client.force_login(agent)
        return client

    return ouvrir


def _texte(reponse: Any) -> str:
    return " ".join(reponse.content.decode().split())


def test_from_the_queue_to_the_validation(monde: Monde, client_de: Any) -> None:  # noqa: F811
    qui, autre = monde.attend(), monde.attend(monde.ccas)
    f.contact(qui), f.contact(autre)
    monde.eds.telephone = monde.ccas.telephone = "0199000000"
    monde.eds.save(), monde.ccas.save()
    client = client_de(monde.encadrante)
    accueil = _texte(client.get(reverse("affectations")))
    assert "personnes attendent un référent" in accueil
    client.post(reverse("affectation_preparer"), {"mode": "lot"})
    proposition = PropositionAffectation.objects.get()
    page = _texte(client.get(reverse("affectation", args=[proposition.pk])))
    assert "Le mieux possible, prouvé" in page
    assert "2 personnes auront leur référent" in page
    reponse = client.post(
        reverse("affectation_valider", args=[proposition.pk]), {"version": proposition.version}, follow=True
    )
    assert "2 personnes ont un référent." in _texte(reponse)
    assert Situation.objects.filter(referent_agent__isnull=False).count() == 2
    reponse = client.post(reverse("affectation_presenter", args=[proposition.pk]), follow=True)
    assert Courrier.objects.filter(genre=GenreCourrier.NOMINATION_REFERENT).count() == 2, _texte(reponse)
    client.post(reverse("affectation_presenter", args=[proposition.pk]))
    assert Courrier.objects.filter(genre=GenreCourrier.NOMINATION_REFERENT).count() == 2
    reponse = client.post(reverse("affectation_annuler", args=[proposition.pk]), follow=True)
    assert reponse.status_code == 200


def test_a_line_says_why_and_lets_choose(monde: Monde, client_de: Any) -> None:  # noqa: F811
    qui = monde.attend(langue="arabe", interprete=True)
    client = client_de(monde.encadrante)
    client.post(reverse("affectation_preparer"))
    ligne = LigneAffectation.objects.select_related("proposition").get()
    adresse = reverse("affectation_ligne", args=[ligne.proposition_id, ligne.pk])
    page = _texte(client.get(adresse))
    assert "structure désignée par la décision" in page
    assert "Un interprète est à prévoir (arabe)." in page
    assert "Sinon" in page
    assert Lecture.objects.filter(personne_id=qui.pk, page="affectation").count() == 1
    mauvaise = client.post(adresse, {"referent": "", "motif": "autre", "version": ligne.proposition.version})
    assert mauvaise.status_code == 422
    donnees = {"referent": f"{monde.eds.pk}-{monde.noa.pk}", "motif": "connaissance", "version": 1}
    assert client.post(adresse, donnees).status_code == 302
    ligne.refresh_from_db()
    assert (ligne.agent, ligne.verrou) == (monde.noa, True)
    perimee = client.post(adresse, {**donnees, "referent": f"{monde.eds.pk}-{monde.lea.pk}"})
    assert perimee.status_code == 422
    assert "modifié cette affectation entre-temps" in _texte(perimee)
    assert "Le calcul proposait" in _texte(client.get(adresse))
    client.post(reverse("affectation_ecarter", args=[ligne.proposition_id, ligne.pk]))
    ligne.refresh_from_db()
    assert ligne.resultat == ResultatLigne.ECARTEE


def test_lock_filter_export(monde: Monde, client_de: Any) -> None:  # noqa: F811
    monde.attend(), monde.refusee()
    client = client_de(monde.encadrante)
    client.post(reverse("affectation_preparer"))
    proposition = PropositionAffectation.objects.get()
    adresse = reverse("affectation", args=[proposition.pk])
    donnees = {"version": proposition.version, "tout": "1", "action": "verrouiller", "vue": "voir=verrou"}
    reponse = client.post(reverse("affectation_verrous", args=[proposition.pk]), donnees)
    assert reponse.url == f"{adresse}?voir=verrou"
    assert proposition.lignes.filter(verrou=True).count() == 2
    assert "Nouvelle décision" in _texte(client.get(adresse + "?voir=change"))
    assert "Personne ne correspond" in _texte(client.get(adresse + "?voir=sans"))
    export = client.get(adresse + "?export=csv").content.decode("utf-8-sig").splitlines()
    assert len(export) == 3
    assert Lecture.objects.filter(page="affectation").count() == 2


def test_queries_do_not_grow(monde: Monde, client_de: Any, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    for _ in range(8):
        monde.attend(), monde.attend(monde.ccas)
    client = client_de(monde.encadrante)
    client.post(reverse("affectation_preparer"))
    pk = PropositionAffectation.objects.get().pk
    budgets = {
        reverse("affectations"): 14, reverse("affectation", args=[pk]): 20, reverse("affectation_referents"): 24,
        reverse("affectation_comparer", args=[pk]): 12,
    }  # fmt: skip
    for adresse, budget in budgets.items():
        with django_assert_max_num_queries(budget):
            assert client.get(adresse).status_code == 200


def test_settings_of_a_referent(monde: Monde, client_de: Any) -> None:  # noqa: F811
    client = client_de(monde.cheffe)
    adresse = reverse("affectation_referent", args=[monde.eds.pk, monde.lea.pk])
    donnees = {"capacite": 80, "quotite": 80, "specialites": ["jeunes"], "langues": "Arabe, turc"}
    assert client.post(adresse, donnees).status_code == 302
    reglage = ReglageReferent.objects.get()
    assert (reglage.capacite, reglage.quotite, reglage.langues) == (80, 80, ["arabe", "turc"])
    assert client.post(adresse, {**donnees, "quotite": 5}).status_code == 422
    assert client.get(reverse("affectation_referent", args=[monde.ccas.pk, monde.ines.pk])).status_code == 404
    assert monde.lea.nom in _texte(client.get(reverse("affectation_referents")))


def test_nobody_waits(monde: Monde, client_de: Any) -> None:  # noqa: F811
    client = client_de(monde.encadrante)
    assert "Personne n'attend de référent" in _texte(client.get(reverse("affectations")))
    reponse = client.post(reverse("affectation_preparer"), follow=True)
    assert "rien à affecter" in _texte(reponse)


def test_the_page_of_an_expired_form_says_so(monde: Monde, client_de: Any) -> None:  # noqa: F811
    monde.attend()
    client = client_de(monde.encadrante)
    client.post(reverse("affectation_preparer"))
    pk = PropositionAffectation.objects.get().pk
    reponse = client.post(reverse("affectation_valider", args=[pk]), {"version": "99"})
    assert reponse.status_code in (302, 409)
    assert not Situation.objects.filter(referent_agent__isnull=False).exists()
