"""An interview held on a tablet with holes in the network, until the decision is handed over."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cordee.metier.orientation.models import DetailDiagnostic, Diagnostic
from cordee.metier.orientation.services.rome import charger_rome_de_depart
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur


@pytest.fixture
def samia(equipe: Equipe) -> Personne:
    """A woman received today, with a child, known by the file of the caisse."""
    foyer = f.foyer(situation_familiale="CEL", reference_le=date(2026, 1, 31))
    samia = f.personne(foyer=foyer, nom="Benfictif", prenom="Samia", date_naissance=date(1988, 3, 12))
    f.adresse(foyer=foyer)
    f.droit(samia, foyer)
    f.rattachement(samia, equipe.secteur, debut=date(2026, 2, 2))
    f.entree_sdd(samia, equipe.secteur, recu_le=date(2026, 2, 2))
    charger_rome_de_depart(le=f.MAINTENANT)
    return samia


def test_une_entrevue_coupee_jusqu_a_la_decision_remise(
    equipe: Equipe, samia: Personne, ouvrir: Ouvrir, heure: Heure
) -> None:
    heure("2026-02-25T09:20")
    page = ouvrir(equipe.agente, 820, f"/personnes/{samia.pk}/actes/orienter/")
    etat = page.locator("#etat-entretien")
    _parler(page)
    etat.get_by_text("Brouillon enregistré à 09:20").wait_for()
    _perdre_le_reseau(page)
    page.reload()  # the tablet was put away and taken back: everything is there
    page.get_by_text("Reprise du brouillon").wait_for()
    assert page.get_by_label("Notes de l'entretien").input_value() == "Une piste chez un voisin."
    assert page.get_by_role("group", name=re.compile("^Santé")).get_by_label("Ne souhaite pas en parler").is_checked()
    _chercher_un_metier(page)
    _decider_et_remettre(page)
    diagnostic = Diagnostic.objects.get()
    assert (diagnostic.brouillon, diagnostic.diplome, diagnostic.niveau) == (False, "nv5", "qualifiant")
    assert diagnostic.themes["sante"] == "refus"
    assert diagnostic.projets.get().rome == "G1609"
    detail = DetailDiagnostic.objects.get()
    assert (detail.notes, detail.situations) == ("Une piste chez un voisin.", ["mobilite.sans_moyen"])


def _parler(page: Page) -> None:
    """One tap an answer; what she does not wish to say is an answer."""
    page.get_by_role("group", name="Où en est-elle avec le travail ?").get_by_label("deux dernières années").check()
    page.get_by_role("group", name="Sa formation").get_by_label("CAP").check()
    page.get_by_role("group", name="Santé").get_by_label("Ne souhaite pas en parler").check()
    mobilite = page.get_by_role("group", name="Mobilité", exact=True)
    assert not mobilite.get_by_label("Aucun moyen de se déplacer").is_visible()
    mobilite.get_by_label("Impact fort").check()
    mobilite.get_by_label("Aucun moyen de se déplacer").check()
    page.locator("#decision").get_by_text("à traiter en même temps que l'emploi : mobilité").wait_for()


def _perdre_le_reseau(page: Page) -> None:
    """What is typed without a network is kept, said so, and leaves by itself when it comes back."""
    etat = page.locator("#etat-entretien")
    page.context.set_offline(True)
    page.get_by_label("Notes de l'entretien").fill("Une piste chez un voisin.")
    etat.get_by_text("Connexion coupée").wait_for()
    page.get_by_role("button", name="Enregistrer l'entretien sans décider").click()  # nothing is sent into the void
    assert DetailDiagnostic.objects.get().notes == ""
    page.context.set_offline(False)
    etat.get_by_text("Brouillon enregistré").wait_for()
    assert DetailDiagnostic.objects.get().notes == "Une piste chez un voisin."


def _chercher_un_metier(page: Page) -> None:
    page.get_by_label("Métier recherché", exact=True).fill("cuisinière")
    page.get_by_label("Métier recherché", exact=True).press("Enter")  # decides nothing
    page.get_by_label("Cuisinier / Cuisinière G1609").check()
    competence = page.locator("#competences").get_by_role("checkbox").first
    competence.check()
    page.get_by_label("Salaire horaire brut minimum (€)").first.fill("9,50")
    page.locator("#etat-entretien").get_by_text("Salaire souhaité sous le SMIC").wait_for()


def _decider_et_remettre(page: Page) -> None:
    page.get_by_role("button", name="Décider l'orientation").click()
    page.get_by_text("c'est décidé. Il reste à remettre la décision.").wait_for()
    page.get_by_role("link", name="Remettre en main propre", exact=True).click()
    page.get_by_role("button", name="Remettre en main propre").click()
    page.get_by_text("La décision est remise : la date est certaine").wait_for()
