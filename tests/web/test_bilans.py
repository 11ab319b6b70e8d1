"""The report of the last monthly, for who steers: figures and sentences, nobody's name, nothing set aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.echanges.fichiers.models import FichierRecu
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.models import OrganismePayeur
from tests import fabriques as f
from tests.echanges.caf import conftest
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import FEVRIER, autre_personne, clos, entete, importer

pytestmark = pytest.mark.django_db
flux = conftest.flux


@pytest.fixture
def bilan(flux: Flux) -> str:
    """Two months loaded, one household set aside; the address of the report of its body."""
    gens = [foyer(f"0000001010{n}", *autre_personne(n)) for n in range(3)]
    importer(flux(foyer(), *gens))
    illisible = foyer("00000010109", *autre_personne(8)).replace("<DTNAI>", "<DTNAI>X")
    importer(flux(foyer("00000010094", *clos("MUT")), *gens, illisible, entete=entete(FEVRIER)), confirmer=True)
    return reverse("import_bilan", args=[OrganismePayeur.objects.get().pk])


def vue(client: Client, url: str, role: RoleAgent) -> str:
    client.force_login(f.agent(role))
    reponse = client.get(url)
    assert reponse.status_code == 200
    corps = reponse.content.decode()
    return corps[corps.index("<main") : corps.index("</main>")]


def test_who_steers_reads_what_the_last_file_changed(client: Client, bilan: str) -> None:
    lu = vue(client, bilan, RoleAgent.PILOTAGE)
    texte = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", lu)))
    assert "Fichier mensuel de la CAF de Créteil, février 2026" in texte
    assert "Qui a bougé, et pourquoi" in texte
    assert FichierRecu.objects.filter(reference_le=date(2026, 2, 28), statut="charge").exists()
    for secret in ("TIREVENT", "NORA", "00000010094", "00000010109", "9123456"):
        assert secret not in lu
    dernier = FichierRecu.objects.latest("reference_le")
    assert f"/fichiers/{dernier.pk}/" not in lu  # neither the pages of the data desk, nor the lists behind figures


def test_it_is_reached_from_the_overview(client: Client, bilan: str) -> None:
    assert f'href="{bilan}"' in vue(client, reverse("pilotage"), RoleAgent.PILOTAGE)


def test_elected_members_read_what_is_published_only(client: Client, bilan: str) -> None:
    assert bilan not in vue(client, reverse("pilotage"), RoleAgent.ELU)
    assert client.get(bilan).status_code == 403


@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [360, 1280])
def test_it_is_readable_by_everybody_on_a_phone_too(
    live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any], bilan: str, largeur: int
) -> None:
    ecran, plaintes = visiter(live_server.url + bilan, largeur, agent=f.agent(RoleAgent.PILOTAGE))
    assert violations(ecran) == []
    assert ecran.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert plaintes == []
