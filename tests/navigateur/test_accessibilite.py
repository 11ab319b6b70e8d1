"""Every page that shows people, opened by a role that may, with people in it (WCAG 2.2 AA, RGAA 4.1): no axe violation,
no complaint of the console, nothing wider than the screen. The administration, the files received, the rules and the
components are judged the same way in the tests of their own pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from django.urls import reverse

from cordee.metier.personnes.models import Personne
from cordee.pilotage.services import rafraichir
from tests.fabriques import MAINTENANT
from tests.navigateur.adresses import adresses, pages_oubliees
from tests.navigateur.agenda import un_agenda
from tests.navigateur.caisse import une_caisse
from tests.navigateur.campagnes import a_regarder
from tests.navigateur.conftest import Heure, Ouvrir
from tests.navigateur.contrats import des_contrats
from tests.navigateur.devoirs import des_dossiers
from tests.navigateur.equipe import une_equipe
from tests.navigateur.equipe_pluri import une_equipe_pluri
from tests.navigateur.monde import (
    PREPARE,
    arrete_a_l_essai,
    lot_a_poster,
    peupler,
    une_affectation,
    une_matinee,
)
from tests.navigateur.suivi import un_suivi
from tests.web.test_acces import Monde

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
LARGEURS = (1280, 360)
PARTS = 2  # each builds its world: two, one per process


@pytest.fixture
def gens(live_server: Any, heure: Heure, monde: Monde) -> list[Personne]:
    """People of the structure where « ref » and « chef » work."""
    cheffe = monde.agents["chef"]
    eds = cheffe.affectations.get().structure
    gens = peupler(eds=eds, plateforme=monde.agents["plat"], referente=monde.agents["ref"], cheffe=cheffe)
    arrete_a_l_essai(cheffe)
    lot_a_poster(cheffe)
    une_matinee(gens[:5], eds, monde.agents["plat"])
    une_affectation(monde.agents["enca"])
    a_regarder(eds, monde.agents["plat"])
    suivies = list(Personne.objects.filter(situation__referent_agent=monde.agents["ref"], situation__soumis=True))
    une_equipe_pluri(eds)
    une_equipe(suivies, eds, cheffe=cheffe, referente=monde.agents["ref"])
    une_caisse(gens[1:4], eds, par=monde.agents["devo"])
    un_agenda(eds, par=monde.agents["chef"], referente=monde.agents["ref"])
    des_contrats(eds, referente=monde.agents["ref"], contenu=PREPARE)
    des_dossiers(gens[-1], referente=monde.agents["ref"], instruit=monde.agents["devo"])
    un_suivi(gens[-1], referente=monde.agents["ref"])
    rafraichir(le=MAINTENANT, mois_passes=1)
    return gens


def largeur_jugee(adresse: str) -> int:
    """Where axe judges a page: half of them wide, half narrow, always the same. Overflow is looked for at both widths.

    The forms of acts are one template: on a phone.
    """
    if "/actes/" in adresse:
        return LARGEURS[-1]
    return LARGEURS[crc32(re.sub(r"\d+", "", adresse).encode()) % len(LARGEURS)]


@pytest.fixture
def defauts(monde: Monde, ouvrir: Ouvrir, violations: Any, live_server: Any) -> Callable[[str, str], list[Any]]:
    """``defauts(role, adresse)`` → what is wrong on this page, at each width."""
    pages: dict[str, Page] = {}

    def chercher(role: str, adresse: str) -> list[Any]:
        if role not in pages:
            pages[role] = ouvrir(monde.agents.get(role), LARGEURS[0], reverse("regles"))
        page, trouves = pages[role], []
        page.goto(live_server.url + adresse)
        page.locator("[hx-trigger~=load], .htmx-request").first.wait_for(state="detached")  # panels are there
        page.locator("[data-graphique]:not([data-dessine])").first.wait_for(state="detached")  # and charts
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                trouves.append((largeur, "déborde"))
            if largeur == largeur_jugee(adresse):
                trouves += [(largeur, *v) for v in violations(page)]
        return trouves

    return chercher


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_accessibles(gens: list[Personne], defauts: Callable[[str, str], list[Any]], part: int) -> None:
    toutes = adresses(gens)
    assert pages_oubliees(toutes) == []
    vus = {adresse: defauts(*adresse) for adresse in toutes[part::PARTS]}
    assert {adresse: mal for adresse, mal in vus.items() if mal} == {}
