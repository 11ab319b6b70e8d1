"""The three communes: an analyst reads what may and may not be concluded, publishes; an elected member reads it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.etudes.services import calculer_en_attente
from cordee.pilotage.evaluation.regles.protocole import Protocole, Traite
from cordee.pilotage.evaluation.services import registre
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from cordee.pilotage.models import Experience
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.navigateur.communes import EFFET, TRAITEES, des_entrantes
from tests.navigateur.conftest import Heure, Ouvrir
from tests.pilotage.conftest import Lac, lac  # noqa: F401  (fixture)
from tests.web.conftest import juger_aux_deux_largeurs

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [1280])]
HYPOTHESE = (
    "Entrer dans une commune où l'accompagnement est rénové rend plus probable d'être en activité six mois après."
)
PROTOCOLE = Protocole(
    devis="territoires", critere="activite_6_mois", entrees_du="2022-01-01", debut="2024-03-01", fin="2024-12-31",
    effet_minimal=2.0, traites=tuple(Traite(c, "2024-03-01") for c in TRAITEES), temoins=("temoin_femme",),
    estimateurs=("naif", "differences", "permutation"), placebo_dates=("2023-01-01",),
    publies=(("En activité six mois après, trois communes", "20,7 %"), ("Reste du département", "11 %")),
)  # fmt: skip


def inscrire(titre: str, par: Agent) -> Experience:
    """Registered before its start, over now; nobody has asked for its results."""

    def a(jour: str) -> datetime:
        return datetime.fromisoformat(f"{jour}T10:00:00").replace(tzinfo=UTC)

    e = registre.ecrire_brouillon(
        titre=titre, hypothese=HYPOTHESE, protocole=PROTOCOLE, par=par, le=a("2024-01-30")
    )  # fmt: skip
    e = registre.enregistrer(experience=e, par=par, le=a("2024-02-12"))
    e = registre.demarrer(experience=e, par=par, le=a("2024-03-01"))
    return registre.clore(experience=e, par=par, le=a("2025-01-08"))


def test_lire_publier_et_faire_lire(
    *,
    live_server: Any,
    lac: Lac,  # noqa: F811
    heure: Heure,
    ouvrir: Ouvrir,
    violations: Any,
    largeur: int,
) -> None:
    f.systeme()
    direction = f.structure(nom="Direction fictive")
    analyste = f.agent(RoleAgent.PILOTAGE, structure=direction, prenom="Élise", nom="Fictive")
    elue = f.agent(RoleAgent.ELU, structure=direction, prenom="Maya", nom="Fictive")
    e, autre = inscrire("Trois communes pilotes", analyste), inscrire("Une autre, jamais publiée", analyste)
    des_entrantes()
    rafraichir_le_lac(le=MAINTENANT)

    page = ouvrir(analyste, largeur, reverse("pilotage"))
    page.get_by_role("link", name="Évaluations").first.click()
    page.get_by_role("link", name="Trois communes pilotes").click()
    page.get_by_role("heading", level=1, name="Trois communes pilotes").wait_for()
    assert page.get_by_text(HYPOTHESE).first.is_visible()
    registre_lu = page.locator(".evaluation-registre")
    assert registre_lu.get_by_text("le 12 février 2024 par Élise Fictive").is_visible()
    assert registre_lu.get_by_text(e.sceau).is_visible()
    assert page.get_by_text("les empreintes (SHA-256) sont bien celles qui ont été écrites").is_visible()
    assert page.locator(".evaluation-conclusion").count() == 0  # nothing is looked at before it is asked for

    page.get_by_role("button", name="Demander les résultats").click()
    page.get_by_text("Calcul en cours").first.wait_for()
    calculer_en_attente(maintenant=lambda: MAINTENANT)  # what the worker does
    dire = page.get_by_role("region", name="Ce que l'on peut en dire")
    dire.get_by_text("On peut conclure à un effet favorable").wait_for()  # the page moves by itself
    lire_les_mesures(page)
    lire_un_diagnostic(page)
    juger_aux_deux_largeurs(page, violations, "resultats")
    page.set_viewport_size({"width": largeur, "height": 900})

    page.get_by_role("button", name="Publier").click()
    page.get_by_role("dialog").get_by_role("button", name="Publier").click()
    page.get_by_text("Ils ne bougent plus").wait_for()

    vue = ouvrir(elue, largeur, reverse("pilotage_evaluation"))
    assert vue.get_by_text(autre.titre).count() == 0
    vue.get_by_role("link", name="Trois communes pilotes").click()
    vue.get_by_text("On peut conclure à un effet favorable").wait_for()
    lire_les_mesures(vue)
    assert vue.get_by_role("button", name="Publier").count() == 0
    refus = vue.goto(live_server.url + reverse("pilotage_experience", args=[autre.code]))
    assert refus is not None
    assert refus.status == 404


def lire_les_mesures(page: Any) -> None:
    """What may and may not be said, then the gap, called a gap, beside the estimate: its interval before its point."""
    dire = page.locator(".evaluation-conclusion")
    phrase = "On peut conclure à un effet favorable sur « en activité six mois après » : de +"
    assert dire.locator(".evaluation-phrase").inner_text().startswith(phrase)
    interdit = dire.locator(".evaluation-interdit").inner_text().strip()
    assert interdit.startswith("On ne peut pas dire que l'écart brut de "), interdit
    assert interdit.endswith(" est l'effet : il compare des personnes choisies."), interdit
    tableau = page.get_by_role("table", name="Écarts bruts et estimations")
    brut = tableau.get_by_role("row", name="Personnes accompagnées ici, toutes les entrantes ailleurs")
    estime = tableau.get_by_role("row", name="Estimation principale")
    assert brut.get_by_text("Un écart, pas un effet").is_visible()
    cases = estime.get_by_role("cell").all_inner_texts()
    bas, haut = (float(n.replace(",", ".")) for n in re.findall(r"[+][0-9]+,[0-9]", cases[0]))
    point, ecart = (float(c.replace(",", ".")) for c in (cases[1], brut.get_by_role("cell").nth(1).inner_text()))
    assert bas <= EFFET <= haut, cases
    assert bas < point < haut < ecart, cases
    assert dire.bounding_box()["y"] < tableau.bounding_box()["y"]


def lire_un_diagnostic(page: Any) -> None:
    """The gaps around the start: drawn, and in a table."""
    page.locator("[data-graphique]:not([data-dessine])").first.wait_for(state="detached")
    avant = page.get_by_role("region", name="Avant et depuis le début")
    assert avant.locator("[data-graphique] svg[aria-hidden=true]").count() == 1
    avant.get_by_text("Les mêmes chiffres en tableau").click()
    assert avant.get_by_role("rowheader", name="−1", exact=True).is_visible()
