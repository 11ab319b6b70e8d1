"""The page of a person who is back names who accompanied her, beside the act that leads to a référent (R55)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.socle import horloge
from tests import fabriques as f


@pytest.mark.django_db
def test_said_with_the_act(client: Client) -> None:
    f.systeme()
    eds, le = f.structure(nom="EDS de Créteil"), horloge.maintenant()
    lea = f.agent(RoleAgent.REFERENT, structure=eds, prenom="Léa", nom="Exemple")
    plateforme = f.agent(RoleAgent.AGENT_PLATEFORME, structure=eds)
    avant, sortie = le - timedelta(days=730), le - timedelta(days=430)
    personne = f.soumise(eds, le=avant, sexe="femme")
    f.accompagnee(personne, eds, lea, le=avant)
    f.evenement(personne, E.DROIT_CLOS, le=sortie)
    client.force_login(plateforme)
    url = reverse("personne", args=[personne.pk])
    assert "était accompagnée" not in client.get(url).content.decode()
    f.entree_sdd(personne, eds, le=le)
    reponse = client.get(url)
    page = reponse.content.decode()
    assert f"Elle était accompagnée par Léa Exemple, EDS de Créteil, jusqu&#x27;au {sortie:%d/%m/%Y}" in page
    retour = reponse.context["retour"]
    assert retour.url in {reverse("acte", args=[personne.pk, cle]) for cle in ("orienter", "diagnostic")}
    assert f'href="{retour.url}"' in page
