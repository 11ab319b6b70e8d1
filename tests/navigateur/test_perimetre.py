"""What is outside the perimeter does not exist (V5): the same page as for nobody, and a search that says nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [360])]


def test_la_referente_d_une_autre_structure(equipe: Equipe, ouvrir: Ouvrir, live_server: Any, largeur: int) -> None:
    foyer = f.foyer(numdemrsa="70000000123", matricule="7654321")
    samia = f.personne(foyer=foyer, nom="Benfictif", prenom="Samia", date_naissance=date(1988, 3, 12))
    f.rattachement(samia, equipe.secteur)
    f.entree_sdd(samia, equipe.secteur)
    f.accompagnee(samia, equipe.secteur, equipe.referente)
    numero = "70000000123"
    sienne, etrangere = ouvrir(equipe.referente, largeur), ouvrir(equipe.etrangere, largeur)
    _chercher(sienne, numero)
    sienne.get_by_role("heading", name="Samia B.").wait_for()  # those who answer for her do find her

    inconnue = samia.pk + 100_000
    for suite in ("", "?onglet=droits", "actes/contrat/", "actes/convoquer/", "actes/contrat/document.pdf"):
        lues = []
        for pk in (samia.pk, inconnue):
            reponse = etrangere.goto(f"{live_server.url}/personnes/{pk}/{suite}")
            assert reponse is not None
            lues.append((reponse.status, etrangere.title(), etrangere.inner_text("body")))
        assert lues[0] == lues[1]
        assert lues[0][0] == 404

    for texte in ("benfictif", "Benfictif Samia", "12/03/1988", numero, "7654321"):
        _chercher(etrangere, texte)
        etrangere.get_by_text(f"Rien pour « {texte} »").wait_for()
        etrangere.get_by_text("Personne de votre périmètre ne correspond").wait_for()
        assert etrangere.get_by_role("table").count() == 0
    etrangere.get_by_role("link", name="Personnes", exact=True).click()
    etrangere.get_by_text("Personne ne correspond").wait_for()


def _chercher(page: Page, texte: str) -> None:
    champ = page.get_by_label("Rechercher une personne")
    champ.fill(texte)
    champ.press("Enter")
