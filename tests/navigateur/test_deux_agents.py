"""Two agents on one file (R60): the second sees what changed, keeps what she typed, and nothing is overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.selectors import brouillon_de
from cordee.metier.contrats.services import modifier, preparer
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]
CONTRAT: dict[str, Any] = {
    "projet": "Devenir aide à domicile", "heures": 15, "prochaine_actualisation": date(2026, 8, 17),
    "engagements": [
        Ligne(engage=Engage.ORGANISME, texte="Vous recevoir"),
        Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous"),
        Ligne(
            engage=Engage.PERSONNE, texte="Passer le code", famille=FamilleActivite.ACCES_DROITS, heures=Decimal(15),
            avant_le=date(2026, 6, 30),
        ),
    ],
}  # fmt: skip
CONFLIT = "Enregistré par quelqu'un d'autre pendant votre saisie"


@pytest.fixture
def samia(equipe: Equipe) -> Personne:
    """Oriented to the structure of the sector, with her référent: a contract is to be prepared."""
    nouvelle = f.soumise(
        equipe.secteur, nom="Benfictif", nom_naissance="Benfictif", prenom="Samia", date_naissance=date(1988, 3, 12)
    )
    f.orientee(nouvelle, equipe.secteur, voie=Voie.SOCIO_PRO)
    f.rattachement(nouvelle, equipe.secteur, equipe.referente, finalite=FinaliteRattachement.REFERENT)
    f.evenement(nouvelle, f.GenreEvenement.REFERENT_NOMME, structure=equipe.secteur.pk, agent=equipe.referente.pk)
    return nouvelle


def montre(page: Page, champ: str) -> str:
    """What a field shows on the page."""
    return page.get_by_label(champ).input_value()


def test_un_brouillon_de_contrat_a_deux_mains(
    equipe: Equipe, samia: Personne, ouvrir: Ouvrir, violations: Any, largeur: int
) -> None:
    adresse = f"/personnes/{samia.pk}/actes/contrat/"
    referente = ouvrir(equipe.referente, largeur, adresse)
    projet, garder = "Son projet et ses objectifs", "Enregistrer le brouillon"
    referente.get_by_label(projet).fill("Devenir aide à domicile")
    referente.get_by_role("button", name=garder).click()
    referente.get_by_text("Le brouillon du contrat est prêt.").wait_for()
    cheffe = ouvrir(equipe.cheffe, largeur, adresse)
    assert montre(cheffe, projet) == "Devenir aide à domicile"

    referente.get_by_label(projet).fill("Devenir aide-soignante")
    action = referente.get_by_role("group", name="Action 1")
    action.get_by_label("Action 1").first.fill("S'inscrire au concours")
    action.get_by_label("Genre de l'action 1").select_option(label="Formation")
    referente.get_by_role("button", name=garder).click()
    referente.get_by_text("Le brouillon du contrat est enregistré.").wait_for()

    cheffe.get_by_label(projet).fill("Passer le permis")
    cheffe.get_by_role("button", name=garder).click()
    avis = cheffe.locator(".avis").filter(has_text=CONFLIT)
    avis.wait_for()
    lu = avis.inner_text()
    assert "enregistré : Devenir aide-soignante" in lu
    assert "votre saisie : Passer le permis" in lu
    assert "S'inscrire au concours" in lu  # what she would remove by insisting
    assert "Heures d'activité" not in lu  # only what differs
    assert montre(cheffe, projet) == "Passer le permis"
    assert violations(cheffe) == []
    brouillon = brouillon_de(samia)
    assert brouillon is not None
    assert brouillon.projet == "Devenir aide-soignante"

    cheffe.get_by_role("button", name=garder).click()  # she has read, and chooses
    cheffe.get_by_text("Le brouillon du contrat est enregistré.").wait_for()
    brouillon.refresh_from_db()
    assert brouillon.projet == "Passer le permis"


def test_on_signe_ce_qu_on_a_lu(equipe: Equipe, samia: Personne, ouvrir: Ouvrir, largeur: int) -> None:
    """The draft changes while the page of the signatures is open: it is not signed unread."""
    contrat = preparer(personne=samia, par=equipe.referente, le=f.MAINTENANT, **CONTRAT)
    page = ouvrir(equipe.referente, largeur, f"/personnes/{samia.pk}/actes/signer/")
    modifier(contrat=contrat, version=contrat.version, par=equipe.cheffe, le=f.MAINTENANT, heures=20)
    page.get_by_text("Le contrat est déjà signé sur papier").click()
    page.get_by_role("button", name="Enregistrer les signatures").click()
    page.get_by_text("Le contrat a changé depuis l'ouverture de cette page").wait_for()
    contrat.refresh_from_db()
    assert contrat.debut is None
    page.get_by_role("button", name="Enregistrer les signatures").click()
    page.get_by_text("Le contrat est signé.").wait_for()


def test_une_identite_corrigee_a_deux(equipe: Equipe, samia: Personne, ouvrir: Ouvrir, largeur: int) -> None:
    adresse = f"/personnes/{samia.pk}/actes/identite/"
    pages = [ouvrir(agent, largeur, adresse) for agent in (equipe.agente, equipe.referente)]
    premiere, seconde = pages
    premiere.get_by_label("Prénom").fill("Samya")
    premiere.get_by_role("button", name="Corriger l'identité").click()
    premiere.get_by_text("L'identité est corrigée.").wait_for()

    seconde.get_by_label("Langue parlée").fill("arabe")
    seconde.get_by_role("button", name="Corriger l'identité").click()
    avis = seconde.locator(".avis").filter(has_text=CONFLIT)
    avis.wait_for()
    assert "enregistré : Samya" in avis.inner_text()
    assert montre(seconde, "Langue parlée") == "arabe"
    samia.refresh_from_db()
    assert (samia.prenom, samia.langue) == ("Samya", "")


def test_un_acte_fait_entre_temps(equipe: Equipe, samia: Personne, ouvrir: Ouvrir, largeur: int) -> None:
    """Another act meanwhile: what happened is told, nothing is written until she says so again."""
    adresse = f"/personnes/{samia.pk}/actes/contact/"
    premiere, seconde = _ouvrir_a_deux(ouvrir, equipe.referente, equipe.cheffe, largeur, adresse)
    for page, note in ((premiere, "Tout va bien"), (seconde, "Rappeler lundi")):
        page.get_by_label("Appel téléphonique").check()
        page.get_by_label("La personne a été jointe").check()
        page.get_by_label("Note").fill(note)
        page.get_by_role("button", name="Noter un contact").click()
        page.wait_for_load_state()
    premiere.get_by_role("heading", name="Samia B.").wait_for()
    avis = seconde.locator(".avis").filter(has_text="Ce qui s'est passé depuis")
    avis.wait_for()
    assert "par Léa Fictive" in avis.inner_text()
    assert montre(seconde, "Note") == "Rappeler lundi"


def _ouvrir_a_deux(ouvrir: Ouvrir, une: Agent, autre: Agent, largeur: int, adresse: str) -> tuple[Page, Page]:
    return ouvrir(une, largeur, adresse), ouvrir(autre, largeur, adresse)
