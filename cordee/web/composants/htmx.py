"""What a view needs to answer htmx: one template for the page and for the drawer, one redirect for both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

CIBLE_TIROIR = "tiroir-contenu"


def est_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def est_tiroir(request: HttpRequest) -> bool:
    """Whether the answer goes into the drawer (htmx 4 sends ``HX-Target: div#tiroir-contenu``)."""
    return est_htmx(request) and request.headers.get("HX-Target", "").endswith(f"#{CIBLE_TIROIR}")


def gabarit(request: HttpRequest) -> str:
    """What a page that also opens in the drawer extends: ``{% extends gabarit %}`` (blocks ``titre``, ``contenu``)."""
    return "composants/tiroir_page.html" if est_tiroir(request) else "base.html"


def rediriger(request: HttpRequest, url: str) -> HttpResponse:
    """After a successful act: the whole page moves to ``url``, from a plain form, a drawer or a panel."""
    if est_htmx(request):
        reponse = HttpResponse(status=204)
        reponse.headers["HX-Redirect"] = url
        return reponse
    return HttpResponseRedirect(url)
