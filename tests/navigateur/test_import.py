"""The data desk loads a monthly file: looked at first, loaded by the real worker, reported, and never loaded twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from procrastinate.contrib.django import app

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

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [360, 1280])]
FOYERS = 30


@pytest.fixture(scope="module")
def mensuel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small monthly file, valid."""
    sortie = tmp_path_factory.mktemp("flux") / "VRSB0801-2026-02.xml"
    generer_mensuel("2026-02", foyers=FOYERS, graine=7, sortie=sortie)
    return sortie


class Ouvrier(Thread):
    """The real worker, in a thread with connections of its own: it does what is queued, then stops.

    Once the households are read the loading waits for ``poursuivre``: time to look at the bar.
    """

    def __init__(self) -> None:
        super().__init__()
        self.poursuivre = Event()

    def run(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(self._travailler())

    async def _travailler(self) -> None:
        boucle = asyncio.get_running_loop()
        boucle.set_default_executor(ThreadPoolExecutor(max_workers=1))  # where jobs run: its connections are closed
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
        await boucle.run_in_executor(None, connections.close_all)

    def finir(self) -> None:
        """Let it go to its end, and wait for it."""
        self.poursuivre.set()
        if self.ident is not None:
            self.join()


@pytest.fixture
def ouvrier(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ouvrier]:
    """A worker, not started."""
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
    page.get_by_role("link", name="Déposer un fichier").first.click()
    page.get_by_label("Fichier", exact=True).set_input_files(fichier)
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
    nombre = re.search(r"(\d+) \((\d+) annoncés\)", lu)
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

    page.get_by_role("heading", name="Ce qui a changé").wait_for()  # the page moves by itself
    entrees = Situation.objects.filter(soumis=True).count()
    assert entrees > FOYERS // 2
    page.get_by_text(f"{entrees} personnes entrent dans les droits et devoirs, aucune n'en sort.").wait_for()
    page.get_by_role("link", name="nouvelles entrées").click()  # each figure opens the list behind it
    page.get_by_text(f"{entrees} personnes").first.wait_for()

    heure("2026-02-18T10:00")
    deposer(page, mensuel)
    page.get_by_text("Fichier déjà reçu").wait_for()
    page.get_by_role("heading", name="Ce qui a changé").wait_for()
    assert FichierRecu.objects.count() == 1
    assert Situation.objects.filter(soumis=True).count() == entrees
