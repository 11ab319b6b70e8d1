"""The document of an experiment: asked on the page, made by the worker, its words those of the page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.evaluation.services import registre
from cordee.pilotage.models import Edition, Experience
from cordee.pilotage.rapports import editions
from tests import fabriques as f
from tests.web.pilotage.evaluation.test_pages_evaluation import PROTOCOLE, etudiee, pilote  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
Etudiee = Callable[..., Experience]


@pytest.fixture(autouse=True)
def ici(settings: Any, tmp_path: Path) -> None:
    settings.CORDEE_HOME = tmp_path


def lire(client: Client, nom: str, e: Experience, statut: int = 200) -> bytes:
    reponse = client.get(reverse(nom, args=[e.code]))
    assert reponse.status_code == statut
    return bytes(reponse.content)


def preparer(client: Client, qui: Agent, e: Experience) -> None:
    """Ask for it on the page, then what the worker does."""
    client.force_login(qui)
    assert "Préparer le PDF" in lire(client, "pilotage_experience_pdf_etat", e).decode()
    demandee = client.post(reverse("pilotage_experience_pdf_preparer", args=[e.code]))
    assert demandee.status_code == 302
    assert "en préparation" in lire(client, "pilotage_experience_pdf_etat", e).decode()
    lire(client, "pilotage_experience_pdf", e, 404)
    assert editions.preparer_en_attente(maintenant=lambda: f.MAINTENANT) == 1
    edition = Edition.objects.latest("pk")
    assert edition.etat == "calculee", edition.erreur


def texte_de(octets: bytes) -> str:
    lu = PdfReader(io.BytesIO(octets))
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]  # structured: a screen reader follows it
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in lu.pages)).replace("’", "'")


def test_the_document_says_what_the_page_says(client: Client, pilote: Agent, etudiee: Etudiee) -> None:  # noqa: F811
    e = etudiee(8.0)
    preparer(client, pilote, e)
    dit = texte_de(lire(client, "pilotage_experience_pdf", e))
    dans_l_ordre = (
        e.titre, "12 janvier 2024, avant son début", e.hypothese, "On peut conclure à un effet favorable",
        "On ne peut pas dire que l'écart brut", "Un écart, pas un effet", "Estimation principale",
        "l'estimation va de +", "il doit rester autour de zéro", "20,7 %",
        "C'est un écart, pas un effet.", "Là où il ne doit rien y avoir", "Qui est compté",
        "Plus petit effet que l'étude peut voir", "Le registre", "retrouvée à partir du registre",
    )  # fmt: skip
    places = [dit.find(mot) for mot in dans_l_ordre]
    assert -1 not in places, dict(zip(dans_l_ordre, places, strict=True))
    assert places == sorted(places), dict(zip(dans_l_ordre, places, strict=True))
    assert "Non publié" in dit
    assert e.sceau in dit.replace(" ", "")


def test_who_reads_the_experiment_reads_its_document_and_nobody_else(
    client: Client,
    pilote: Agent,  # noqa: F811
    etudiee: Etudiee,  # noqa: F811
) -> None:
    """The file of before the publication is not the one of after; its number opens nothing to others."""
    e, elue = etudiee(8.0), f.agent(RoleAgent.ELU)
    preparer(client, pilote, e)
    avant = Edition.objects.get()
    client.force_login(elue)
    for nom in ("pilotage_experience_pdf", "pilotage_experience_pdf_etat"):
        lire(client, nom, e, 404)
    for qui in (elue, f.agent(RoleAgent.ENCADRANT)):
        client.force_login(qui)
        assert client.get(reverse("edition_fichier", args=[avant.pk])).status_code == 404
    registre.publier(experience=e, par=pilote, le=f.MAINTENANT)
    client.force_login(elue)
    lire(client, "pilotage_experience_pdf", e, 404)  # it bore « Non publié »
    preparer(client, elue, e)
    dit = texte_de(lire(client, "pilotage_experience_pdf", e))
    assert "Non publié" not in dit
    assert "Résultats publiés le : 17 février 2026" in dit.replace("\xa0", " ")
    assert client.get(reverse("edition_fichier", args=[avant.pk])).status_code == 404


def test_nothing_to_take_away_before_results(client: Client, pilote: Agent) -> None:  # noqa: F811
    e = registre.ecrire_brouillon(titre="Essai", hypothese="Une.", protocole=PROTOCOLE, par=pilote, le=f.MAINTENANT)
    client.force_login(pilote)
    for nom in ("pilotage_experience_pdf", "pilotage_experience_pdf_etat"):
        lire(client, nom, e, 409)
    assert client.post(reverse("pilotage_experience_pdf_preparer", args=[e.code])).status_code == 409
    assert not Edition.objects.exists()
