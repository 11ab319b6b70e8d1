"""A manager's week: everybody oriented gets a référent; she locks one choice, changes another, and validates."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.models import LigneAffectation, ReglageReferent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur


def _attend(equipe: Equipe, prenom: str) -> Personne:
    qui = f.soumise(equipe.secteur, nom="Testfictif", prenom=prenom)
    f.adresse(personne=qui)
    f.orientee(qui, equipe.secteur, le=f.MAINTENANT - timedelta(days=4))
    return qui


def test_a_weekly_allocation_with_a_lock_and_an_override(
    equipe: Equipe, ouvrir: Ouvrir, violations: Any
) -> None:  # fmt: skip
    autre = f.agent(RoleAgent.TRAVAILLEUR_SOCIAL, structure=equipe.secteur, prenom="Yaël", nom="Fictive")
    for agent in (equipe.referente, autre):
        ReglageReferent.objects.create(agent=agent, structure=equipe.secteur, capacite=3)
    ada, berenice = _attend(equipe, "Ada"), _attend(equipe, "Bérénice")
    page = ouvrir(equipe.encadrante, 360, "/affectations/")
    page.get_by_role("button", name="Préparer l'affectation").click()
    page.get_by_text("Le mieux possible, prouvé").wait_for()

    _ouvrir_ligne(page, "Ada T.")
    page.get_by_role("heading", name="Pourquoi", exact=True).wait_for()
    assert violations(page) == []
    page.get_by_label("Confier à").select_option(label=_option(page, "Yaël Fictive"))
    page.get_by_label("Raison de votre choix").select_option(label="La personne l'a demandé")
    page.get_by_role("button", name="Confier et verrouiller").click()
    page.get_by_text("choix verrouillé").wait_for()

    page.get_by_role("checkbox", name="Bérénice T.").check()
    page.get_by_role("button", name="Verrouiller", exact=True).click()
    page.get_by_text("1 choix verrouillé").wait_for()
    assert LigneAffectation.objects.filter(verrou=True).count() == 2

    page.get_by_role("button", name="Valider", exact=True).click()
    dialogue = page.get_by_role("dialog", name="Valider cette affectation")
    dialogue.get_by_text("2 personnes auront leur référent").wait_for()
    assert violations(page) == []
    dialogue.get_by_role("button", name="Nommer les référents").click()
    page.get_by_text("2 personnes ont un référent.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    situations = {s.personne_id: s for s in Situation.objects.filter(personne__in=(ada, berenice))}
    assert {s.etat for s in situations.values()} == {Etat.CONTRAT_A_ELABORER}
    assert situations[ada.pk].referent_agent_id == autre.pk
    assert situations[berenice.pk].referent_agent_id == equipe.referente.pk


def _ouvrir_ligne(page: Page, nom: str) -> None:
    page.get_by_role("link", name=f"Pourquoi, changer : {nom}").click()


def _option(page: Page, debut: str) -> str:
    textes = page.get_by_label("Confier à").locator("option").all_text_contents()
    return next(texte for texte in textes if texte.startswith(debut))
