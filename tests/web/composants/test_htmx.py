"""One view for the page and for the drawer."""

from __future__ import annotations

from django.test import RequestFactory

from cordee.web.composants import htmx

TIROIR = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#tiroir-contenu"}


def test_gabarit_selon_la_cible() -> None:
    usine = RequestFactory()
    assert htmx.gabarit(usine.get("/")) == "base.html"
    assert htmx.gabarit(usine.get("/", **TIROIR)) == "composants/tiroir_page.html"
    assert htmx.gabarit(usine.get("/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="div#panneau")) == "base.html"


def test_rediriger_deplace_la_page_entiere() -> None:
    usine = RequestFactory()
    simple, tiroir = (
        htmx.rediriger(usine.post("/"), "/ailleurs/"),
        htmx.rediriger(usine.post("/", **TIROIR), "/ailleurs/"),
    )
    assert (simple.status_code, simple["Location"]) == (302, "/ailleurs/")
    assert (tiroir.status_code, tiroir["HX-Redirect"]) == (204, "/ailleurs/")
