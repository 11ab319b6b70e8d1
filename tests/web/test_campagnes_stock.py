"""The backlog: the numbers of the dashboard, each with its list, and campaigns drawn from it by capacity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent as R
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.models import Campagne
from cordee.pilotage.entetes import definitions
from cordee.pilotage.selectors import indicateurs
from cordee.pilotage.services import rafraichir
from cordee.pilotage.stock import INDICATEURS, Stock
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.pilotage import gens

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Monde:
    eds: Structure
    agence: Structure
    plateforme: Agent
    anciennes: list[Personne]


@pytest.fixture
def monde(settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Monde:
    """Six people of the EDS present before 2025 without contract, one at the operator's, three who are no backlog."""
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    f.systeme()
    eds = f.structure(nom="EDS des essais", commune=f.commune())
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, GenreOrganismeReferent.OPERATEUR_EMPLOI, nom="Agence fictive")
    f.regle_secteur(eds, f.commune())
    plateforme = f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.DEPARTEMENT, ""))

    def presente(depuis: date, vers: Structure, voie: Voie = Voie.SOCIO_PRO) -> Personne:
        qui = gens.soumise(depuis=depuis, demande_le=depuis)
        f.entree_sdd(qui, eds, le=gens.a(depuis))
        f.orientee(qui, vers, voie=voie, le=gens.a(date(2025, 2, 3)))
        gens.orientation(qui, vers, date(2025, 2, 3), voie=voie)
        return qui

    entrees = (date(2015, 3, 2), date(2022, 3, 1), date(2024, 6, 3))
    anciennes = [presente(le, eds) for le in entrees for _ in range(2)]
    chez_lui = presente(date(2023, 3, 1), agence, Voie.EMPLOI)
    gens.fait(chez_lui, GenreEvenement.INFORMATION_PARTENAIRE, date(2026, 1, 12), pour=agence.pk)
    presente(date(2023, 3, 1), agence, Voie.EMPLOI)  # no news: counted apart, not among those
    presente(date(2025, 6, 2), eds)  # came later
    gens.contrat(presente(date(2021, 6, 1), eds), eds, date(2025, 6, 2))
    retenus = {code: d for code, d in definitions().items() if code in {*INDICATEURS.values(), "personnes_sdd"}}
    for module in ("calcul", "du_jour"):
        monkeypatch.setattr(f"cordee.pilotage.{module}.definitions", lambda: retenus)
    rafraichir(le=f.MAINTENANT, mois_passes=3)
    return Monde(eds, agence, plateforme, anciennes)


def compter(client: Client, url: str) -> int:
    return int(client.get(url).context["page"].paginator.count)


def test_every_number_is_the_dashboard_s_and_opens_its_list(client: Client, monde: Monde) -> None:
    client.force_login(monde.plateforme)
    page = client.get(reverse("campagnes_stock")).context
    (publie,) = indicateurs(pour=None, codes=[INDICATEURS[Stock.SANS_CONTRAT]])
    assert page["total"].nombre == publie.valeur == 7
    assert [(x.nom, x.total.nombre) for x in page["lignes"]] == [("EDS des essais", 6)]
    assert [(x.nom, x.total.nombre) for x in page["partenaires"]] == [("Agence fictive", 1)]
    (eds,) = page["lignes"]
    assert {libelle: c.nombre for c, libelle in eds.par_colonne if c.nombre} == {
        "1 à 2 ans": 2, "2 à 5 ans": 2, "10 ans et plus": 2,
    }  # fmt: skip
    cases = [page["total"], eds.total, *eds.cases, page["partenaires"][0].total]
    assert [compter(client, c.url) for c in cases] == [c.nombre for c in cases]
    # 221 working days from 17 February to the end of the year: seven people, one a week at most
    assert (page["rythme"].terme, page["rythme"].par_semaine) == (date(2027, 1, 1), 1)


def test_never_accompanied_are_told_by_sector(client: Client, monde: Monde) -> None:
    client.force_login(monde.plateforme)
    page = client.get(reverse("campagnes_stock") + "?file=jamais").context
    (publie,) = indicateurs(pour=None, codes=[INDICATEURS[Stock.JAMAIS]])
    assert page["total"].nombre == publie.valeur == sum(x.total.nombre for x in page["lignes"])
    assert compter(client, page["total"].url) == publie.valeur
    assert page["rythme"] is None


def test_the_curve_leads_to_the_term(client: Client, monde: Monde) -> None:
    client.force_login(monde.plateforme)
    graphique = client.get(reverse("campagnes_stock_courbe")).json()
    (droite,) = [c["data"]["values"] for c in graphique["layer"] if len(c.get("data", {}).get("values", ())) == 2
                 and c["data"]["values"][-1].get("mot")]  # fmt: skip
    assert (droite[0]["valeur"], droite[1]["mois"], droite[1]["valeur"]) == (7, "2027-01-01", 0)
    client.force_login(f.agent(R.REFERENT, structure=monde.eds))
    assert client.get(reverse("campagnes_stock_courbe")).status_code == 403


def test_a_campaign_by_capacity_and_by_lot(client: Client, monde: Monde) -> None:
    """What the operator follows is left to it; the draw and its number are kept."""
    client.force_login(monde.plateforme)
    suite = "?stock=sans_contrat&structure=hors_operateur&par_semaine=1&ordre=hasard&delai_ouvres=30"
    form = client.get(reverse("campagne_nouvelle") + suite).context["form"]
    saisie = {c: form.initial[c] for c in ("libelle", "genre", "par_semaine", "ordre", "delai_ouvres")}
    client.post(reverse("campagne_nouvelle") + suite, {**saisie, "action": "creer"})
    campagne = Campagne.objects.get()
    assert (campagne.genre, campagne.ordre, campagne.par_semaine, campagne.delai_ouvres) == ("contrat", "hasard", 1, 30)
    assert campagne.graine
    assert set(campagne.lignes.values_list("personne", flat=True)) == {p.pk for p in monde.anciennes}
    assert campagne.criteres["stock"] == "sans_contrat"


def test_without_figures_the_page_says_so_and_the_list_is_empty(
    client: Client, settings: Any, tmp_path: Path, db: None
) -> None:
    settings.CORDEE_HOME = tmp_path
    client.force_login(f.agent(R.AGENT_PLATEFORME))
    assert "pas encore été calculés" in client.get(reverse("campagnes_stock")).content.decode()
    assert compter(client, reverse("personnes") + "?stock=sans_contrat") == 0
