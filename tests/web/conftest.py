"""A real browser for the tests that need one, and the accessibility judge."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from cordee.metier.organismes.models import Agent

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("CORDEE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# A colour half-way through a transition is no colour of the page: axe judges once every finite movement has ended.
IMMOBILE = """() => Promise.allSettled(document.getAnimations()
    .filter(a => a.playState === 'running' && Number.isFinite(a.effect.getComputedTiming().endTime))
    .map(a => a.finished)).then(() => true)"""
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    """The system's Chromium; with CI=true its absence is a failure, elsewhere the skip says what to install.

    Playwright keeps an event loop in this thread, which Django takes for asynchronous code: hence the variable.
    """
    if not (CHROMIUM and AXE.exists()):
        manque = "Chromium ou axe-core absent : apt install chromium, npm ci."
        if os.environ.get("CI") == "true":
            pytest.fail(manque)
        pytest.skip(manque)
    from playwright.sync_api import sync_playwright

    avant = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chrome
        chrome.close()
    if avant is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = avant


@pytest.fixture
def visiter(navigateur: Browser) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """``visiter(url, largeur=1280, agent=None)`` → the page, and the list its console complaints and script errors go
    to. With ``agent`` the browser is signed in.
    """
    ouverts = []

    def ouvrir(adresse: str, largeur: int = 1280, agent: Agent | None = None) -> tuple[Page, list[str]]:
        contexte = navigateur.new_context(viewport={"width": largeur, "height": 900}, locale="fr-FR")
        ouverts.append(contexte)
        if agent is not None:
            site = urlsplit(adresse)
            cle = {"name": "sessionid", "value": _session(agent), "domain": site.hostname, "path": "/"}
            contexte.add_cookies([cle])  # type: ignore[list-item]
        page = contexte.new_page()
        plaintes: list[str] = []
        page.on("console", lambda m: plaintes.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
        page.goto(adresse)
        page.wait_for_load_state("networkidle")
        return page, plaintes

    yield ouvrir
    for contexte in ouverts:
        contexte.close()


def _session(agent: Agent) -> str:
    """The key of a session opened for this agent."""
    from django.test import Client

    client = Client()
    client.force_login(agent)
    return client.cookies["sessionid"].value


JUGER = "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
LARGEURS = (360, 1280)


@pytest.fixture
def violations() -> Callable[[Page], list[Any]]:
    """``violations(page)`` → what axe finds, through the debugger so that the page keeps its security policy."""

    def juger(page: Page) -> list[Any]:
        if page.evaluate("typeof axe") == "undefined":
            page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        page.evaluate(IMMOBILE)
        return page.evaluate(JUGER)

    return juger


def juger_aux_deux_largeurs(page: Page, violations: Callable[[Page], list[Any]], nom: str) -> None:
    """A page already opened, on a telephone then on a desk: nothing for axe, nothing wider than the screen."""
    page.locator("[hx-trigger~=load], .htmx-request").first.wait_for(state="detached")  # panels are there
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        assert violations(page) == [], (nom, largeur)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (nom, largeur)
