"""A second factor is required where the installation says so."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_agent(client: Client) -> Client:
    client.force_login(f.agent(RoleAgent.AGENT_PLATEFORME))
    return client


def test_without_it_only_the_account_can_be_reached(client_agent: Client, settings: object) -> None:
    settings.SECOND_FACTEUR_EXIGE = True  # type: ignore[attr-defined]
    reponse = client_agent.get(reverse("regles"))
    assert reponse.status_code == 302
    assert reponse["Location"] == reverse("mfa_activate_totp")
    assert client_agent.get(reverse("account_logout")).status_code == 200


def test_with_it_the_pages_open(client_agent: Client, settings: object) -> None:
    settings.SECOND_FACTEUR_EXIGE = True  # type: ignore[attr-defined]
    Authenticator.objects.create(
        user_id=int(client_agent.session["_auth_user_id"]), type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    assert client_agent.get(reverse("regles")).status_code == 200


def test_it_is_not_required_in_a_demonstration(client_agent: Client) -> None:
    assert client_agent.get(reverse("regles")).status_code == 200
