"""From the interview to the signed contract, on a telephone: the référente's, then the person's own (V4, E04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors.preuves import preuves_de, verifier
from cordee.metier.orientation.models import Constat, Diagnostic
from cordee.metier.participation.models import AccesEspace, CodeUnique
from cordee.metier.participation.selectors import numero_de
from cordee.metier.participation.services import texte_a_envoyer
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
TELEPHONE = 360


@pytest.fixture
def amina(equipe: Equipe) -> Personne:
    """Oriented, her référente named, the interview held: she wants to work and cannot move around."""
    f.systeme()
    nouvelle = f.soumise(equipe.secteur, nom="Benfictif", prenom="Amina")
    f.contact(nouvelle, "0601020304")
    f.orientee(nouvelle, equipe.secteur)
    f.rattachement(nouvelle, equipe.secteur, equipe.referente, finalite=FinaliteRattachement.REFERENT)
    f.evenement(nouvelle, f.GenreEvenement.REFERENT_NOMME, structure=equipe.secteur.pk, agent=equipe.referente.pk)
    Diagnostic.objects.create(
        personne=nouvelle, mene_le=f.MAINTENANT, mene_par=equipe.referente, metier_vise="Aide à domicile"
    )  # fmt: skip
    for code in ("mobilite.sans_moyen", "sante.couverture"):
        Constat.objects.create(
            personne=nouvelle, nature="situation", code=code, source="agent", debut=f.MAINTENANT.date(),
            par=equipe.referente, dit_le=f.MAINTENANT,
        )  # fmt: skip
    return nouvelle


def code_recu(usage: str) -> str:
    """What her telephone shows."""
    return texte_a_envoyer(CodeUnique.objects.get(usage=usage, annule_le=None))


def sans_debord(page: Page, violations: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert violations(page) == [], page.url


def test_de_l_entretien_au_contrat_signe_sur_un_telephone(
    equipe: Equipe, amina: Personne, ouvrir: Ouvrir, violations: Any, heure: Heure
) -> None:
    page = ouvrir(equipe.referente, TELEPHONE, f"/personnes/{amina.pk}/actes/contrat/")
    assert page.get_by_label("Son projet et ses objectifs").input_value() == "Travailler comme : Aide à domicile"
    assert page.get_by_label("Trouver une autre façon de se déplacer").is_checked()
    sans_debord(page, violations)
    page.get_by_role("button", name="Enregistrer et passer à la signature").click()
    page.get_by_role("button", name="Signer pour l'organisme et proposer").click()
    page.get_by_role("heading", name="Comment signe-t-elle ?").wait_for()
    sans_debord(page, violations)

    page.get_by_role("link", name="Son espace", exact=True).click()
    page.get_by_label("SMS au 0601020304").check()
    page.get_by_label("La personne est devant moi, j'ai vérifié qui elle est et que").check()
    page.get_by_role("button", name="Ouvrir son espace").click()
    page.get_by_text("Remettez-lui son numéro").wait_for()
    sans_debord(page, violations)
    numero = numero_de(AccesEspace.objects.get())
    assert page.get_by_text(numero).count()

    heure("2026-02-17T20:00")  # at home, that evening
    elle = ouvrir(None, TELEPHONE, "/espace/")
    elle.get_by_label("Votre numéro d'espace").fill(numero.lower())
    sans_debord(elle, violations)
    elle.get_by_role("button", name="Recevoir un code").click()
    elle.get_by_label("Votre code").fill(code_recu("ouvrir"))
    elle.get_by_role("button", name="Ouvrir mon espace").click()
    sans_debord(elle, violations)
    heure("2026-02-17T20:03")
    elle.get_by_role("link", name="Lire et signer mon contrat").click()
    assert "Un point personnel, masqué ici" in elle.get_by_label("Le texte du contrat").inner_text()
    sans_debord(elle, violations)
    elle.get_by_role("link", name="Tout afficher").click()
    elle.get_by_text("mutuelle").or_(elle.get_by_text("santé")).first.wait_for()
    elle.get_by_role("button", name="Recevoir le code pour signer").click()
    elle.get_by_label("J'ai lu le contrat").check()
    elle.get_by_label("Le code reçu").fill(code_recu("signer"))
    elle.get_by_role("button", name="Je signe mon contrat").click()
    elle.get_by_role("heading", name="Votre contrat est signé").wait_for()
    elle.get_by_role("link", name="Voir ce que chacun a promis").click()
    elle.get_by_role("heading", name="Ce que nous avons promis").wait_for()
    sans_debord(elle, violations)
    elle.get_by_role("button", name="Fermer").click()
    elle.get_by_role("heading", name="Votre espace est fermé").wait_for()

    contrat = Contrat.objects.get()
    tenue = verifier(contrat)
    assert contrat.debut is not None
    assert tenue is not None
    assert tenue.tient
    assert [p.moyen for p in preuves_de(contrat)] == ["session", "code"]


def test_signer_du_doigt(equipe: Equipe, amina: Personne, ouvrir: Ouvrir, violations: Any) -> None:
    page = ouvrir(equipe.referente, TELEPHONE, f"/personnes/{amina.pk}/actes/contrat/")
    page.get_by_role("button", name="Enregistrer et passer à la signature").click()
    page.get_by_role("button", name="Signer pour l'organisme et proposer").click()
    page.get_by_role("link", name="Signer sur l'écran").click()
    page.get_by_role("button", name="Signer le contrat").click()
    page.get_by_text("signez dans le cadre").first.wait_for()
    cadre = page.get_by_label("Cadre où signer")
    cadre.scroll_into_view_if_needed()
    boite = cadre.bounding_box()
    assert boite is not None
    page.mouse.move(boite["x"] + 20, boite["y"] + 60)
    page.mouse.down()
    for pas in range(1, 16):
        page.mouse.move(boite["x"] + 20 + 16 * pas, boite["y"] + 60 + (pas % 3) * 14)
    page.mouse.up()
    page.get_by_text("Signature tracée.").wait_for()
    sans_debord(page, violations)
    page.get_by_role("button", name="Signer le contrat").click()
    page.get_by_text("Le contrat est signé.").wait_for()
    assert [p.moyen for p in preuves_de(Contrat.objects.get())] == ["session", "trace"]
