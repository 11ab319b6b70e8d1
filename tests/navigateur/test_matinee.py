"""A morning at the data desk: four files expected, one of them late, one of them wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cordee.demo.contacts import generer_contacts
from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import generer_mensuel, population_pour
from cordee.demo.quotidiens import ecrire_quotidien, jours_de_fichier
from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import FichierRecu, RelanceFichier, StatutFichier
from cordee.echanges.guichet import services as guichet
from cordee.metier.organismes.models import RegleSecteur
from cordee.metier.personnes.models import Contact
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Commune
from cordee.territoires.services import charger_departement
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir
from tests.navigateur.ouvrier import Ouvrier

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]
FOYERS, GRAINE = 120, 7
PHOTOS = os.environ.get("CORDEE_PHOTOS", "")
"""A folder for pictures of each page, to look at them."""


@pytest.fixture(scope="module")
def courrier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of January (already loaded that morning) and those of February."""
    dossier = tmp_path_factory.mktemp("courrier")
    fichiers = {
        nom: dossier / f"{nom}.xml" for nom in ("caf-01", "msa-01", "caf-02", "msa-02", "quotidien", "ailleurs")
    }
    for organisme in ("CAF", "MSA"):
        for mois in ("01", "02"):
            sortie = fichiers[f"{organisme.lower()}-{mois}"]
            generer_mensuel(f"2026-{mois}", foyers=FOYERS, graine=GRAINE, sortie=sortie, organisme=organisme)
    avant = population_pour("2026-02", foyers=FOYERS, graine=GRAINE)
    apres = mois_suivant(avant)
    next(j for j in jours_de_fichier(avant, apres) if ecrire_quotidien(avant, apres, j, fichiers["quotidien"]))
    fichiers["contacts"] = dossier / "contacts.csv"
    generer_contacts("2026-02", foyers=FOYERS, graine=GRAINE, sortie=fichiers["contacts"])
    fichiers["ailleurs"].write_bytes(fichiers["caf-02"].read_bytes().replace(b"<IDEPARTE>094<", b"<IDEPARTE>052<"))
    return fichiers


@pytest.fixture
def sans_restes() -> Iterator[None]:
    """Copies are kept in the media folder until they are loaded."""
    yield
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


@pytest.fixture
def regarder(violations: Callable[[Any], Any], largeur: int) -> Callable[[Page, str], None]:
    """Nothing wrong for those who see, hear or enlarge; a picture where one is asked for."""

    def voir(page: Page, nom: str) -> None:
        if PHOTOS:
            page.screenshot(path=f"{PHOTOS}/{nom}-{largeur}.png", full_page=True)
        assert violations(page) == [], nom
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), nom

    return voir


def installer(equipe: Equipe, courrier: dict[str, Path]) -> None:
    """The département as it stood at the end of January."""
    par = f.systeme()
    charger_departement()
    for commune in Commune.objects.exclude(pk__in=RegleSecteur.objects.values("commune")):
        f.regle_secteur(equipe.voisine, commune)
    le = datetime(2026, 1, 7, 9, tzinfo=PARIS)
    for nom in ("caf-01", "msa-01"):
        fichier = guichet.recevoir(chemin=courrier[nom], nom=f"{nom}.xml", recu_le=None, par=par, le=le)
        guichet.charger(fichier=fichier, par=par, le=le)


Regarder = Callable[["Page", str], None]
RETARD = re.compile(r"Fichier mensuel de janvier \(MSA.*\) attendu le 06/02, non reçu : 3 jours de retard")


def deposer(page: Page, *fichiers: Path) -> None:
    page.get_by_role("link", name="Déposer des fichiers").first.click()
    page.get_by_label("Fichiers", exact=True).set_input_files(fichiers)
    page.get_by_role("button", name="Déposer et vérifier").click()


def ouvrir_menu(page: Page) -> None:
    menu = page.get_by_role("navigation", name="Navigation principale")
    menu.get_by_role("link", name="Fichiers reçus").click()


def relancer_le_fichier_en_retard(page: Page, regarder: Regarder) -> None:
    """One file is late: the home says it, the calendar too, and who asked for it."""
    page.get_by_text(RETARD).first.wait_for()
    regarder(page, "1-accueil")
    page.get_by_role("link", name="Voir le calendrier et relancer").click()
    page.get_by_role("heading", name="Mois par mois").wait_for()
    page.get_by_text("En retard de 3 j").first.wait_for()
    regarder(page, "2-calendrier")
    page.get_by_role("button", name=re.compile(r"Relance faite.*MSA")).click()
    page.get_by_text("Relance faite le 09/02/2026 à 09:00").wait_for()
    assert RelanceFichier.objects.count() == 1


