"""The director's page, the term of the law, targets and views kept: pages read over figures put down by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.pilotage.cibles.services import Engagement, fixer
from cordee.pilotage.enums import Niveau
from cordee.pilotage.models import AbonnementVue, Cible, VueGardee
from cordee.pilotage.questions import PARTS, STOCK
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage.poses import Chiffre, poser

pytestmark = pytest.mark.django_db
ESPACES = re.compile(r"\s+")
FINS = [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31)]
ENGAGEMENT = Engagement(organisme="Direction de l'insertion", origine="PDIE, page 12", fixee_le=date(2025, 1, 6))


@pytest.fixture
def eds() -> Structure:
    return f.structure(nom="EDS des essais")


@pytest.fixture
def home(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, eds: Structure) -> Path:
    """Six photos of a stock that goes down by a hundred a month, forty of them in one structure; today's figures."""
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    f.systeme()
    f.commune()
    for rang, fin in enumerate(FINS):
        poser(tmp_path, [*_stock(900 - 100 * rang, eds), Chiffre("taux_contrat", 48, sur=100)], au=fin)
    poser(tmp_path, _aujourdhui(eds))
    return tmp_path


def _stock(n: int, eds: Structure) -> list[Chiffre]:
    ici = Chiffre(STOCK, n * 0.4, territoire=eds.code, niveau=Niveau.STRUCTURE)
    return [Chiffre(STOCK, n, inconnu=12), ici]


def _aujourdhui(eds: Structure, taux: float = 55) -> list[Chiffre]:
    parts = [Chiffre(code, jours, sur=10) for (code, _, _), jours in zip(PARTS, (40, 15, 5), strict=True)]
    return [*_stock(360, eds), *parts, Chiffre("delai_orientation", 60, sur=10), Chiffre("personnes_sdd", 800),
            Chiffre("taux_contrat", taux, sur=800, inconnu=7), Chiffre("en_attente_orientation", 9, publie=False),
            Chiffre("en_attente_orientation", 7, territoire="94028", niveau=Niveau.COMMUNE)]  # fmt: skip


@pytest.fixture
def pilote(client: Client, home: Path) -> Agent:
    agent = f.agent(RoleAgent.PILOTAGE)
    client.force_login(agent)
    return agent


def lire(client: Client, nom: str, *args: Any, statut: int = 200, **parametres: str) -> str:
    reponse = client.get(reverse(nom, args=args), parametres)
    assert reponse.status_code == statut, reponse.content.decode()[:1500]
    corps = reponse.content.decode()
    corps = corps[corps.index("<main") : corps.index("</main>")]
    return ESPACES.sub(" ", unescape(re.sub(r"<[^>]+>", " ", corps)))


def promettre(par: Agent, valeur: float, echeance: date, **autres: Any) -> Cible:
    return fixer(code="taux_contrat", territoire="94", valeur=valeur, echeance=echeance, engagement=ENGAGEMENT,
                 par=par, le=MAINTENANT, **autres)  # fmt: skip


# The director's page -------------------------------------------------------------------------------------------------
def test_because_of_whom_in_words_and_on_a_bar(client: Client, pilote: Agent) -> None:
    lu = lire(client, "pilotage")
    assert "La caisse 40 jours 67 %" in lu.replace("\u00a0", " ")
    assert "Les absences aux rendez-vous 5 jours 8 %" in lu.replace("\u00a0", " ")
    corps = client.get(reverse("pilotage")).content.decode()
    largeurs = [float(x) for x in re.findall(r'class="part part-\d" x="[\d.]+" y="0" width="([\d.]+)"', corps)]
    assert sum(largeurs) == pytest.approx(100, abs=0.1)


def test_will_the_term_be_held(client: Client, pilote: Agent) -> None:
    """About 360 people less some eighteen a week: over by the summer, before the term."""
    lu = lire(client, "pilotage").replace("\u00a0", " ")
    assert "Tenue à ce rythme" in lu
    assert "360 et 12 inconnus" in lu
    assert "À ce rythme, terminé" in lu
    assert "Selon les six derniers mois, entre le" in lu


def test_a_target_and_the_promise_of_last_year_stand_beside_the_figure(client: Client, pilote: Agent) -> None:
    promettre(pilote, 50, date(2025, 12, 31))
    promettre(pilote, 60, date(2026, 12, 31))
    lu = lire(client, "pilotage").replace("\u00a0", " ")
    assert "Cible : au moins 60 % pour le 31 décembre 2026" in lu
    assert "Promesse pour le 31 décembre 2025 : au moins 50 % → 48,0 % au 31 décembre 2025" in lu
    assert "Promesse non tenue" in lu
    assert "(Direction de l'insertion)" in lu
    assert "Cible" not in lire(client, "pilotage", mois="2024-02").replace("Cibles", "")


