"""A file under the law of 2025, from the report to the lifting; and a breach closed by a legitimate reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.devoirs.enums import StatutManquement, StatutMesure
from cordee.metier.devoirs.models import Manquement, MesureDecidee
from cordee.metier.parcours.models import Etape
from cordee.metier.personnes.models import DroitFoyer
from cordee.metier.personnes.selectors import foyer_courant
from tests import fabriques as f
from tests.metier.devoirs.affaire import MOTIFS, Affaire, affaire
from tests.metier.equipe import equipe as monter
from tests.navigateur.conftest import Heure, Ouvrir
from tests.web.conftest import juger_aux_deux_largeurs

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur


@pytest.fixture
def dossier(live_server: Any, heure: Heure) -> Affaire:
    """A woman under contract, alone, whose right is paid; who accompanies, who instructs, who decides."""
    a = affaire(monter())
    foyer = foyer_courant(a.personne)
    assert foyer is not None
    f.droit(a.personne, foyer)
    DroitFoyer.objects.filter(foyer=foyer).update(montant=Decimal("651.69"))
    heure(a.le.isoformat())
    return a


def cocher(page: Page, etiquette: str) -> None:
    page.locator("#tiroir-contenu").get_by_label(etiquette, exact=False).first.check()


def signaler(a: Affaire, ouvrir: Ouvrir) -> Manquement:
    """The référente, on a telephone, from the page of the person."""
    page = ouvrir(a.equipe.lea, 360, f"/personnes/{a.personne.pk}/actes/signaler_manquement/")
    page.get_by_label("Engagements du contrat non tenus").check()
    page.get_by_label("Faits du").fill(a.le.date().isoformat())
    page.get_by_label("L'engagement du contrat").select_option(label="Venir aux rendez-vous, participer activement")
    page.get_by_label("Les faits").fill("Absente à deux ateliers, les 10 et 17 février.")
    page.get_by_label("Ce qui a été fait pour l'aider").fill("Trois appels, une autre date proposée.")
    page.get_by_role("button", name="Signaler").click()
    page.get_by_text("C'est signalé").wait_for()
    return Manquement.objects.get()


def test_du_signalement_a_la_levee(dossier: Affaire, ouvrir: Ouvrir, heure: Heure, violations: Any) -> None:
    a = dossier
    signaler(a, ouvrir)
    sophie = ouvrir(a.sophie, 1280, "/devoirs/")
    sophie.get_by_role("link", name="Ouvrir le dossier de").click()
    sophie.get_by_text("Il manque encore").wait_for()
    _examiner(sophie, "Examiner le motif légitime")
    _droits(sophie)
    sophie.get_by_role("link", name="Ouvrir la procédure").click()
    _envoyer(sophie, "Ouvrir la procédure")
    _lettre(sophie)
    sophie.get_by_role("link", name="Noter sa réponse").click()
    cocher(sophie, "Par écrit")
    sophie.locator("#tiroir-contenu").get_by_label("Ce que la personne répond").fill("Mon fils était malade.")
    _envoyer(sophie, "Noter la réponse")
    _projet(sophie)
    a.attendre(14)
    heure(a.le.isoformat())
    helene = ouvrir(a.helene, 1280, sophie.url.replace(sophie.url.split("/devoirs")[0], ""))
    helene.get_by_text("Il manque encore").first.wait_for()
    assert helene.get_by_role("link", name="Décider", exact=True).count() == 0
    sophie.reload()
    _examiner(sophie, "Examiner le motif légitime")
    helene.reload()
    _decider(helene)
    _notifier_puis_lever(sophie, a, heure)
    mesure = MesureDecidee.objects.get()
    assert (mesure.statut, mesure.taux, mesure.levee_le) == (StatutMesure.LEVEE, 50, a.le.date())
    juger_aux_deux_largeurs(sophie, violations, "dossier levé")


def test_un_motif_legitime_ferme_le_dossier(dossier: Affaire, ouvrir: Ouvrir) -> None:
    a = dossier
    manquement = a.signaler()
    page = ouvrir(a.sophie, 1280, f"/devoirs/manquements/{manquement.pk}/")
    page.get_by_role("link", name="Examiner le motif légitime").click()
    tiroir = page.locator("#tiroir-contenu")
    tiroir.get_by_label("Ce qui peut expliquer les faits").select_option("garde")
    tiroir.get_by_label("Ce que vous avez recherché").fill("Appelée ce matin : sa garde d'enfant a été annulée.")
    cocher(page, "Vous avez parlé avec la personne")
    cocher(page, "Un motif légitime est retenu")
    _envoyer(page, "Enregistrer l'examen")
    page.get_by_text("Ce signalement est clos : motif légitime").wait_for()
    assert page.get_by_role("link", name="Ouvrir la procédure").count() == 0
    manquement.refresh_from_db()
    assert manquement.statut == StatutManquement.MOTIF_LEGITIME
    page.goto(page.url.split("/devoirs")[0] + "/devoirs/")
    page.get_by_text("Rien à examiner").wait_for()
    assert Etape.objects.get(personne=a.personne, fermee_le__isnull=True).genre == "prochain_contact"


# Parts ---------------------------------------------------------------------------------------------------------------
def _envoyer(page: Page, bouton: str) -> None:
    with page.expect_navigation():
        page.locator("#tiroir-contenu").get_by_role("button", name=bouton, exact=True).click()


def _examiner(page: Page, lien: str) -> None:
    page.get_by_role("link", name=lien).first.click()
    page.locator("#tiroir-contenu").get_by_label("Ce qui peut expliquer les faits").select_option("aucun")
    page.locator("#tiroir-contenu").get_by_label("Ce que vous avez recherché").fill("Deux appels et une lettre.")
    cocher(page, "Aucun motif légitime à ce jour")
    _envoyer(page, "Enregistrer l'examen")


def _droits(page: Page) -> None:
    page.get_by_role("link", name="Vérifier les droits").click()
    choix = page.locator("#tiroir-contenu select")
    choix.first.wait_for()
    for rang in range(choix.count()):
        choix.nth(rang).select_option("non_concernee")
    _envoyer(page, "Enregistrer")


def _lettre(page: Page) -> None:
    page.get_by_role("link", name="Préparer la lettre").click()
    cocher(page, "Remise en main propre")
    _envoyer(page, "Préparer la lettre")
    page.get_by_text("Réponse possible").wait_for()
    page.locator("#etape-griefs summary").first.click()
    lettre = page.get_by_role("link", name="Lettre qui expose les faits")
    reponse = page.request.get(page.url.split("/devoirs")[0] + str(lettre.get_attribute("href")))
    assert reponse.body().startswith(b"%PDF")


def _projet(page: Page) -> None:
    page.get_by_role("link", name="Préparer la décision").click()
    tiroir = page.locator("#tiroir-contenu")
    cocher(page, "Suspension : de 30 %")
    assert tiroir.get_by_label("Part retirée").input_value() == ""  # nothing is suggested
    tiroir.get_by_label("Part retirée").fill("50")
    tiroir.get_by_label("Nombre de mois").fill("1")
    tiroir.get_by_label("À compter du mois du").fill(date(2026, 4, 1).isoformat())
    tiroir.get_by_label("Motifs").fill(MOTIFS)
    _envoyer(page, "Enregistrer le projet")
    page.get_by_text("325,84 €").first.wait_for()


def _decider(page: Page) -> None:
    page.get_by_text("Mon fils était malade.").wait_for()
    page.get_by_role("link", name="Décider", exact=True).click()
    cocher(page, "J'ai lu le dossier")
    _envoyer(page, "Décider")
    page.get_by_text("C'est décidé").wait_for()


def _notifier_puis_lever(page: Page, a: Affaire, heure: Heure) -> None:
    page.reload()
    page.get_by_role("link", name="Notifier", exact=True).click()
    cocher(page, "Remise en main propre")
    _envoyer(page, "Préparer la lettre")
    a.attendre(35)
    heure(a.le.isoformat())
    page.reload()
    page.get_by_role("link", name="Elle s'est mise en règle").click()
    _envoyer(page, "Enregistrer")
    page.get_by_role("link", name="Lever la suspension").click()
    cocher(page, "Conditions fixées avec le référent remplies")
    _envoyer(page, "Lever la suspension")
    page.get_by_text("La suspension est levée").wait_for()
