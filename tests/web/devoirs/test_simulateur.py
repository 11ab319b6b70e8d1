"""The simulator page: the engine's answer, the article under each, the question in the address."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_agent(client: Client) -> Client:
    client.force_login(f.agent(RoleAgent.DEVOIRS, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
    return client


def lire(client: Client, statut: int = 200, **question: str) -> str:
    reponse = client.get(reverse("devoirs_simulateur"), question)
    assert reponse.status_code == statut
    return reponse.content.decode()


def test_a_couple_at_the_second_rank(client_agent: Client) -> None:
    page = lire(client_agent, faits="2026-11-02", foyer="2", rang="2", allocation="800", recue="2026-11-09")
    assert "de 30 % à 50 % de l'allocation" in page.replace("&#x27;", "'")
    assert "240,00 € à 400,00 € par mois" in page
    assert "1\N{NARROW NO-BREAK SPACE}600,00 € au plus en tout" in page
    assert "Fin de droit : impossible" in page
    assert "CASF R262-68-6" in page
    assert "ne dépasse pas 50 %" in page
    assert "Au plus tôt le 20 novembre 2026" in page


def test_the_two_regimes_when_the_law_changed(client_agent: Client) -> None:
    page = lire(client_agent, faits="2024-06-03", decision="2025-07-01", foyer="1", rang="1")
    assert "NAT-2012" in page
    assert "L&#x27;autre régime" in page or "L'autre régime" in page
    assert "NAT-2025" in page
    assert "plus aucun droit ne peut prendre fin" in page  # the local scale of the day of the facts, and its end
    locale = lire(client_agent, faits="2024-06-03", foyer="2", rang="1")
    assert "Barème local du Val-de-Marne" in locale


def test_what_blocks_and_what_is_wrong_is_said(client_agent: Client) -> None:
    assert "service juridique" in lire(client_agent, faits="2026-11-02", nature="refus_controle")
    assert "existait pas" in lire(client_agent, 422, faits="2008-11-02")
    assert "ne peut pas précéder" in lire(client_agent, 422, faits="2026-11-02", decision="2026-11-01")
    assert "complète" in lire(client_agent, 422, faits="2026-11-02", foyer="0")
    assert "100,00 € au plus par mois" in lire(client_agent, faits="2010-02-01")
