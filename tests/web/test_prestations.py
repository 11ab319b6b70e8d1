"""Pages of the estimates: any household, a job compared with today, the euros of a measure, other rights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.prestations.models import DroitExamine, Simulation
from cordee.metier.prestations.services import calculer_en_attente, demander_simulation
from cordee.reglementation.regimes import NatureMesure, ProjetMesure
from cordee.web.prestations import mots
from cordee.web.prestations.bloc import euros_de_la_mesure, url_du_bloc
from cordee.web.prestations.graphique import courbes
from tests import fabriques as f
from tests.metier.prestations.foyers import D, emploi, moteur_exact, seule
from tests.metier.prestations.transmis import MONTANTS, foyer_transmis, ressources

pytestmark = pytest.mark.django_db
AU = date(2026, 2, 17)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def en_fevrier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T10:00")


@pytest.fixture
def devoirs() -> Client:
    client = Client()
    client.force_login(f.agent(RoleAgent.DEVOIRS))
    return client


def connue(**champs: Any) -> Personne:
    """Somebody who earned 120 € a month and whose file says everything."""
    return foyer_transmis({"Ressources": ressources(("001", "120.00"))}, montants=MONTANTS, du="448.94", **champs)[0]


def emplois(**champs: str) -> dict[str, str]:
    return {"e1-heures": "20", "e1-mode": "net", "e1-salaire": "800", "e1-debut": "2026-03-02", **champs}


def calculer() -> None:
    calculer_en_attente(moteur=moteur_exact, maintenant=lambda: f.MAINTENANT)


def test_le_site_ne_charge_jamais_le_modele() -> None:
    code = (
        "import sys, django; django.setup();"
        "import cordee.web.urls, cordee.web.prestations.urls, cordee.configuration.taches;"
        "print([m for m in sys.modules if m.startswith('openfisca')])"
    )
    monde = {**os.environ, "DJANGO_SETTINGS_MODULE": "cordee.configuration.settings"}
    sortie = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=monde)
    assert sortie.stdout.strip() == "[]"


def test_un_foyer_sans_nom_du_formulaire_au_resultat(devoirs: Client) -> None:
    assert devoirs.get(reverse("estimations")).status_code == 200
    reponse = devoirs.post(
        reverse("estimations"),
        {"couple": "1", "naissance_1": "05/1985", "logement": "sans_aide", "salaire_1": "300"} | emplois(),
    )
    assert reponse.status_code == 302
    url = reponse["Location"]
    assert len(parse_qs(urlsplit(url).query)["e"]) == 2
    attente = devoirs.get(url).content.decode()
    assert "Calcul en cours" in attente
    assert "data-graphique" not in attente
    suivi = url.replace("resultat", "progression")
    assert "0" in devoirs.get(suivi, **HTMX).content.decode()
    calculer()
    assert devoirs.get(suivi, **HTMX)["HX-Refresh"] == "true"
    page = devoirs.get(url).content.decode()
    for attendu in (
        "346,52\xa0€",
        "20 h par semaine, 800,00\xa0€ net par mois",
        "la CAF ou la MSA décide",
        "openfisca-france",
    ):
        assert attendu in page, attendu
    dessin = json.loads(devoirs.get(url.replace("resultat/", "graphique.json")).content)
    assert [c["encoding"]["text"]["value"] for c in dessin["layer"][2::3]] == ["Sans", "Avec"]
    lignes = devoirs.get(url.replace("resultat", "export")).content.decode("utf-8-sig").splitlines()
    assert len(lignes) == 1 + 2 * 7
    assert lignes[1].startswith("Le foyer comme aujourd'hui;02/2026;346,52;")


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"naissance_1": ""}, "Ce champ est obligatoire"),
        ({"naissance_1": "1985"}, "écrivez le mois puis l"),
        ({"naissance_1": "05/2030"}, "Cette date est à venir"),
        ({"couple": "2"}, "mois de naissance du second adulte"),
        ({"enfants": "03/2018, 12/2026"}, "Naissance attendue"),
        ({"naissance_attendue": "01/2028"}, "neuf mois"),
        ({"salaire_1": "-5"}, "supérieure ou égale à 0"),
        ({"e1-heures": "20"}, "premier jour de travail"),
        (emplois(**{"e1-salaire": ""}), "salaire net du mois"),
        (emplois(**{"e1-debut": "2027-03-01"}), "cinq mois qui suivent"),
        (emplois(**{"e1-fin": "2026-03-01"}), "Le dernier jour suit le premier"),
    ],
)
def test_ce_qui_est_mal_saisi_est_dit_en_francais(devoirs: Client, champs: dict[str, str], phrase: str) -> None:
    base = {"couple": "1", "naissance_1": "05/1985", "logement": "sans_aide"}
    reponse = devoirs.post(reverse("estimations"), base | champs)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode().replace("&#x27;", "'")
    assert not Simulation.objects.exists()


def test_une_estimation_effacee_le_dit(devoirs: Client) -> None:
    reponse = devoirs.get(reverse("estimation_resultat") + "?e=" + "0" * 64)
    assert reponse.status_code in (404, 409)
    assert devoirs.get(reverse("estimation_resultat")).status_code == 404


def test_si_je_prends_cet_emploi(devoirs: Client) -> None:
    personne = connue()
    url = reverse("personne_estimations", args=[personne.pk])
    page = devoirs.get(url).content.decode()
    for attendu in (
        "120,00 € (salaire net)",
        "Fichier de l&#x27;organisme payeur",
        "448,94",
        "Comparer avec un autre emploi",
    ):
        assert attendu in page, attendu
    reponse = devoirs.post(
        url, emplois(**{"e2-heures": "10", "e2-mode": "net", "e2-salaire": "400", "e2-debut": "2026-04-01"})
    )
    assert reponse.status_code == 302
    assert Simulation.objects.count() == 3
    calculer()
    resultat = devoirs.get(reponse["Location"]).content.decode()
    assert "Emploi A" in resultat
    assert "Emploi B" in resultat
    assert personne.nom not in resultat  # an open screen shows a short name
    assert Lecture.objects.filter(personne_id=personne.pk, page="estimation des ressources").count() == 3


def test_comparer_davantage_ne_lit_pas_davantage(devoirs: Client, django_assert_max_num_queries: Any) -> None:
    agent, personne = f.agent(), connue()
    foyers = [
        seule(),
        seule(emploi=emploi()),
        seule(emploi=emploi(heures_hebdo=D(10))),
        seule(emploi=emploi(fin=AU.replace(year=2028))),
    ]
    noms = [demander_simulation(hypotheses=h, par=agent, le=f.MAINTENANT).empreinte for h in foyers]
    calculer()
    for combien in (1, 4):
        suite = "?" + "&".join(f"e={nom}" for nom in noms[:combien])
        with django_assert_max_num_queries(14):
            assert devoirs.get(reverse("estimation_resultat") + suite).status_code == 200
        with django_assert_max_num_queries(26):
            assert devoirs.get(reverse("personne_estimation", args=[personne.pk]) + suite).status_code == 200


def test_une_correction_remplace_la_suite_sans_toucher_au_passe(devoirs: Client) -> None:
    personne = connue()
    devoirs.post(reverse("personne_estimations", args=[personne.pk]), emplois(salaire_1="0", logement="sans_aide"))
    calculer()
    sans = next(s for s in Simulation.objects.all() if s.hypotheses["emploi"] is None)
    revenus = sans.hypotheses["adultes"][0]["revenus"]
    assert {r["jusqu_a"] for r in revenus if r["depuis"] != r["jusqu_a"]} == {"2025-10-01"}  # the average before only
    assert [m["rsa"] for m in sans.resultat["mois"]][:2] == ["526.52", "526.52"]
    assert sans.hypotheses["logement"] == "sans_aide"


def test_les_euros_d_une_mesure_a_l_instant_puis_en_entier(devoirs: Client) -> None:
    personne = connue()
    projet = ProjetMesure(nature=NatureMesure.SUSPENSION, quotite=D("0.5"), mois=2, debut=date(2026, 3, 1))
    url = url_du_bloc(personne, projet, regime_retenu="NAT-2025")
    page = devoirs.get(url).content.decode()  # nothing is computed yet: the exact RSA is there
    for attendu in ("448,94\xa0€", "224,47\xa0€", 'hx-trigger="load"'):
        assert attendu in page, attendu
    bloc = devoirs.post(url, **HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in bloc
    assert Simulation.objects.count() == 1
    calculer()
    entier = devoirs.post(url, **HTMX).content.decode()
    assert "hx-trigger" not in entier
    assert "Ressources du foyer" in entier
    assert "344,47\xa0€" in entier  # 224,47 of RSA and 120 earned
    assert Simulation.objects.count() == 1
    lues = euros_de_la_mesure(personne=personne, projet=projet, au=AU)
    assert (lues.regime, lues.complet, lues.retenu) == ("NAT-2025", True, D("451.21"))  # the scale rises in April


def test_une_mesure_incomplete_le_dit(devoirs: Client) -> None:
    url = reverse("personne_mesure_euros", args=[connue().pk])
    for parametres in (
        "debut=2026-03-01&mois=2&nature=suspension",
        "debut=2008-03-01&mois=2&nature=suspension&part=50",
    ):
        assert devoirs.get(f"{url}?{parametres}").status_code == 422


def test_les_montants_restent_fermes_a_qui_n_y_a_pas_droit() -> None:
    personne, client = connue(), Client()
    client.force_login(f.agent(RoleAgent.AGENT_PLATEFORME))
    for nom in ("personne_estimations", "personne_mesure_euros", "personne_estimation"):
        assert client.get(reverse(nom, args=[personne.pk])).status_code == 403
    droits = client.get(f"{reverse('personne', args=[personne.pk])}?onglet=droits").content.decode()
    assert reverse("personne_estimations", args=[personne.pk]) not in droits


def test_les_droits_vus_avec_la_personne(devoirs: Client, django_assert_max_num_queries: Any) -> None:
    personne = connue(enfants=[date(2015, 3, 1)])
    url = reverse("personne_autres_droits", args=[personne.pk])
    page = devoirs.get(url).content.decode()
    assert page.index("Allocation de soutien familial") < page.index("Les autres droits")
    assert page.index("Les autres droits") < page.index("Retraite et allocation")
    assert devoirs.post(url, {"droit-soutien_familial": "a_demander", "droit-cheque_energie": ""}).status_code == 302
    assert list(DroitExamine.objects.values_list("droit", "suite")) == [("soutien_familial", "a_demander")]
    with django_assert_max_num_queries(30):
        assert "À demander" in devoirs.get(url).content.decode()


def test_les_mots_d_une_estimation() -> None:
    assert mots.euros(D("-521.29")) == "−521,29\xa0€"
    assert mots.euros(D("1172.98"), signe=True).startswith("+1")
    assert mots.pour_mois(date(2027, 4, 1)) == "d'avril 2027"
    a_verifier = mots.parametres_a_verifier([seule(emploi=emploi(salaire_net=None, salaire_horaire_brut=D("12.31")))])
    assert a_verifier[0].parametre.id == "smic_horaire_brut"  # the least sure first (E40)
    assert a_verifier[0].faible
    assert not any(v.parametre.id == "smic_horaire_brut" for v in mots.parametres_a_verifier([seule(emploi=emploi())]))


def test_les_noms_des_lignes_ne_se_chevauchent_pas() -> None:
    proches = moteur_exact([seule(), seule(aide_logement=D("77"))])
    textes = [c for c in courbes(["A", "B"], proches, description="d")["layer"] if c["mark"]["type"] == "text"]
    assert abs(textes[0]["mark"]["dy"] - textes[1]["mark"]["dy"]) == 16