def test_what_is_not_known_and_up_to_when_each_source_speaks(client: Client, pilote: Agent) -> None:
    lu = lire(client, "pilotage")
    assert "Qu'est-ce qu'on ne sait pas ? Ces personnes sont comptées à part" in lu
    assert "Taux de contrat, toutes les personnes soumises 7 inconnus" in lu
    assert "Les quartiers prioritaires : les adresses ne sont pas rapprochées" in lu
    assert "Nos équipes rendez-vous, orientations, contrats, contacts à 09:00:00" in lu


def test_an_open_page_takes_newer_figures_and_asks_for_nothing_else(
    client: Client, pilote: Agent, home: Path, eds: Structure, django_assert_max_num_queries: Any
) -> None:
    adresse = reverse("pilotage")
    reponse = client.get(adresse)
    marque = reponse.headers["ETag"]
    assert marque.strip('"') in reponse.content.decode()
    with django_assert_max_num_queries(6):
        assert client.get(adresse, headers={"If-None-Match": marque}).status_code == 304
    poser(home, _aujourdhui(eds, taux=56), le=MAINTENANT + timedelta(seconds=8))
    suite = client.get(adresse, headers={"If-None-Match": marque})
    assert suite.status_code == 200
    assert "56,0" in suite.content.decode()
    assert "09:00:08" in suite.content.decode()


def test_an_elected_member_reads_the_same_page_with_published_figures(client: Client, home: Path) -> None:
    client.force_login(f.agent(RoleAgent.ELU))
    lu = lire(client, "pilotage")
    assert "Personnes qui attendent une orientation non affiché" in lu
    assert "Voir les personnes" not in lu
    assert "EDS des essais" not in lire(client, "pilotage_echeance")
    assert "Structures" not in lu


# Territory by territory ----------------------------------------------------------------------------------------------
def test_the_term_structure_by_structure_and_as_a_file(client: Client, pilote: Agent) -> None:
    lu = lire(client, "pilotage_echeance", niveau="structure")
    assert "EDS des essais 144" in lu
    assert "Jamais un chiffre par agent" in lu
    export = client.get(reverse("pilotage_echeance"), {"niveau": "structure", "format": "csv"})
    assert export.headers["Content-Type"].startswith("text/csv")
    assert "EDS des essais;144" in export.content.decode("utf-8-sig")
    assert "n'existait pas encore" in lire(client, "pilotage_echeance", mois="2024-06")


def test_a_head_reads_her_structure_alone(client: Client, home: Path, eds: Structure) -> None:
    f.structure(nom="EDS voisin")
    client.force_login(f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds))
    lu = lire(client, "pilotage_echeance", territoire="94")
    assert "EDS des essais, au 17 février 2026" in lu
    assert "Qui la tiendra" not in lu
    assert "EDS voisin" not in lu


# Targets -------------------------------------------------------------------------------------------------------------
def test_a_target_is_fixed_replaced_and_given_up(client: Client, pilote: Agent) -> None:
    saisie = {
        "code": "taux_contrat", "territoire": "94", "valeur": "60", "echeance": "2026-12-31", "nature": "objectif",
        "fixee_le": "2025-01-06", "organisme": "Direction", "origine": "Délibération du 6 janvier 2025",
    }  # fmt: skip
    nouvelle = reverse("pilotage_cible_nouvelle")
    assert client.post(nouvelle, {**saisie, "organisme": ""}).status_code == 422
    assert client.post(nouvelle, saisie).status_code == 302
    assert client.post(nouvelle, {**saisie, "valeur": "65,5"}).status_code == 302
    lu = lire(client, "pilotage_cibles").replace("\u00a0", " ")
    assert "au moins 65,5 %" in lu
    assert "55,0 % Cible à atteindre" in lu
    assert "Cibles retirées ou remplacées (1)" in lu
    assert "Aucune cible ne correspond" in lire(client, "pilotage_cibles", etat="atteinte")
    assert "65.5" in client.get(reverse("pilotage_cibles"), {"format": "csv"}).content.decode().replace("65,5", "65.5")
    [cible] = Cible.objects.filter(retiree_le=None)
    retrait = reverse("pilotage_cible_retirer", args=[cible.pk])
    assert client.post(retrait, {"motif": ""}).status_code == 422
    assert client.post(retrait, {"motif": "Plus d'actualité"}).status_code == 302
    assert "Aucune cible n'est fixée" in lire(client, "pilotage_cibles")


