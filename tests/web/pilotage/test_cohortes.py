"""Pages of cohorts: chosen, counted at once, kept, compared, taken away; never a person."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.pilotage.cohortes import apercu
from cordee.pilotage.etudes.services import calculer_en_attente
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from cordee.pilotage.models import CohorteGardee, ExportCohorte
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage.cohortes.test_etude import entrantes
from tests.pilotage.conftest import lac

__all__ = ["entrantes", "lac"]
pytestmark = pytest.mark.django_db
JANVIER = "origine=ouverture&du=2023-01&au=2023-01&horizon=24"
STOCK = "origine=stock&du=2023-12&au=2023-12&horizon=12"


@pytest.fixture
def analyste(client: Client, entrantes: list[int]) -> Agent:
    rafraichir_le_lac(le=MAINTENANT)
    apercu._compter.cache_clear()
    f.systeme()
    agent = f.agent(RoleAgent.PILOTAGE, structure=f.structure())
    client.force_login(agent)
    return agent


def lire(client: Client, nom: str, *args: Any, statut: int = 200, **lus: Any) -> str:
    reponse = client.get(reverse(nom, args=args), lus)
    assert reponse.status_code == statut, reponse.content.decode()[:1500]
    texte = re.sub(r"<script.*?</script>", " ", reponse.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", texte))).replace("\u202f", " ").replace("\u00a0", " ")


def test_people_are_counted_while_they_are_chosen(client: Client, analyste: Agent) -> None:
    lu = lire(client, "pilotage_cohortes_apercu", du="2023-01", au="2023-01")
    assert "20 personnes" in lu
    assert "Personnes dont le droit s’est ouvert en janvier 2023" in lu
    assert "Suivies 35 mois." in lu
    assert "pas encore orientée 20" in lu
    assert "Personne ne correspond" in lire(client, "pilotage_cohortes_apercu", du="2023-01", age="60_plus")
    assert "choisissez des entrées à partir de janvier 2022" in lire(client, "pilotage_cohortes_apercu", du="2021-06")


def test_the_builder_leads_to_an_address_that_says_everything(client: Client, analyste: Agent) -> None:
    lu = lire(client, "pilotage_cohortes_composer")
    assert "Composer une cohorte" in lu
    reponse = client.get(
        reverse("pilotage_cohortes_composer"),
        {"voir": "1", "du": "2023-01", "au": "2023-01", "horizon": "24", "sexe": ["femme", "homme"], "c": [STOCK]},
    )
    assert reponse.status_code == 302
    assert reponse["Location"].startswith(reverse("pilotage_cohortes_resultats"))
    assert "du%3D2023-12" in reponse["Location"]
    assert "sexe%3Dfemme%26sexe%3Dhomme" in reponse["Location"]
    assert "vient avant le premier" in lire(
        client, "pilotage_cohortes_composer", voir="1", du="2023-05", au="2023-01", statut=422
    )


def test_results_say_first_then_show(client: Client, analyste: Agent) -> None:
    lus = {"c": [JANVIER, STOCK]}
    assert "Calcul en cours" in lire(client, "pilotage_cohortes_resultats", **lus)
    assert calculer_en_attente(maintenant=lambda: MAINTENANT) == 1
    lu = lire(client, "pilotage_cohortes_resultats", **lus)
    for titre in (
        "Combien restent ?",
        "Comment sortent-elles ?",
        "mois après mois",
        "D'un état à l'autre",
        "Qui revient",
    ):
        assert titre in lu
    assert "A : à 12 mois, 45,0 % (23,1 à 64,7) sont encore là ; la moitié est sortie au bout de 12 mois" in lu
    assert "30,0 % après quatre mois sans droit (pas un succès)" in lu
    assert "Autre motif, et motifs trop rares : départ du département, décès" in lu
    assert "un écart ne dit pas ce qui l’a causé" in lu
    for forme, quel in (("maintien", ""), ("causes", "0"), ("etats", "1")):
        dessin = client.get(reverse("pilotage_cohortes_graphique"), lus | {"forme": forme, "quel": quel})
        assert dessin.json()["layer"], forme
    assert client.get(reverse("pilotage_cohortes_graphique"), lus | {"forme": "autre"}).status_code == 404


def test_no_page_names_nor_numbers_anybody(client: Client, analyste: Agent) -> None:
    client.get(reverse("pilotage_cohortes_resultats"), {"c": [JANVIER]})
    calculer_en_attente(maintenant=lambda: MAINTENANT)
    corps = client.get(reverse("pilotage_cohortes_resultats"), {"c": [JANVIER]}).content.decode()
    for personne in Personne.objects.all():
        assert personne.nom not in corps


def test_a_cohort_is_kept_shared_copied_thrown_away(client: Client, analyste: Agent) -> None:
    adresse = reverse("pilotage_cohortes_garder") + "?c=" + JANVIER.replace("&", "%26").replace("=", "%3D")
    assert (
        client.post(adresse, {"nom": "Entrantes 2023", "note": "Pour le comité", "partagee": "on"}).status_code == 302
    )
    refuse = client.post(adresse, {"nom": "Entrantes 2023"})
    assert refuse.status_code == 422
    gardee = CohorteGardee.objects.get()
    assert "Entrantes 2023" in lire(client, "pilotage_cohortes")
    assert "Aucune cohorte de ce nom" in lire(client, "pilotage_cohortes", q="lune")
    assert client.get(reverse("pilotage_cohorte", args=[gardee.pk])).status_code == 302
    vers = client.get(reverse("pilotage_cohortes"), {"comparer": "1", "ids": [gardee.pk]})
    assert "resultats" in vers["Location"]

    collegue = f.agent(RoleAgent.PILOTAGE, structure=f.structure())
    client.force_login(collegue)
    assert "Entrantes 2023" in lire(client, "pilotage_cohortes")
    client.post(reverse("pilotage_cohorte_supprimer", args=[gardee.pk]))
    assert CohorteGardee.objects.filter(pk=gardee.pk).exists()  # hers only
    assert client.post(reverse("pilotage_cohorte_modifier", args=[gardee.pk]), {"nom": "x"}).status_code == 422
    client.post(reverse("pilotage_cohorte_dupliquer", args=[gardee.pk]))
    copie = CohorteGardee.objects.get(par=collegue)
    assert (copie.nom, copie.partagee, copie.definition) == ("Entrantes 2023 (copie)", False, gardee.definition)
    client.force_login(analyste)
    assert client.get(reverse("pilotage_cohorte", args=[copie.pk])).status_code == 404  # private
    client.post(reverse("pilotage_cohorte_supprimer", args=[gardee.pk]))
    assert not CohorteGardee.objects.filter(par=analyste).exists()


def test_what_leaves(client: Client, analyste: Agent) -> None:
    lus = {"c": [JANVIER]}
    assert client.get(reverse("pilotage_cohortes_export"), lus).status_code == 409  # not computed yet
    calculer_en_attente(maintenant=lambda: MAINTENANT)
    csv = client.get(reverse("pilotage_cohortes_export"), lus | {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.splitlines()[0] == "Cohorte;Série;Mois;Part;Borne basse 95 %;Borne haute 95 %"
    assert "A;Encore dans les droits et devoirs;12;0,45;" in csv
    livre = client.get(reverse("pilotage_cohortes_export"), lus | {"format": "xlsx"})
    assert len(zipfile.ZipFile(io.BytesIO(livre.content)).namelist()) > 8

    adresse = reverse("pilotage_cohortes_fichier") + "?c=" + JANVIER.replace("&", "%26").replace("=", "%3D")
    assert "celle de 5 personnes au moins" in lire(client, "pilotage_cohortes_fichier", c=JANVIER)
    assert client.post(adresse, {"usage": ""}).status_code == 422
    fichier = client.post(adresse, {"usage": "Étude des retours"})
    assert fichier["Content-Disposition"].startswith('attachment; filename="cohorte-individuel-')
    assert ExportCohorte.objects.get().effectif == 20
    assert "Étude des retours" in lire(client, "pilotage_cohortes_fichier", c=JANVIER)


def test_pages_ask_few_questions(client: Client, analyste: Agent, django_assert_max_num_queries: Any) -> None:
    lus = {"c": [JANVIER, STOCK]}
    client.get(reverse("pilotage_cohortes_resultats"), lus)
    calculer_en_attente(maintenant=lambda: MAINTENANT)
    for rang in range(6):
        CohorteGardee.objects.create(
            nom=f"N° {rang}", definition={"du": "2023-01"}, par=analyste, creee_le=MAINTENANT, modifiee_le=MAINTENANT
        )
    for nom in ("pilotage_cohortes_resultats", "pilotage_cohortes", "pilotage_cohortes_composer"):
        with django_assert_max_num_queries(22):
            client.get(reverse(nom), lus)


def test_a_site_process_never_loads_the_statistics() -> None:
    """Statistics are heavy: the worker's and the command line's."""
    code = (
        "import sys; from cordee.configuration.console import preparer_django; preparer_django(); "
        "import cordee.web.pilotage.cohortes.urls; "
        "lourds = {'statsmodels', 'scipy', 'pandas'} & set(sys.modules); sys.exit(', '.join(sorted(lourds)) or 0)"
    )
    fini = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert fini.returncode == 0, fini.stderr[-300:]
