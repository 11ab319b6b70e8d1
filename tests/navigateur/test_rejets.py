"""A household set aside is corrected field by field, played again, and its person is to be convened."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.urls import reverse
from procrastinate.contrib.django import app

from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import foyer
from tests.echanges.caf.scenes import JANVIER, autre_personne, entete
from tests.navigateur.conftest import Equipe, Ouvrir
from tests.navigateur.monde import mis_de_cote

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]


def travailler() -> None:
    """The real worker does what is queued."""

    async def faire() -> None:
        boucle = asyncio.get_running_loop()
        boucle.set_default_executor(ThreadPoolExecutor(max_workers=1))
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
        await boucle.run_in_executor(None, connections.close_all)

    def mener() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(faire())

    fil = Thread(target=mener)
    fil.start()
    fil.join()


@pytest.fixture
def mensuel(tmp_path: Path) -> Path:
    """Four households: one whose demandeuse is born on a day that does not exist, one whose XML is broken."""
    fin = "<TransmissionFlux><NBTOTDOSRSATRANSM>4</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>"
    foyers = [
        foyer("00000010094", ("<DTNAI>1988-06-21<", "<DTNAI>1988-02-31<")),
        *(foyer(f"000000{n}0094", *autre_personne(n)) for n in (2, 3)),
        foyer("00000090094", *autre_personne(4), ("<NOM>TIREVENT<", "<NOM>R & D<")),
    ]
    sortie = tmp_path / "VRSB0801.xml"
    texte = f'<?xml version="1.0" encoding="UTF-8"?>\n<Racine>{entete(JANVIER)}\n' + "\n".join(foyers) + fin
    sortie.write_text(texte)
    return sortie


@dataclass
class Ecran:
    """The page under the eyes of the test: photographed when asked, judged each time."""

    page: Page
    largeur: int
    violations: Any

    def correct(self, nom: str) -> None:
        if dossier := os.environ.get("CORDEE_CAPTURES"):
            self.page.screenshot(path=f"{dossier}/{nom}-{self.largeur}.png", full_page=True)
        assert self.violations(self.page) == [], nom
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), nom

    def aller(self, nom: str) -> None:
        self.page.goto(self.page.url.split("/fichiers/")[0] + reverse(nom))


@pytest.fixture
def ecran(*, equipe: Equipe, ouvrir: Ouvrir, mensuel: Path, violations: Any, largeur: int) -> Iterator[Ecran]:
    """The report of the file, just loaded by the real worker."""
    f.systeme()
    page = ouvrir(equipe.donnees, largeur, reverse("import_deposer"))
    page.locator("[name=fichier]").set_input_files(str(mensuel))
    page.get_by_role("button", name="Déposer et vérifier").click()
    page.get_by_role("button", name="Charger ce fichier").click()
    page.get_by_text("En attente de démarrage").wait_for()
    travailler()
    page.get_by_role("heading", name="Foyers mis de côté").wait_for()
    yield Ecran(page, largeur, violations)
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


def test_un_foyer_corrige_puis_rejoue(*, equipe: Equipe, ouvrir: Ouvrir, ecran: Ecran, largeur: int) -> None:
    page = ecran.page
    ecran.correct("rapport")
    assert not Personne.objects.filter(prenom="NORA").exists()
    ecran.aller("imports")
    page.get_by_role("link", name="Mis de côté").click()
    page.get_by_text("2 éléments n'ont pas pu être lus").wait_for()
    assert "TIREVENT" not in page.content()
    ecran.correct("file")

    page.get_by_role("link", name="Foyer, ligne").first.click()
    page.get_by_role("group", name="Personne 1").wait_for()
    date_fausse = page.get_by_label("Date de naissance")
    assert date_fausse.get_attribute("aria-invalid") == "true"
    assert date_fausse.input_value() == "1988-02-31"
    assert "2880699023456" not in page.content()
    ecran.correct("element")

    date_fausse.fill("21/06/2030")
    page.get_by_label("Nom d'usage").fill("Tirevent-Corrigée")
    page.get_by_role("button", name="Corriger et rejouer").click()
    page.get_by_text("Toujours illisible : rien n'a changé").wait_for()
    assert page.get_by_label("Nom d'usage").input_value() == "Tirevent-Corrigée"
    ecran.correct("element-refuse")
    page.get_by_text("Texte complet (XML)").click()
    ecran.correct("element-texte")

    page.get_by_label("Date de naissance").fill("21/06/1988")
    page.get_by_role("button", name="Corriger et rejouer").click()
    page.get_by_role("heading", name="Personnes concernées").wait_for()
    nora = Personne.objects.get(prenom="NORA")
    assert (nora.nom, str(nora.date_naissance)) == ("Tirevent-Corrigée", "1988-06-21")
    ecran.correct("rejoue")

    agente = ouvrir(equipe.agente, largeur, reverse("personnes") + "?etape=convoquer")
    agente.get_by_role("link", name="Nora").first.click()
    agente.get_by_role("link", name="Convoquer").first.wait_for()


def test_un_foyer_abime_ecarte_repris_puis_rejoue(ecran: Ecran, largeur: int) -> None:
    page = ecran.page
    ecran.aller("rejets")
    page.get_by_role("link", name="Foyer, ligne").last.click()
    page.get_by_text("Texte réparé, à relire").wait_for()
    ecran.correct("element-repare")
    page.get_by_role("link", name="Écarter").click()
    page.get_by_label("L'émetteur le renverra corrigé").check()
    ecran.correct("ecarter")
    page.get_by_role("button", name="Écarter").click()
    page.get_by_role("button", name="Le reprendre").wait_for()
    ecran.correct("ecarte")
    page.get_by_role("button", name="Le reprendre").click()
    page.get_by_role("button", name="Rejouer tel quel").wait_for()

    ecran.aller("rejets")
    page.get_by_role("checkbox").last.check()
    page.get_by_role("button", name="Rejouer la sélection").click()
    page.get_by_role("dialog").get_by_role("button", name="Rejouer", exact=True).click()
    page.get_by_text("En attente de démarrage").wait_for()
    ecran.correct("rejeu-en-cours")
    travailler()
    page.get_by_role("heading", name="À corriger").wait_for()
    ecran.correct("rejeu")
    page.get_by_role("link", name="Foyer, ligne").click()
    page.get_by_role("button", name="Corriger et rejouer").click()  # as the repair proposes it
    page.get_by_role("heading", name="Personnes concernées").wait_for()
    assert Personne.objects.filter(nom="R & D").count() == 1
    assert ElementRejete.objects.filter(statut="en_attente").count() == 1


def test_chaque_etat_se_lit(*, equipe: Equipe, ouvrir: Ouvrir, violations: Any, largeur: int) -> None:
    f.systeme()
    elements = mis_de_cote(equipe.donnees)
    page = ouvrir(equipe.donnees, largeur, reverse("rejets") + "?statut=tous")
    ecran = Ecran(page, largeur, violations)
    ecran.correct("file-tous")
    site = page.url.split("/fichiers/")[0]
    for rejete in elements:
        page.goto(site + reverse("rejet", args=[rejete.pk]))
        ecran.correct(f"etat-{rejete.rang}")
    page.goto(site + reverse("rejets") + "?age=7&motif=xml_incorrect")
    ecran.correct("file-filtree")
