"""allauth's rules for us: nobody signs up alone."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AdaptateurComptes(DefaultAccountAdapter):
    """Agents are habilitated one by one by the Département (CASF R262-107 II)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
