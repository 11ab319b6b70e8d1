"""An arrivals morning (R1, R2, R5): a queue, a walk-in nobody knows, a sick colleague, and the page one leaves with."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import AbsenceAgent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifVenue, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.services import reserver
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
LE = f.MAINTENANT
NEUF = LE.replace(hour=9, minute=0)
QUART = timedelta(minutes=15)


def creneau(equipe: Equipe, rang: int, **champs: Any) -> Creneau:
    """Half an hour of an interviewer of the platform, from nine."""
    debut = NEUF + 2 * rang * QUART
    base = {"structure": equipe.plateforme, "genre": GenreRendezVous.ORIENTATION, "modalite": "physique"}
    return Creneau.objects.create(**{**base, "debut": debut, "fin": debut + 2 * QUART, **champs})


def attendue(equipe: Equipe, nom: str, ou: Creneau) -> RendezVous:
    foyer = f.foyer()
    f.adresse(foyer=foyer)
    le = LE - timedelta(days=9)
    personne = f.soumise(equipe.secteur, foyer=foyer, nom=nom, nom_naissance=nom, prenom="Camille", le=le)
    f.contact(personne, f"06{personne.pk:08d}")
    return reserver(creneau=ou, personne=personne, canal=Canal.COURRIER, par=equipe.agente, le=LE - timedelta(days=5))


@pytest.fixture
def matinee(equipe: Equipe, heure: Heure) -> list[RendezVous]:
    """Five people of a quarter past eight: two are the encadrante's, who is sick; the agent's hours are free later."""
    malade = [creneau(equipe, rang, agent=equipe.encadrante) for rang in (2, 3)]
    siens = [creneau(equipe, rang, agent=equipe.agente) for rang in (0, 1, 2, 3, 4)]
    heure("2026-02-17T08:45")
    noms = ("Aubefictive", "Brunfictif", "Clairfictif", "Doréfictif")
    return [attendue(equipe, nom, ou) for nom, ou in zip(noms, (*siens[:2], *malade), strict=True)]


def chercher(page: Page, texte: str) -> None:
    page.get_by_label("Qui se présente ?").fill(texte)


def test_une_matinee_a_l_accueil(
    equipe: Equipe, matinee: list[RendezVous], ouvrir: Ouvrir, heure: Heure, violations: Any
) -> None:
    premiere, deuxieme, *du_malade = matinee
    page = ouvrir(equipe.agente, 1280, "/arrivees/")

    # A colleague is sick: her morning is shared out in one act, people keep their hour.
    page.get_by_role("button", name="Un collègue est absent").click()
    page.get_by_role("link", name=re.compile("Odile")).click()
    page.get_by_role("button", name="Replacer ces rendez-vous").first.click()
    page.get_by_role("button", name="Replacer et prévenir").click()
    page.wait_for_load_state("networkidle")
    assert AbsenceAgent.objects.filter(agent=equipe.encadrante).exists()
    for rdv in du_malade:
        rdv.refresh_from_db()
        assert (rdv.agent, rdv.debut.minute % 30, rdv.statut) == (equipe.agente, 0, StatutRendezVous.PREVU)

    # The first one arrives: two letters and Enter. The text is gone, the next one is told.
    page.goto(page.url.split("/agenda")[0] + "/arrivees/")
    heure("2026-02-17T08:55")
    chercher(page, "aub")
    page.keyboard.press("Enter")
    page.get_by_text("Arrivée de Camille A. notée à 08:55.").wait_for()
    assert page.get_by_label("Qui se présente ?").input_value() == ""
    page.get_by_text("Au tour de").wait_for()

    # What is being typed survives the refresh of the list.
    page.get_by_label("Qui se présente ?").fill("bru")
    page.evaluate("htmx.trigger('#arrivees-liste', 'every')")
    assert page.get_by_label("Qui se présente ?").input_value() == "bru"

    # The second one is late, and said so: two taps, undone in one.
    page.get_by_role("button", name="Retard, excuse de Camille BRUNFICTIF").click()
    page.get_by_role("button", name="20 min").click()
    page.get_by_text("20 minutes de retard").first.wait_for()
    page.get_by_role("button", name="Annuler ce geste").click()
    page.get_by_text("Le dernier geste sur Camille B. est annulé.").wait_for()

    for largeur in (360, 1280):
        page.set_viewport_size({"width": largeur, "height": 900})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # Somebody no file knows: a provisional file, and she waits her turn.
    chercher(page, "Neuvefictive Jeanne")
    page.get_by_role("button", name="Ouvrir une fiche pour « Neuvefictive Jeanne »").click()
    assert page.get_by_label("Nom d'usage").input_value() == "Neuvefictive"
    page.get_by_role("button", name="Ouvrir la fiche").click()
    page.get_by_text("sans RDV").wait_for()
    venue = RendezVous.objects.get(venue=MotifVenue.NOUVELLE)
    assert venue.statut == StatutRendezVous.SANS_RENDEZ_VOUS

    # Her turn: the first one is received, and leaves with her page.
    heure("2026-02-17T09:05")
    page.get_by_role("button", name=re.compile("Recevoir Camille AUBEFICTIVE")).first.click()
    page.get_by_text("L'entretien de Camille A. commence").wait_for()
    assert Situation.objects.get(personne=premiere.personne).etat == Etat.RENCONTREE
    with page.expect_popup() as feuille:
        page.get_by_role("button", name="Feuille de route de Camille AUBEFICTIVE").click()
    feuille.value.wait_for_load_state()
    assert "/courriers/" in feuille.value.url
    feuille.value.close()

    # The second one never came.
    heure("2026-02-17T10:10")
    page.reload()
    page.get_by_role("button", name="Absence de Camille BRUNFICTIF").click()
    page.get_by_text("sans sanction").wait_for()
    assert Situation.objects.get(personne=deuxieme.personne).etat == Etat.INJOIGNABLE
