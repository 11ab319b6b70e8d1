"""Who opens which page: one line per address, one column per role. An address that is not here fails the test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Lecture, Personne
from cordee.socle import horloge
from cordee.web.parcours import table
from tests import fabriques as f
from tests.web.acces_codes import ACTES, ADMIN, PAR_ACTE, ROLES, Page
from tests.web.acces_pages import PAGES, PREFIXES_TESTES_AILLEURS

pytestmark = pytest.mark.django_db


@dataclass
class Monde:
    """The person of the tests and one agent per role."""

    personne: Personne
    agents: dict[str, Agent] = field(default_factory=dict)


@pytest.fixture
def monde(settings: Any, tmp_path: Path, db: None) -> Monde:
    settings.CORDEE_HOME = tmp_path  # no lake but the one a test makes
    eds = f.structure(nom="EDS des essais", commune=f.commune())
    direction = f.structure(TypeStructure.DEPARTEMENT, "")
    monde = Monde(f.soumise(eds, le=horloge.maintenant() - timedelta(days=30)))
    f.adresse(personne=monde.personne)
    f.systeme()
    sur_place = ("ref", "chef", "ts", "oper", "cemp")
    for cle, role in ROLES.items():
        monde.agents[cle] = f.agent(role, structure=eds if cle in sur_place else direction)
    f.accompagnee(monde.personne, eds, monde.agents["ref"], le=horloge.maintenant() - timedelta(days=3))
    f.rattachement(monde.personne, eds, finalite=FinaliteRattachement.ACCUEIL)
    return monde


def _noms(resolveur: URLResolver) -> set[str]:
    noms: set[str] = set()
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLResolver):
            noms |= _noms(motif)
        elif isinstance(motif, URLPattern) and motif.name:
            noms.add(motif.name)
    return noms


def _sans_jeton(reponse: Any) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", reponse.content.decode())


def _demander(client: Client, page: Page, nom: str, monde: Monde) -> int:
    args = [monde.personne.pk if a == "personne" else a for a in page.args]
    return getattr(client, page.methode)(reverse(nom, args=args) + page.suite).status_code


def test_every_address_is_in_the_table() -> None:
    inconnues = {
        nom
        for nom in _noms(get_resolver())
        if nom not in PAGES and not nom.startswith(PREFIXES_TESTES_AILLEURS) and nom not in ("administration", "acte")
    }
    assert inconnues == set()
    assert set(table.ACTES) == {cle for cles in PAR_ACTE.values() for cle in cles}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(role: str, monde: Monde, client: Client) -> None:
    colonne = list(ROLES).index(role)
    client.force_login(monde.agents[role])
    obtenus = {nom: _demander(client, page, nom, monde) for nom, page in PAGES.items()}
    assert obtenus == {nom: int(page.reponses.split()[colonne]) for nom, page in PAGES.items()}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_acts_the_table_says(role: str, monde: Monde, client: Client) -> None:
    colonne = list(ROLES).index(role)
    client.force_login(monde.agents[role])
    voulus = {cle: int(ACTES[p].split()[colonne]) for p, cles in PAR_ACTE.items() for cle in cles}
    for cle in ("actualiser", "dossier_devoirs"):
        voulus[cle] = 302 if voulus[cle] == 200 else voulus[cle]
    obtenus = {cle: client.get(reverse("acte", args=[monde.personne.pk, cle])).status_code for cle in voulus}
    assert obtenus == voulus


def test_nothing_opens_without_signing_in(monde: Monde, client: Client) -> None:
    for nom, page in {**PAGES, "administration": Page(ADMIN)}.items():
        args = [monde.personne.pk if a == "personne" else a for a in page.args]
        reponse = getattr(client, page.methode)(reverse(nom, args=args))
        assert (nom, reponse.status_code) == (nom, 302)
        assert reponse.url.startswith("/comptes/login/"), nom


def test_absent_and_outside_the_perimeter_look_the_same(monde: Monde, client: Client) -> None:
    client.force_login(monde.agents["ts"])
    dehors = client.get(reverse("personne", args=[monde.personne.pk]))
    absente = client.get(reverse("personne", args=[monde.personne.pk + 10_000]))
    assert dehors.status_code == absente.status_code == 404
    assert _sans_jeton(dehors) == _sans_jeton(absente)
    assert not Lecture.objects.exists()


def test_an_agent_without_a_role_sees_nobody(monde: Monde, client: Client) -> None:
    client.force_login(f.agent())
    assert b"Aucun r\xc3\xb4le" in client.get(reverse("accueil")).content
    assert client.get(reverse("personnes")).status_code == 403
    assert client.get(reverse("personne", args=[monde.personne.pk])).status_code == 403


def test_a_role_that_ended_opens_nothing(monde: Monde, client: Client) -> None:
    agent = f.agent(RoleAgent.AGENT_PLATEFORME, fin=horloge.aujourdhui())
    client.force_login(agent)
    assert client.get(reverse("personne", args=[monde.personne.pk])).status_code == 403


def test_reading_a_file_is_logged_with_its_purpose(monde: Monde, client: Client) -> None:
    client.force_login(monde.agents["plat"])
    client.get(reverse("personne", args=[monde.personne.pk]) + "?onglet=diagnostic")
    client.post(reverse("personne_identite", args=[monde.personne.pk]))
    lues = list(Lecture.objects.order_by("pk").values_list("personne_id", "agent_id", "finalite", "page"))
    moi = (monde.personne.pk, monde.agents["plat"].pk)
    assert lues == [(*moi, "diagnostic", "personne/diagnostic"), (*moi, "identification", "identité")]
