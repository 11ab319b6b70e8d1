"""An analyst builds a cohort, sees who is in it at once, reads its curves, compares, takes the figures away."""

from __future__ import annotations

from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.pilotage.etudes.services import calculer_en_attente
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.navigateur.conftest import Ouvrir
from tests.pilotage.cohortes.test_etude import entrantes  # noqa: F401  (fixture)
from tests.pilotage.conftest import lac  # noqa: F401  (fixture)
from tests.web.conftest import juger_aux_deux_largeurs

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]


def test_composer_suivre_comparer_emporter(
    *,
    live_server: Any,
    entrantes: list[int],  # noqa: F811
    ouvrir: Ouvrir,
    violations: Any,
    largeur: int,
) -> None:
    f.systeme()
    analyste = f.agent(
        RoleAgent.PILOTAGE, structure=f.structure(nom="Direction fictive"), prenom="Élise", nom="Fictive"
    )
    rafraichir_le_lac(le=MAINTENANT)
    page = ouvrir(analyste, largeur, "/pilotage/cohortes/")
    page.get_by_role("link", name="Composer la première").click()
    page.get_by_label("Du mois de").select_option("2023-01")
    page.get_by_label("Au mois de").select_option("2023-02")
    apercu = page.get_by_role("complementary", name="La cohorte choisie")
    apercu.get_by_text("20", exact=True).first.wait_for()
    page.get_by_text("Sexe", exact=True).first.click()
    page.get_by_label("Homme", exact=True).check()
    apercu.get_by_text("Personne ne correspond").wait_for()  # counted again at each choice
    page.get_by_label("Homme", exact=True).uncheck()
    apercu.get_by_text("dont le droit s’est ouvert de janvier à février 2023").wait_for()
    juger_aux_deux_largeurs(page, violations, "composer")
    page.set_viewport_size({"width": largeur, "height": 900})

    page.get_by_role("button", name="Voir les résultats").click()
    page.get_by_text("Calcul en cours").first.wait_for()
    calculer_en_attente(maintenant=lambda: MAINTENANT)  # what the worker does
    page.get_by_role("heading", name="Combien restent ?").wait_for()  # the page moves by itself
    page.locator("[data-graphique]:not([data-dessine])").first.wait_for(state="detached")
    assert page.locator("[data-graphique] svg[aria-hidden=true]").count() >= 3
    assert page.get_by_text("à 12 mois, 45,0").first.is_visible()
    page.get_by_text("Les mêmes chiffres en tableau").first.click()
    assert page.get_by_role("cell", name="45,0 % (23,1 à 64,7)").first.is_visible()
    juger_aux_deux_largeurs(page, violations, "resultats")
    page.set_viewport_size({"width": largeur, "height": 900})

    with page.expect_download() as attendu:
        page.get_by_role("link", name="Excel").click()
    assert attendu.value.suggested_filename.startswith("cohortes-")
    page.get_by_role("link", name="Fichier individuel").click()
    page.get_by_label("À quoi servira ce fichier").fill("Étude des retours")
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Inscrire et télécharger").click()
    assert attendu.value.suggested_filename.startswith("cohorte-individuel-")
    page.reload()
    page.get_by_text("Étude des retours (20 lignes)").wait_for()