def deposer_tout(page: Page, courrier: dict[str, Path], regarder: Regarder) -> None:
    """The others are deposited in one go, the wrong one among them."""
    ouvrir_menu(page)
    page.get_by_role("heading", name="Tous les fichiers").wait_for()
    regarder(page, "3-fichiers")
    deposer(page, *(courrier[nom] for nom in ("caf-02", "quotidien", "contacts", "ailleurs")))
    page.get_by_role("heading", name="Ce que vous avez déposé").wait_for()
    vu = page.inner_text("main")
    assert "Fichier mensuel de la CAF de Créteil, janvier 2026" in vu
    assert "Fichier quotidien de la CAF de Créteil" in vu
    assert "Fichier des contacts" in vu
    assert "Ce fichier est marqué pour le département 52, pas le nôtre." in vu
    regarder(page, "4-depot")
    assert not Contact.objects.filter(source="contacts").exists()  # looked at, not loaded


def charger_les_prets(page: Page, regarder: Regarder) -> None:
    """What is ready is loaded while everybody works; the wrong one is set aside."""
    page.get_by_role("button", name="Charger les 3 fichiers prêts").click()
    page.get_by_role("link", name=re.compile("Suivre le chargement : Fichier quotidien")).click()
    page.get_by_text("2 fichiers passent avant celui-ci").or_(
        page.get_by_text("1 fichier passe avant celui-ci")
    ).wait_for()
    regarder(page, "5-attente")
    page.reload()
    page.get_by_text("En attente", exact=True).wait_for()
    ouvrier = Ouvrier()
    ouvrier.start()
    ouvrier.finir()
    page.get_by_text("Le fichier", exact=True).wait_for()  # the page moves to the report by itself
    regarder(page, "6-rapport-quotidien")
    assert FichierRecu.objects.filter(statut=StatutFichier.CHARGE).count() == 5
    ouvrir_menu(page)
    faux = FichierRecu.objects.get(nom="ailleurs.xml")
    page.goto(page.url.replace("/fichiers/", f"/fichiers/{faux.pk}/"))
    regarder(page, "7-mauvais-fichier")
    page.get_by_role("button", name="Ne pas le charger").click()
    page.get_by_role("button", name="Mettre de côté").click()
    page.get_by_text("Ce fichier a été mis de côté").wait_for()
    regarder(page, "8-mis-de-cote")


def lire_le_rapport(page: Page, regarder: Regarder) -> None:
    """The report of the month, and the people behind a figure."""
    mensuel = FichierRecu.objects.get(nom="caf-02.xml")
    ouvrir_menu(page)
    page.get_by_role("link", name="Fichier mensuel de la CAF de Créteil, janvier 2026").last.click()
    page.get_by_role("heading", name="Qui a bougé, et pourquoi").wait_for()
    assert "En janvier 2026, " in page.inner_text("main")
    regarder(page, "9-rapport")
    mouvement = next(m for m in mensuel.rapport["mouvements"] if m["sens"] in {"entree", "sortie"})
    page.get_by_role("link", name=mouvement["libelle"]).first.click()
    page.get_by_text(re.compile(f"sur {mouvement['nombre']} personne")).first.wait_for()
    regarder(page, "10-personnes")
    page.locator("table tbody th a").first.click()
    page.get_by_text("CAF de Créteil : droits au 31/01/2026").wait_for()
    page.get_by_role("link", name="Sources").click()
    page.get_by_text("D'où viennent ces informations").wait_for()
    page.get_by_role("link", name="Fichier mensuel de la CAF de Créteil, janvier 2026").first.wait_for()
    regarder(page, "11-sources")


def recevoir_le_retardataire(page: Page, courrier: dict[str, Path], regarder: Regarder) -> None:
    """The late one comes at last."""
    ouvrir_menu(page)
    deposer(page, courrier["msa-02"])
    page.get_by_role("heading", name="Ce que contient le fichier").wait_for()
    page.get_by_text("S'il n'est pas arrivé le 05/02, corrigez sa date de réception").wait_for()
    regarder(page, "12-controle")
    page.get_by_role("link", name="Corriger la date de réception").click()
    page.get_by_label("Reçu le").fill("2026-02-09")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("six semaines à compter du 9 février 2026").wait_for()
    page.get_by_role("button", name="Charger ce fichier").click()
    page.get_by_text("En attente de démarrage").wait_for()
    encore = Ouvrier()
    encore.start()
    encore.finir()
    page.get_by_role("heading", name="À côté du fichier précédent").wait_for()
    ouvrir_menu(page)
    page.get_by_role("heading", name="Tous les fichiers").wait_for()
    assert page.get_by_text(RETARD).count() == 0
    contacts = FichierRecu.objects.get(nom="contacts.csv")
    page.goto(page.url.replace("/fichiers/", f"/fichiers/{contacts.pk}/"))
    page.get_by_text(re.compile("lignes lues")).first.wait_for()
    regarder(page, "13-rapport-contacts")


@pytest.mark.usefixtures("sans_restes")
def test_une_matinee_a_quatre_fichiers(
    *, equipe: Equipe, ouvrir: Ouvrir, heure: Heure, courrier: dict[str, Path], largeur: int, regarder: Regarder
) -> None:
    installer(equipe, courrier)
    heure("2026-02-09T09:00")
    page = ouvrir(equipe.donnees, largeur)

    relancer_le_fichier_en_retard(page, regarder)
    deposer_tout(page, courrier, regarder)
    charger_les_prets(page, regarder)
    lire_le_rapport(page, regarder)
    recevoir_le_retardataire(page, courrier, regarder)
