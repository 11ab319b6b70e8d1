"""The data desk loads a monthly file: looked at first, loaded by the real worker, reported, and never loaded twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cordee.demo.fichiers import generer_mensuel
from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import FichierRecu
from cordee.metier.organismes.models import RegleSecteur
from cordee.metier.parcours.models import Situation
from cordee.territoires.models import Commune
from cordee.territoires.services import charger_departement
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir
from tests.navigateur.ouvrier import Ouvrier

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]
FOYERS = 30


@pytest.fixture(scope="module")
def mensuel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small monthly file, valid."""
    sortie = tmp_path_factory.mktemp("flux") / "VRSB0801-2026-02.xml"
    generer_mensuel("2026-02", foyers=FOYERS, graine=7, sortie=sortie)
    return sortie


@pytest.fixture
def ouvrier(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ouvrier]:
    """A worker, not started. Once the households are read the loading waits: time to look at the bar."""
    fil, dire = Ouvrier(), Avancement.dire

    def dire_puis_attendre(self: Avancement, etape: str, lus: int | None = None) -> None:
        if lus and not fil.poursuivre.is_set():
            dire(self, "Lecture du fichier", lus)  # said now and then while a large file is read
            assert fil.poursuivre.wait(60)
        dire(self, etape, lus)

    monkeypatch.setattr(Avancement, "dire", dire_puis_attendre)
    yield fil
    fil.finir()


@pytest.fixture
def sans_restes() -> Iterator[None]:
    """Copies are kept in the media folder until they are loaded."""
    yield
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


def deposer(page: Page, fichier: Path) -> None:
    menu = page.get_by_role("navigation", name="Navigation principale")
    menu.get_by_role("link", name="Fichiers reçus").click()
    page.get_by_role("link", name="Déposer des fichiers").first.click()
    page.get_by_label("Fichiers", exact=True).set_input_files(fichier)
    page.get_by_role("button", name="Déposer et vérifier").click()


@pytest.mark.usefixtures("sans_restes")
def test_charger_puis_deposer_de_nouveau(
    *, equipe: Equipe, ouvrir: Ouvrir, heure: Heure, mensuel: Path, ouvrier: Ouvrier, largeur: int
) -> None:
    f.systeme()
    charger_departement()
    for commune in Commune.objects.exclude(pk__in=RegleSecteur.objects.values("commune")):
        f.regle_secteur(equipe.voisine, commune)
    page = ouvrir(equipe.donnees, largeur)
    deposer(page, mensuel)
    page.get_by_role("heading", name="Ce que contient le fichier").wait_for()
    lu = page.inner_text("main")
    nombre = re.search(r"(\d+) foyers \((\d+) annoncés\)", lu)
    assert nombre is not None
    assert nombre[1] == nombre[2]
    assert "C'est le premier fichier mensuel de cet organisme" in lu
    assert "six semaines à compter du 5 février 2026 (CASF D262-65-2)" in lu
    assert not Situation.objects.exists()  # looked at, not loaded

    page.get_by_role("button", name="Charger ce fichier").click()
    page.get_by_text("En attente de démarrage").wait_for()
    ouvrier.start()
    page.get_by_text(f"{nombre[1]} foyers sur {nombre[1]}").wait_for()
    assert page.get_by_role("progressbar").get_attribute("value") == nombre[1]
    assert not Situation.objects.exists()  # all or nothing
    ouvrier.finir()

    page.get_by_role("heading", name="Qui a bougé, et pourquoi").wait_for()  # the page moves by itself
    entrees = Situation.objects.filter(soumis=True).count()
    assert entrees > FOYERS // 2
    resume = f"En janvier 2026, {entrees} personnes sont entrées dans les droits et devoirs, aucune n'en est sortie."
    page.get_by_text(resume).wait_for()
    (entree,) = [m for m in FichierRecu.objects.get().rapport["mouvements"] if m["motif"] == "nouvelle_demande"]
    page.get_by_role("link", name=entree["libelle"]).first.click()  # each figure opens the people behind it
    page.get_by_text(f"1 à {min(entree['nombre'], 50)} sur {entree['nombre']} personnes").first.wait_for()

    heure("2026-02-18T10:00")
    deposer(page, mensuel)
    page.get_by_text("Fichier déjà reçu").wait_for()
    page.get_by_role("heading", name="Qui a bougé, et pourquoi").wait_for()
    assert FichierRecu.objects.count() == 1
    assert Situation.objects.filter(soumis=True).count() == entrees
