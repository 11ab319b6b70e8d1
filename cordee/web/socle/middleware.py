"""Headers that keep files out of shared caches, pages that declare who opens them, failures said in French."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from cordee.metier.personnes.selectors import PersonneIntrouvable
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx

Reponse = Callable[[HttpRequest], HttpResponse]


class DureeDuServeur:
    """How long a page took here, told in the answer (``Server-Timing``): a slow page is the server's, or the road's."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        debut = perf_counter()
        response = self.get_response(request)
        response.headers.setdefault("Server-Timing", f"page;dur={(perf_counter() - debut) * 1000:.1f}")
        return response


class EntetesConfidentialite:
    """A page shown to a signed-in agent is never stored by a browser or a proxy."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class AccesDeclare:
    """Closed by default: a page of ours that does not say who may open it is not served."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vue: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        ouverte = getattr(vue, "acces", None) is not None or not getattr(vue, "login_required", True)
        if vue.__module__.startswith("cordee.web.") and not ouverte:
            raise ImproperlyConfigured(f"{vue.__module__}.{vue.__name__} does not say who may open it (@acces)")


class ErreursMetier:
    """Expected failures that a view left alone: the same 404 for every unreachable person, a sentence for the rest."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        if isinstance(erreur, PersonneIntrouvable):
            return page_not_found(request, erreur)
        if not isinstance(erreur, ErreurMetier):
            return None
        if request.method == "POST" and (retour := _page_precedente(request)):
            messages.error(request, str(erreur))
            return htmx.rediriger(request, retour)
        return render(request, "erreur_metier.html", {"phrase": str(erreur)}, status=409)


def _page_precedente(request: HttpRequest) -> str:
    """The path the form was on, never another site's."""
    origine = urlsplit(request.headers.get("Referer", ""))
    return origine.path + (f"?{origine.query}" if origine.query else "") if origine.netloc == request.get_host() else ""