# Views kept ----------------------------------------------------------------------------------------------------------
def test_a_page_is_kept_found_again_and_opened_first(client: Client, pilote: Agent) -> None:
    page = f"{reverse('pilotage')}?territoire=94028&mois=2025-12&page=3"
    garder = f"{reverse('pilotage_vue_garder')}?adresse={page.replace('&', '%26').replace('?', '%3F')}"
    assert "Créteil" in client.get(garder).content.decode()
    assert client.post(garder, {"nom": "Créteil fin 2025", "premiere": "on"}).status_code == 302
    vue = VueGardee.objects.get()
    assert (vue.page, vue.parametres) == ("pilotage", {"territoire": "94028", "mois": "2025-12"})
    ouverte = client.get(reverse("pilotage_vue_ouvrir", args=[vue.pk]))
    assert ouverte.headers["Location"] == "/pilotage/?mois=2025-12&territoire=94028"
    premiere = reverse("pilotage_vue_ouvrir", args=[vue.pk])
    assert client.get(reverse("accueil")).headers["Location"] == premiere
    client.logout()
    connexion = client.post(reverse("account_login"), {"login": pilote.courriel, "password": "secret"})
    assert connexion.headers["Location"] == premiere


@pytest.mark.parametrize(
    "adresse",
    ["https://ailleurs.invalid/pilotage/", "//ailleurs.invalid/pilotage/", "/personnes/", "/pilotage/inconnu/",
     "/pilotage/methode/", "/pilotage/taux_contrat/personnes/", ""],
)  # fmt: skip
def test_only_a_page_of_figures_is_kept(client: Client, pilote: Agent, adresse: str) -> None:
    assert client.get(reverse("pilotage_vue_garder"), {"adresse": adresse}).status_code == 404


def test_a_shared_view_opens_with_the_rights_of_who_opens_it(client: Client, pilote: Agent, eds: Structure) -> None:
    client.post(f"{reverse('pilotage_vue_garder')}?adresse=/pilotage/", {"nom": "Le département", "partagee": "on"})
    vue = VueGardee.objects.get()
    chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
    client.force_login(chef)
    assert "Le département" in lire(client, "pilotage_vues")
    page = client.get(reverse("pilotage_vue_ouvrir", args=[vue.pk]), follow=True).content.decode()
    assert "EDS des essais" in page
    assert "Tout le département" not in page
    assert client.post(reverse("pilotage_vue_supprimer", args=[vue.pk])).status_code == 404
    client.force_login(pilote)
    assert client.post(reverse("pilotage_vue_supprimer", args=[vue.pk])).status_code == 302
    client.force_login(chef)
    assert client.get(reverse("pilotage_vue_ouvrir", args=[vue.pk])).headers["Location"] == reverse("pilotage_vues")


def test_a_sending_is_asked_for_and_stopped(client: Client, pilote: Agent) -> None:
    elu = f.agent(RoleAgent.ELU)
    client.post(f"{reverse('pilotage_vue_garder')}?adresse=/pilotage/", {"nom": "Le département", "partagee": "on"})
    adresse = reverse("pilotage_vue_envois", args=[VueGardee.objects.get().pk])
    assert client.post(adresse, {"cadence": "seuil", "destinataires": [pilote.pk]}).status_code == 422
    envoi = {"cadence": "chaque_lundi", "destinataires": [pilote.pk, elu.pk]}
    assert client.post(adresse, envoi).status_code == 302
    seuil = {"cadence": "seuil", "code": "taux_contrat", "sens": "au_dessous", "seuil": "50,5"}
    assert client.post(adresse, {**seuil, "destinataires": [pilote.pk]}).status_code == 302
    assert AbonnementVue.objects.get(cadence="seuil").seuil == 50.5
    assert str(elu) in lire(client, "pilotage_vue_envois", VueGardee.objects.get().pk)
    sien = AbonnementVue.objects.get(destinataire=elu)
    client.force_login(elu)
    assert "Ne plus la recevoir" in lire(client, "pilotage_vues")
    assert client.post(reverse("pilotage_vue_arreter", args=[sien.pk])).status_code == 302
    assert client.post(reverse("pilotage_vue_arreter", args=[AbonnementVue.objects.get(cadence="seuil").pk])
                       ).status_code == 404  # fmt: skip
    sien.refresh_from_db()
    assert sien.arrete_le is not None


def test_pages_cost_a_constant_number_of_queries(
    client: Client, pilote: Agent, django_assert_max_num_queries: Any
) -> None:
    """Whatever the structures, the targets and the views."""
    for n in range(12):
        f.structure(nom=f"EDS numéro {n}")
        promettre(pilote, 50 + n, date(2026, 12, 31) + timedelta(days=n))
    for adresse, plafond in (
        (reverse("pilotage"), 28), (reverse("pilotage_echeance") + "?niveau=structure", 24),
        (reverse("pilotage_cibles"), 20), (reverse("pilotage_vues"), 12),
    ):  # fmt: skip
        client.get(adresse)
        with django_assert_max_num_queries(plafond):
            assert client.get(adresse).status_code == 200
