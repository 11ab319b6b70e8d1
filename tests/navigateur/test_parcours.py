"""One person, from new entrant to signed contract, through the hands of three agents."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [360, 1280])]


@pytest.fixture
def samia(equipe: Equipe) -> Personne:
    """A new entrant of Créteil, received on 2 February 2026, with an address and a phone."""
    foyer = f.foyer(numdemrsa="70000000123", matricule="7654321", situation_familiale="CEL")
    nouvelle = f.personne(
        foyer=foyer, nom="Benfictif", nom_naissance="Benfictif", prenom="Samia", date_naissance=date(1988, 3, 12)
    )
    f.adresse(foyer=foyer)
    f.contact(nouvelle)
    f.droit(nouvelle, foyer)
    f.rattachement(nouvelle, equipe.secteur, debut=date(2026, 2, 2))
    f.entree_sdd(nouvelle, equipe.secteur, recu_le=date(2026, 2, 2))
    return nouvelle


def chercher(page: Page, texte: str) -> None:
    champ = page.get_by_label("Rechercher une personne")
    champ.fill(texte)
    champ.press("Enter")


def prochaine_etape(page: Page) -> str:
    """The card of the next étape, as it reads: what, by when, who, why, and the button."""
    titre = page.get_by_role("heading", name="Prochaine étape")
    titre.wait_for()
    return en_ligne(page.locator(".carte").filter(has=titre).inner_text())


def en_ligne(texte: str) -> str:
    return re.sub(r"\s+", " ", texte)


def documents(page: Page) -> dict[str, str]:
    """The letters of the person: what the link says → the words of the PDF the browser downloads."""
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("heading", name="Courriers et messages").wait_for()
    return {en_ligne(lien.inner_text()): mots_du_pdf(lien) for lien in page.get_by_role("link", name="PDF :").all()}


def mots_du_pdf(lien: Locator) -> str:
    """What the PDF behind a link says, downloaded with the session of the page."""
    reponse = lien.page.context.request.get(lien.evaluate("lien => lien.href"))
    assert reponse.headers["content-type"] == "application/pdf"
    return en_ligne(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(reponse.body())).pages))


def test_de_l_entree_au_contrat_signe(
    equipe: Equipe, samia: Personne, ouvrir: Ouvrir, heure: Heure, largeur: int
) -> None:
    plateforme = ouvrir(equipe.agente, largeur)
    _trouver(plateforme)
    _convoquer(plateforme)
    heure("2026-02-25T09:20")
    _recevoir(plateforme)
    _orienter(plateforme)
    _remettre(plateforme)
    _nommer(ouvrir(equipe.cheffe, largeur))
    heure("2026-03-03T14:00")
    referente = ouvrir(equipe.referente, largeur)
    _contracter(referente)
    plateforme.reload()  # what she did shows on the page the platform left open
    assert "Prochain contact avant le 02/04/2026" in prochaine_etape(plateforme)


def _trouver(page: Page) -> None:
    """Whatever is known of her: a name with a typo, her birth date, her request number."""
    for texte in ("benfictiv samya", "12/03/1988"):
        chercher(page, texte)
        page.get_by_text(f"1 personne pour « {texte} »").wait_for()
        page.get_by_role("link", name="BENFICTIF Samia").wait_for()
    chercher(page, "70000000123")
    page.get_by_role("heading", name="Samia B.").wait_for()  # her number opens her page
    etape = prochaine_etape(page)
    assert "Convoquer avant le 16/02/2026 (en retard de 1 jour)" in etape
    assert "À qui Plateforme d'orientation" in etape
    assert "Décider l'orientation avant le 16/03/2026 (CASF D262-65-2)" in etape
    assert "BENFICTIF" not in page.inner_text("main")
    page.get_by_role("button", name="Afficher l'identité").click()
    page.get_by_text("BENFICTIF Samia").wait_for()
    page.get_by_text("Demande RSA : 70000000123").wait_for()


def _convoquer(page: Page) -> None:
    page.get_by_role("link", name="Convoquer", exact=True).click()
    page.get_by_role("heading", name="Convoquer à un rendez-vous").wait_for()
    page.get_by_text("Courriel : Aucun courriel n'est connu.").wait_for()
    page.get_by_label("Heure", exact=True).fill("09:30")
    page.get_by_role("button", name="Convoquer").click()
    page.get_by_text("Rendez-vous fixé le 25/02/2026 à 09:30.").wait_for()
    etape = prochaine_etape(page)
    assert "Orienter avant le 16/03/2026 (dans 27 jours) délai légal CASF D262-65-2" in etape
    assert "À qui Plateforme d'orientation" in etape
    [(lien, lettre)] = documents(page).items()
    assert lien == "PDF : Convocation à un rendez-vous du 17/02/2026"
    assert "Mme Samia BENFICTIF 5 RUE DES LILAS FICTIFS 94000 CRETEIL" in lettre
    assert "mercredi 25 février 2026 à 9 h 30" in lettre
    assert "Plateforme fictive 1 place du Test" in lettre
    assert "sanction" not in lettre.lower()


def _recevoir(page: Page) -> None:
    page.get_by_role("link", name="Ma journée").click()
    page.get_by_role("heading", name="Bonjour Inès").wait_for()
    assert "09:30" in page.inner_text("main")
    page.get_by_role("link", name="Noter la venue de Samia B.").click()
    page.get_by_label("La personne est venue").check()
    page.get_by_role("button", name="Noter la venue").click()
    page.get_by_text("La venue est notée.").wait_for()
    assert "Orienter avant le 16/03/2026" in prochaine_etape(page)


def _orienter(page: Page) -> None:
    """The proposal follows the answers as they come; the decision follows the proposal."""
    page.get_by_role("link", name="Mener l'entretien", exact=True).click()
    page.get_by_role("heading", name="Mener l'entretien et décider l'orientation").wait_for()
    decision = page.locator("#decision")
    decision.get_by_text("la proposition se forme ici").wait_for()
    page.get_by_role("group", name="Où en est-elle avec le travail ?").get_by_label("deux dernières années").check()
    page.get_by_role("group", name="Sa formation").get_by_label("CAP").check()
    decision.get_by_text("Vers : Opérateur de l'emploi").wait_for()
    page.get_by_role("group", name="Mobilité").get_by_label("Impact fort").check()
    decision.get_by_text("Vers : Département").wait_for()
    decision.get_by_text("à traiter en même temps que l'emploi : mobilité").wait_for()
    assert decision.get_by_label("Parcours socio-professionnel").is_checked()
    assert decision.get_by_label("Organisme référent").locator("option:checked").inner_text() == "EDS fictif de Créteil"
    page.get_by_role("button", name="Décider l'orientation").click()
    page.get_by_text("EDS fictif de Créteil : c'est décidé. Il reste à remettre la décision.").wait_for()
    etape = prochaine_etape(page)
    assert "Notifier la décision avant le 04/03/2026 (dans 7 jours)" in etape
    assert "À qui Plateforme d'orientation" in etape


def _remettre(page: Page) -> None:
    page.get_by_role("link", name="Remettre en main propre", exact=True).click()
    page.get_by_role("heading", name="Remettre la décision en main propre").wait_for()
    assert page.get_by_label("Remise et signée le").input_value() == "2026-02-25"
    page.get_by_role("button", name="Remettre en main propre").click()
    page.get_by_text("La décision est remise : la date est certaine").wait_for()
    etape = prochaine_etape(page)
    assert "Nommer le référent avant le 12/03/2026 (dans 15 jours)" in etape
    assert "À qui Responsable de la structure, EDS fictif de Créteil" in etape
    decision = documents(page)["PDF : Notification de la décision d'orientation du 25/02/2026"]
    assert "Parcours socio-professionnel" in decision
    assert "EDS fictif de Créteil 3 rue des Essais 94000 Créteil" in decision
    assert "Une activité récente ou en cours." in decision
    assert "dans un délai de 1 mois à partir du jour où vous recevez cette lettre" in decision
    assert "D’abord, écrire au Département" in decision
    page.get_by_text("Date certaine 25/02/2026").wait_for()


def _nommer(page: Page) -> None:
    """The head of the structure finds the person on her own day."""
    page.get_by_role("link", name="Nommer le référent : Samia B.").click()
    page.get_by_role("heading", name="Nommer le référent").wait_for()
    page.get_by_label("Léa Fictive (0 personne)").check()
    page.get_by_role("button", name="Nommer le référent").click()
    page.get_by_text("Léa Fictive est maintenant le référent de cette personne.").wait_for()
    etape = prochaine_etape(page)
    assert "Élaborer et signer le contrat avant le 25/03/2026 (dans 28 jours) délai légal C. trav. D5411-14-1" in etape
    assert "À qui Léa Fictive, EDS fictif de Créteil" in etape


def _contracter(page: Page) -> None:
    """The référent is told what is missing, writes it with the person, reads the document, records both signatures."""
    page.get_by_role("link", name="Préparer le contrat : Samia B.").click()
    page.get_by_role("heading", name="Préparer le contrat d'engagement").wait_for()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_text("Ajoutez au moins une action au plan.").wait_for()
    page.get_by_label("Son projet et ses objectifs").fill("Devenir aide à domicile")
    action = page.get_by_role("group", name="Action 1")
    action.get_by_label("Action 1", exact=False).first.fill("Passer le code de la route")
    action.get_by_label("Genre de l'action 1").select_option(label="Accès aux droits et levée des difficultés")
    action.get_by_label("Heures par semaine").fill("15")
    action.get_by_label("Avant le").fill("2026-06-30")
    page.get_by_role("button", name="Enregistrer et passer à la signature").click()
    page.get_by_role("heading", name="Signer le contrat d'engagement").wait_for()
    assert "Passer le code de la route" in mots_du_pdf(page.get_by_role("link", name="Ouvrir le document (PDF)"))
    assert page.get_by_label("Signé par la personne le").input_value() == "2026-03-03"
    page.get_by_text("Le contrat est déjà signé sur papier").click()
    page.get_by_role("button", name="Enregistrer les signatures").click()
    page.get_by_text("Le contrat est signé. Il engage les deux parties.").wait_for()
    etape = prochaine_etape(page)
    assert "Prochain contact avant le 02/04/2026 (dans 30 jours)" in etape
    assert "À qui Léa Fictive, EDS fictif de Créteil" in etape
    contrat = documents(page)["PDF : Contrat d'engagement du 03/03/2026"]
    assert "Mme Samia BENFICTIF née le 12 mars 1988" in contrat
    assert "Votre référent unique : Léa Fictive" in contrat
    assert "Devenir aide à domicile" in contrat
    assert "Passer le code de la route vous avant le 30 juin 2026 15" in contrat
    assert "Votre plan représente 15 heures par semaine." in contrat
    assert contrat.count("Signé le mardi 3 mars 2026") == 2
