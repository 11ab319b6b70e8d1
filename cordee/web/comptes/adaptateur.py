"""allauth's rules for us: nobody signs up alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.pilotage.vues_gardees.selectors import premiere_vue


class AdaptateurComptes(DefaultAccountAdapter):
    """Agents are habilitated one by one by the Département (CASF R262-107 II)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The view she chose to start from, if any."""
        vue = premiere_vue(pour=request.user) if isinstance(request.user, Agent) else None
        return reverse("pilotage_vue_ouvrir", args=[vue.pk]) if vue is not None else reverse("accueil")
