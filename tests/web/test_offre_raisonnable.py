"""The reasonable offer on « Ma file active » and on the page of the contract, with the act that defines it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.models import Contrat
from cordee.metier.organismes.enums import RoleAgent
from cordee.reglementation.delais import echeance
from cordee.socle import horloge
from tests import fabriques as f
from tests.metier.heures import sous_contrat


@pytest.mark.django_db
@pytest.mark.parametrize("jours", [30, 300])
def test_told_with_its_date_and_the_act(client: Client, jours: int) -> None:
    eds, au = f.structure(), horloge.aujourdhui()
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    personne, contrat = sous_contrat(eds, agent, depuis=au - timedelta(days=jours))
    terme = echeance("offre_raisonnable_emploi", depuis=contrat.debut or au).date
    client.force_login(agent)
    (ligne,) = client.get(reverse("ma_file"), {"signal": "ore"}).context["lignes"]
    marque = next(m for c in ligne.cellules for m in c.marques if m.texte == "Définir l'offre d'emploi")
    assert (marque.detail, marque.url) == (
        f"avant le {terme:%d/%m/%y}", reverse("acte", args=[personne.pk, "actualiser"])
    )  # fmt: skip
    page = client.get(reverse("contrat", args=[contrat.pk])).content.decode()
    mots = "sont à définir avant le" if terme >= au else "devaient être définis avant le"
    assert f"{mots} {terme:%d/%m/%Y}" in page
    assert reverse("acte_contrat", args=[personne.pk]) in page
    Contrat.objects.update(ore_emploi="Cuisinier", ore_zone="Créteil", ore_salaire="12 €")
    assert not client.get(reverse("ma_file"), {"signal": "ore"}).context["lignes"]
    page = client.get(reverse("contrat", args=[contrat.pk])).content.decode().lower()
    assert "offre raisonnable d'emploi" not in page
