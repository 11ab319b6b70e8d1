"""Guessing a password is slowed down: five failures on one account in five minutes, whatever the account says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cordee.configuration import settings as reglages
from cordee.metier.organismes.enums import RoleAgent
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_the_right_password_is_refused_too_after_five_failures(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = reglages.ACCOUNT_RATE_LIMITS
    cache.clear()
    agent = f.agent(RoleAgent.AGENT_PLATEFORME)
    agent.set_password("une phrase assez longue")
    agent.save()

    def essayer(mot_de_passe: str) -> Any:
        return client.post(reverse("account_login"), {"login": agent.courriel, "password": mot_de_passe})

    for _ in range(5):
        assert "Trop de tentatives" not in essayer("faux").content.decode()
    reponse = essayer("une phrase assez longue")
    assert "Trop de tentatives" in reponse.content.decode()
    assert "_auth_user_id" not in client.session
    cache.clear()
    assert essayer("une phrase assez longue").status_code == 302
