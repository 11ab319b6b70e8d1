"""Charts in a real browser: drawn under the strict policy, said in words, nothing for axe, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.web.conftest import juger_aux_deux_largeurs
from tests.web.pilotage.conftest import Departement

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Visiter = Callable[..., tuple["Page", list[str]]]
DESSINS = "[data-graphique]"


@pytest.fixture
def ouvrir(live_server: Any, departement: Departement, visiter: Visiter) -> Callable[[str, str], Page]:
    """``ouvrir(role, address)`` → the page once its charts are drawn, without a complaint of the console."""

    def aller(role: str, adresse: str) -> Page:
        page, plaintes = visiter(live_server.url + adresse, 1280, departement.agents[role])
        page.locator(f"{DESSINS}:not([data-dessine])").first.wait_for(state="detached")
        assert plaintes == []
        return page

    return aller


def test_pages_of_figures_in_a_browser(ouvrir: Callable[[str, str], Page], violations: Any) -> None:
    taux = reverse("pilotage_indicateur", args=["taux_contrat"])
    for role, adresse, dessins in (
        ("pilo", reverse("pilotage"), 3),
        ("elu", reverse("pilotage") + "?territoire=94028", 2),
        ("chef", reverse("pilotage"), 3),
        ("pilo", taux + "?periode=0&tri=mois", 2),
        ("elu", reverse("pilotage_indicateur", args=["contrats_en_cours"]) + "?niveau=ept", 1),
        ("enca", reverse("pilotage_personnes", args=["contrats_en_cours"]), 0),
        ("elu", reverse("pilotage_methode"), 0),
    ):
        page = ouvrir(role, adresse)
        assert page.locator(f"{DESSINS} svg[aria-hidden=true]").count() >= dessins, (role, adresse)
        for cadre in page.locator(DESSINS).all():
            assert cadre.get_attribute("role") == "img"
            assert len(cadre.get_attribute("aria-label") or "") > 30
        juger_aux_deux_largeurs(page, violations, adresse)


def test_the_first_page_holds_on_one_sheet(ouvrir: Callable[[str, str], Page], tmp_path: Any) -> None:
    """For an assembly: A4, without the menu nor the forms."""
    from pypdf import PdfReader

    page = ouvrir("elu", reverse("pilotage"))
    feuille = tmp_path / "feuille.pdf"
    page.pdf(path=feuille, prefer_css_page_size=True, print_background=True)
    pages = PdfReader(feuille).pages
    assert len(pages) == 1
    texte = pages[0].extract_text()
    assert "Combien attendent, et où ?" in texte
    assert "Afficher" not in texte


def test_without_the_drawing_the_words_stay(live_server: Any, departement: Departement, visiter: Visiter) -> None:
    """The description cannot be fetched: a sentence says where the same figures are."""
    page, _ = visiter(live_server.url + reverse("pilotage_methode"), 1280, departement.agents["pilo"])
    page.route("**/graphique.json*", lambda route: route.abort())
    page.goto(live_server.url + reverse("pilotage_indicateur", args=["personnes_sdd"]))
    page.get_by_text("Les mêmes chiffres sont dans le tableau").first.wait_for()
    page.get_by_text("Les mêmes chiffres en tableau").click()
    assert page.get_by_role("cell", name="71").first.is_visible()


def test_a_director_goes_from_her_home_to_the_people_behind_a_figure(
    ouvrir: Callable[[str, str], Page], violations: Any
) -> None:
    """Home, the board, one answer, its figure by territory, the list: the filters stay in the address all along."""
    page = ouvrir("enca", reverse("accueil"))
    page.get_by_role("button", name="Plus").click()
    page.get_by_role("link", name="Pilotage").click()
    page.get_by_role("navigation", name="L'essentiel").get_by_role("link", name="attendent une orientation").click()
    assert page.url.endswith("#question-attente")
    page.get_by_label("Territoire", exact=True).select_option("94028")
    page.get_by_role("button", name="Afficher").click()
    page.get_by_role("link", name="Personnes qui attendent une orientation", exact=True).click()
    page.get_by_role("heading", level=1, name="Personnes qui attendent une orientation").wait_for()
    page.get_by_role("link", name="Voir les personnes").click()
    page.get_by_text("Cette lecture est enregistrée").wait_for()
    assert "territoire=94028" in page.url
    assert page.locator(".liste-personnes tbody tr").count() == 12
    assert violations(page) == []
