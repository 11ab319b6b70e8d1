"""The page of the service levels: what it says, to whom, and the lines of the home page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.rendezvous.enums import AlerteService
from cordee.metier.rendezvous.regles.derive import Mesure
from cordee.metier.rendezvous.selectors.delais_service import NiveauDeService
from cordee.web.delais_service.views import alertes_en_phrases
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
C, D = AlerteService.CIBLE, AlerteService.DERIVE


@pytest.fixture
def equipe(db: None, monkeypatch: pytest.MonkeyPatch) -> Equipe:
    """Six people received eleven days ago, offered a date the next day, at the EDS and at the CCAS."""
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    equipe = monter()
    for structure, attente in ((equipe.eds, 30), (equipe.ccas, 8)):
        for _ in range(5):
            le = LE - timedelta(days=10)
            personne = equipe.entrante(le=le - timedelta(days=1))
            equipe.convoquer(personne, le=le, debut=le + timedelta(days=attente), structure=structure)
    return equipe


def test_the_table_sorts_filters_and_exports(
    equipe: Equipe, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(f.agent(RoleAgent.ENCADRANT, structure=equipe.eds))
    client.get(reverse("delais_service"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("delais_service"), {"tri": "convocation"})
    assert [n.structure for n in page.context["lignes"]] == [equipe.ccas, equipe.eds]
    assert "<strong>31 j</strong>" in page.content.decode()
    assert client.get(reverse("delais_service"), {"alerte": "on"}).context["lignes"] == []
    fichier = client.get(reverse("delais_service_export")).content.decode()
    assert "EDS de démonstration;31,0;;5" in fichier
    semaines = client.get(reverse("delais_service_structure", args=[equipe.eds.pk]))
    assert semaines.context["niveau"].convocation.recente == 31.0


def test_a_head_sees_her_structure_only(equipe: Equipe, client: Client) -> None:
    client.force_login(f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.ccas))
    assert [n.structure for n in client.get(reverse("delais_service")).context["lignes"]] == [equipe.ccas]
    assert client.get(reverse("delais_service_structure", args=[equipe.eds.pk])).status_code == 404
    assert "Aucun délai ne dérive" in client.get(reverse("delais_service_alerte")).content.decode()


def test_an_alert_is_a_sentence() -> None:
    structure = Structure(pk=7, nom="EDS fictif")
    niveau = NiveauDeService(
        structure, Mesure(27.0, 14.0, 30, 40), Mesure(30.0, 29.0, 30, 40), Mesure(0.41, 0.2, 40, 50), None,
        {"convocation": frozenset({C, D}), "entretien": frozenset({C}), "absences": frozenset({D})},
    )  # fmt: skip
    assert [ligne.phrase for ligne in alertes_en_phrases(niveau)] == [
        "le premier rendez-vous est proposé 27 jours après la réception, contre 14 jours les semaines précédentes.",
        "le premier entretien se tient 30 jours après la réception.",
        "41 % des rendez-vous sont manqués, contre 20 % les semaines précédentes.",
    ]
