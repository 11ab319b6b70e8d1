"""Three hundred people convened in a morning: from the queue to one sorted file for the post room."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from cordee.metier.courriers.models import Courrier, LotImpression
from cordee.metier.organismes.models import Structure
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from tests import fabriques as f
from tests.navigateur.campagnes import entrantes, ouvrir_creneaux
from tests.navigateur.conftest import Equipe, Ouvrir
from tests.navigateur.ouvrier import Ouvrier
from tests.web.conftest import juger_aux_deux_largeurs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
PERSONNES = 300
PHOTOS = os.environ.get("CORDEE_PHOTOS", "")
Regarder = Callable[["Page", str], None]


@pytest.fixture
def regarder(violations: Callable[[Any], Any]) -> Regarder:
    """Nothing wrong on a telephone nor on a desk; pictures where they are asked for."""

    def voir(page: Page, nom: str) -> None:
        if PHOTOS:
            for largeur in (360, 1280):
                page.set_viewport_size({"width": largeur, "height": 900})
                page.screenshot(path=f"{PHOTOS}/{nom}-{largeur}.png", full_page=True)
        juger_aux_deux_largeurs(page, violations, nom)

    return voir


@pytest.fixture
def ouvrier() -> Iterator[Ouvrier]:
    thread = Ouvrier()
    yield thread
    thread.finir()


def choisir(page: Page) -> None:
    """From her day to the people of the queue."""
    page.get_by_role("link", name="Préparer une campagne : Convoquer").click()
    page.get_by_text(f"{PERSONNES} personnes à convoquer").wait_for()
    page.get_by_label("Nom de la campagne").fill("Entrants de février")
    page.get_by_role("button", name="Chercher des créneaux").click()


def trouver_de_la_place(page: Page, regarder: Regarder) -> None:
    """Room lacks: it is seen before anything is sent, and half-days are opened from there."""
    page.get_by_role("heading", name="Il manque des créneaux").wait_for()
    assert page.get_by_text("60 personnes sans créneau").is_visible()
    regarder(page, "2-quand")
    assert page.get_by_label("Demi-journées", exact=True).input_value() == "15"
    page.get_by_label("Personnes reçues en même temps").fill("8")
    page.get_by_label("Demi-journées", exact=True).fill("2")
    page.get_by_role("button", name="Ouvrir ces créneaux").click()
    page.get_by_text("2 demi-journées ouvertes").wait_for()
    assert page.get_by_role("heading", name="Il manque des créneaux").count() == 0
    page.get_by_role("link", name="Continuer : comment les prévenir").click()


def envoyer(page: Page, ouvrier: Ouvrier, regarder: Regarder) -> None:
    page.get_by_text("Courrier · 300 personnes").wait_for()
    page.get_by_role("link", name="Continuer : vérifier").click()
    page.get_by_text("Toutes les personnes choisies peuvent l'être.").wait_for()
    page.get_by_role("button", name=re.compile("Envoyer les 300 convocations")).click()
    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    ouvrier.start()
    page.get_by_text("Toutes ont pu être convoquées.").wait_for(timeout=60_000)
    regarder(page, "5-compte-rendu")


def imprimer(page: Page) -> bytes:
    """The letters in one file, in the order of the post."""
    page.get_by_role("link", name="Imprimer les lettres").click()
    page.get_by_role("button", name=re.compile("Préparer le lot : 300 lettres simples")).click()
    page.get_by_role("heading", name=re.compile("Lot n°")).wait_for()
    suite = Ouvrier()  # the former one stopped when nothing was left to do
    suite.start()
    fichier = page.get_by_role("link", name="Ouvrir le fichier à imprimer")
    fichier.wait_for(timeout=90_000)
    suite.finir()
    adresse = fichier.get_attribute("href")
    reponse = page.request.get(page.url.split("/courriers/")[0] + str(adresse))
    assert reponse.ok
    return reponse.body()


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = settings.CORDEE_HOME = tmp_path


def test_three_hundred_people_from_the_queue_to_one_sorted_file(
    equipe: Equipe, ouvrir: Ouvrir, ouvrier: Ouvrier, regarder: Regarder
) -> None:
    Structure.objects.filter(pk=equipe.secteur.pk).update(telephone="0199000001")
    gens = entrantes(PERSONNES, equipe.secteur, f.commune())
    ouvrir_creneaux(
        equipe.secteur, des=date(2026, 2, 24), jours=7, places=6, genre=GenreRendezVous.ORIENTATION
    )  # 240 places in five working days
    page = ouvrir(equipe.agente, 1280, reverse("accueil"))
    choisir(page)
    trouver_de_la_place(page, regarder)
    envoyer(page, ouvrier, regarder)
    assert set(RendezVous.objects.values_list("personne", flat=True)) == {p.pk for p in gens}
    assert RendezVous.objects.count() == Courrier.objects.count() == PERSONNES
    assert sum(Creneau.objects.values_list("prises", flat=True)) == PERSONNES
    pdf = imprimer(page)
    assert pdf.startswith(b"%PDF")
    lot = LotImpression.objects.get()
    codes = list(lot.lignes.order_by("rang").values_list("courrier__code_postal", flat=True))
    assert codes == sorted(codes)
    assert (lot.plis, len(set(codes))) == (PERSONNES, 5)
    pages = list(lot.lignes.order_by("rang").values_list("page_debut", flat=True))
    assert pages == sorted(pages)
