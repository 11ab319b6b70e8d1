"""The page of components and the sign-in page: strict, accessible, narrow or wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

Visiter = Callable[..., tuple[Any, list[str]]]
Violations = Callable[[Any], list[Any]]

PAGES = ["design", "account_login", "account_reset_password", "design_tiroir"]


@pytest.mark.django_db
@pytest.mark.parametrize("nom", PAGES)
def test_page_sans_style_ni_script_en_ligne(client: Client, nom: str) -> None:
    reponse = client.get(reverse(nom))
    html = reponse.content.decode()
    assert reponse.status_code == 200
    assert not re.search(r"<(?:style|script(?![^>]*\bsrc=))", html)
    assert not re.search(r"\s(?:style|on[a-z]+|hx-on[^=]*)=", html)
    assert "'unsafe-inline'" not in reponse.headers["Content-Security-Policy"]
    assert html.count("<h1") == 1
    assert 'lang="fr"' in html


def test_filtres_et_tri_de_l_exemple(client: Client) -> None:
    html = client.get(reverse("design"), {"commune": "Créteil", "tri": "-nom"}).content.decode()
    corps = html.split("<tbody>")[1].split("</tbody>")[0]
    assert "Vitry-sur-Seine" not in corps
    noms = re.findall(r'<th scope="row"><a[^>]*>([^<]+)', corps)
    assert noms == sorted(noms, reverse=True)
    assert len(noms) > 1


def test_tiroir_invalide_repond_422(client: Client) -> None:
    reponse = client.post(
        reverse("design_tiroir"), {}, headers={"HX-Request": "true", "HX-Target": "div#tiroir-contenu"}
    )
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert "<html" not in html
    assert 'hx-target="#tiroir-contenu"' in html


@pytest.mark.navigateur
@pytest.mark.parametrize("largeur", [320, 360, 1280])
@pytest.mark.django_db
@pytest.mark.parametrize("nom", PAGES)
def test_page_accessible_et_sans_debord(
    live_server: Any, visiter: Visiter, violations: Violations, nom: str, largeur: int
) -> None:
    page, plaintes = visiter(live_server.url + reverse(nom), largeur)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert plaintes == []


@pytest.mark.navigateur
def test_gestes_du_clavier_et_de_la_souris(live_server: Any, visiter: Visiter, violations: Violations) -> None:
    page, plaintes = visiter(live_server.url + reverse("design"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "recherche-globale"

    page.get_by_role("link", name="Ouvrir un tiroir").click()
    page.wait_for_selector("#tiroir[open]")
    assert page.locator("#tiroir-titre").inner_text() == "Modifier l'action"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.getElementById('tiroir').open") is False

    page.locator("[data-tout-cocher]").check()
    assert page.locator("[data-compte]").inner_text() == "8 sélectionnées"
    page.locator("[data-etendre]").click()
    assert page.locator("[data-compte]").inner_text() == "42 sélectionnées"
    assert page.locator("[data-tout]").input_value() == "1"

    page.get_by_role("button", name="Afficher l'identité").click()
    page.get_by_text("Amina TESTARD").wait_for()
    page.locator("#onglets-documents").click()
    page.locator("#onglets-documents[aria-current]").wait_for()
    assert "onglet=documents" in page.url
    assert plaintes == []


@pytest.mark.navigateur
def test_rien_de_tape_n_est_perdu(live_server: Any, visiter: Visiter) -> None:
    page, _ = visiter(live_server.url + reverse("design"))
    formulaire = page.locator("form[data-brouillon]")
    formulaire.locator("[name=intitule]").fill("Atelier CV")
    formulaire.locator("[name=freins][value=garde]").check()
    page.get_by_text("Brouillon gardé sur cet ordinateur").wait_for()
    page.goto(live_server.url + reverse("design"))
    assert formulaire.locator("[name=intitule]").input_value() == "Atelier CV"
    assert formulaire.locator("[name=freins][value=garde]").is_checked()
    assert not formulaire.locator("[name=freins][value=logement]").is_checked()

    page.context.set_offline(True)
    page.get_by_role("link", name="Ouvrir un tiroir").click()
    page.get_by_text("Le serveur ne répond pas").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Effacer ce brouillon").click()
    page.goto(live_server.url + reverse("design"))
    assert formulaire.locator("[name=intitule]").input_value() == ""
