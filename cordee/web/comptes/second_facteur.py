"""The second factor: always offered, required where the installation says so (in production by default)."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

_CLE = "second_facteur"


class SecondFacteur:
    """An agent without a second factor reaches nothing but her account's pages until she has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTEUR_EXIGE and self._manque(request):
            messages.info(request, "Protégez votre compte par un second facteur pour continuer.")
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _manque(self, request: HttpRequest) -> bool:
        pages_du_compte = reverse("account_login").removesuffix("login/")
        if not request.user.is_authenticated or request.path.startswith(pages_du_compte):
            return False
        if not request.session.get(_CLE):
            request.session[_CLE] = is_mfa_enabled(request.user)
        return not request.session[_CLE]
