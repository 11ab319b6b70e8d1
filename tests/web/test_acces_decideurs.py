"""Who decides and who sits: two roles that open little, on the addresses that matter to them (all: ``test_acces``)."""

from __future__ import annotations

import pytest
from django.test import Client

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from tests import fabriques as f
from tests.web import test_acces
from tests.web.acces_pages import PAGES
from tests.web.test_acces import Monde, _demander

pytestmark = pytest.mark.django_db
monde = test_acces.monde  # the fixture
FERMEES = ("personnes_export", "contacts_de_la_semaine", "agenda", "imports", "contrats", "administration_agents")
DES_PERSONNES = ("personne", "personnes", "recherche", "procedure", "manquement", "devoirs", "caisse", "neutralite")


def reponses(role: RoleAgent, noms: tuple[str, ...], monde: Monde, client: Client) -> dict[str, int]:
    client.force_login(f.agent(role, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
    return {nom: _demander(client, PAGES[nom], nom, monde) for nom in noms if nom in PAGES}


def test_who_sits_opens_nobodys_file(monde: Monde, client: Client) -> None:
    vues = reponses(RoleAgent.MEMBRE_EP, (*DES_PERSONNES, *FERMEES), monde, client)
    assert len(vues) > len(DES_PERSONNES)
    assert set(vues.values()) == {403}
    assert reponses(RoleAgent.MEMBRE_EP, ("ep",), monde, client) == {"ep": 200}


def test_who_decides_reads_files_and_instructs_nothing(monde: Monde, client: Client) -> None:
    vues = reponses(RoleAgent.SIGNATAIRE, DES_PERSONNES, monde, client)
    assert 403 not in vues.values()
    fermees = reponses(RoleAgent.SIGNATAIRE, ("ep", "ep_planifier", *FERMEES), monde, client)
    assert set(fermees.values()) == {403}
