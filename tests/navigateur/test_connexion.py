"""Coming in and going out: a wrong password, the right one, Ma journée, the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.navigateur.conftest import Equipe, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [360])]


def se_connecter(page: Page, courriel: str, mot_de_passe: str) -> None:
    page.get_by_label("Adresse électronique professionnelle").fill(courriel)
    page.get_by_label("Mot de passe").fill(mot_de_passe)
    page.get_by_role("button", name="Se connecter").click()


def quitter(page: Page) -> None:
    page.get_by_role("button", name="mon compte").click()
    page.get_by_role("button", name="Se déconnecter").click()


def code_de(secret: str) -> str:
    """What her phone shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[-1]))


def test_mot_de_passe_faux_puis_juste_et_sortie(equipe: Equipe, ouvrir: Ouvrir, largeur: int) -> None:
    page = ouvrir(None, largeur, "/personnes/")
    se_connecter(page, equipe.agente.courriel, "faux")
    page.get_by_role("alert").get_by_text("Un point à corriger").wait_for()
    assert page.get_by_label("Adresse électronique professionnelle").input_value() == equipe.agente.courriel

    se_connecter(page, equipe.agente.courriel, "secret")
    page.get_by_role("heading", name="Personnes", exact=True).wait_for()  # the page first asked for
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Ma journée").click()
    page.get_by_role("heading", name="Bonjour Inès").wait_for()
    page.get_by_text("Rien à faire pour l'instant").wait_for()
    assert "Mardi 17 février 2026" in page.inner_text("main")

    quitter(page)
    page.get_by_role("heading", name="Se connecter").wait_for()
    page.go_back()
    page.goto(page.url.split("/comptes/")[0])
    page.get_by_role("heading", name="Se connecter").wait_for()  # nothing is kept behind


def test_second_facteur_active_puis_demande(equipe: Equipe, ouvrir: Ouvrir, settings: Any, largeur: int) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # a code computed at the end of its thirty seconds is still good
    page = ouvrir(None, largeur)
    se_connecter(page, equipe.referente.courriel, "secret")
    page.get_by_role("heading", name="Bonjour Léa").wait_for()
    page.get_by_role("button", name="mon compte").click()
    page.get_by_role("link", name="Double authentification").click()
    page.get_by_role("link", name="Activer").click()
    page.get_by_role("heading", name="Confirmer que c'est bien vous").wait_for()
    page.get_by_label("Mot de passe").fill("secret")
    page.get_by_role("button", name="Confirmer").click()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code à six chiffres").fill(code_de(secret))
    page.get_by_role("button", name="Activer").click()
    page.get_by_text("Codes de secours").first.wait_for()

    quitter(page)
    se_connecter(page, equipe.referente.courriel, "secret")
    page.get_by_role("heading", name="Votre code de connexion").wait_for()
    page.get_by_label("Code", exact=True).fill("000000" if code_de(secret) != "000000" else "000001")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("alert").get_by_text("Un point à corriger").wait_for()
    page.get_by_label("Code", exact=True).fill(code_de(secret))
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", name="Bonjour Léa").wait_for()
