"""Random controls, page by page (E29)."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.devoirs.models import ControleAleatoire, TirageControle
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.personnes.models import Lecture
from tests import fabriques as f
from tests.metier.devoirs.test_controles import sous_contrat

pytestmark = pytest.mark.django_db


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def test_announce_draw_conclude(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")
    agent = f.agent(RoleAgent.DEVOIRS, structure=f.structure(TypeStructure.DEPARTEMENT, ""))
    client.force_login(agent)
    eds = f.structure()
    for _ in range(4):
        sous_contrat(eds)
    assert "4 personnes ont un contrat en vigueur" in texte(client.get(reverse("controles")))
    assert client.post(reverse("controles_annoncer"), {"libelle": "T1", "nombre": "900"}).status_code == 422
    dit = texte(client.post(reverse("controles_annoncer"), {"libelle": "T1", "nombre": "2"}, follow=True))
    assert "scellée jusqu'au tirage" in dit
    tirage = TirageControle.objects.get()
    adresse = reverse("controles_tirer", args=[tirage.pk])
    assert "un autre jour que son annonce" in texte(client.post(adresse, follow=True))
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-18T11:00")
    dit = texte(client.post(adresse, follow=True))
    assert "Tirage vérifié" in dit
    assert "parmi 4 personnes" in dit
    controle = ControleAleatoire.objects.first()
    assert controle is not None
    conclure = reverse("controles_conclure", args=[controle.pk])
    assert "n'ouvre aucune procédure" in texte(client.get(conclure))
    assert Lecture.objects.filter(personne_id=controle.personne_id, finalite="controle").count() == 1
    dit = texte(client.post(conclure, {"resultat": "rien_a_signaler"}, follow=True))
    assert "Le contrôle est conclu" in dit
    assert client.post(conclure, {"resultat": "rien_a_signaler"}).status_code == 422
    with django_assert_max_num_queries(24):
        client.get(reverse("controles_tirage", args=[tirage.pk]))
    with django_assert_max_num_queries(18):
        client.get(reverse("controles"))
    client.force_login(f.agent(RoleAgent.REFERENT))
    assert client.get(reverse("controles")).status_code == 403
