"""The world of the reconciliation queue: one person per kind of disagreement, and who looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.personnes.enums import EtatDroit, MotifProposition
from cordee.metier.personnes.models import ContactPropose, DroitFoyer, Personne
from tests import fabriques as f

R, E, H = RoleAgent, GenreEvenement, GenreEcheance
LE = f.MAINTENANT
J = timedelta(days=1)
Ouvrir = Callable[..., Any]


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")


@pytest.fixture
def eds() -> Structure:
    return f.structure(nom="EDS des essais", commune=f.commune())


@pytest.fixture
def direction() -> Structure:
    return f.structure(TypeStructure.DEPARTEMENT, "")


@pytest.fixture
def comme(client: Client, eds: Structure, direction: Structure) -> Callable[[RoleAgent], Agent]:
    """Sign in as an agent of that role."""

    def ouvrir(role: RoleAgent) -> Agent:
        sur_place = role in (R.REFERENT, R.CHEF_STRUCTURE, R.OPERATEUR)
        agent = f.agent(role, structure=eds if sur_place else direction)
        client.force_login(agent)
        return agent

    return ouvrir


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def page(client: Client, **parametres: str) -> Any:
    return client.get(reverse("rapprochements"), parametres)


def qui(reponse: Any) -> list[str]:
    """Who stands in the list."""
    return [ligne.qui for ligne in reponse.context["lignes"]]


@pytest.fixture
def gens(eds: Structure) -> dict[str, Personne]:
    """One person per kind of disagreement."""
    f.systeme()
    noms = (
        "deces",
        "decision",
        "sanction",
        "fermeture",
        "mutation",
        "absence",
        "majoration",
        "identite",
        "sdd",
        "lieu",
    )
    trouves = {nom: f.soumise(eds, prenom=nom.title(), nom="Testard", le=LE - 40 * J) for nom in noms}
    le = LE - 12 * J
    f.evenement(trouves["deces"], E.DECES_PRESUME, le=le)
    f.evenement(trouves["decision"], E.DECISION_ATTENDUE, le=le, objets=["derogation_AGE"], depuis="2026-01-05")
    f.evenement(trouves["sanction"], E.SANCTION_CONSTATEE, le=le, objets=["versement_CG"], sens="vue")
    f.evenement(trouves["fermeture"], E.DROIT_SUSPENDU, le=le, motif="06", etat="4")
    f.evenement(trouves["mutation"], E.MUTATION_SORTANTE, le=le)
    f.evenement(trouves["absence"], E.NON_TRANSMISE, le=le)
    f.evenement(trouves["majoration"], E.MAJORATION_EN_DOUTE, le=le, enfant=1)
    f.evenement(trouves["identite"], E.IDENTITE_DOUTEUSE, le=le, arbitrage=1)
    f.evenement(trouves["sdd"], E.SDD_INCONNU, le=le)
    f.evenement(trouves["lieu"], E.ADRESSE_CHANGEE, le=le, structure=None, localisation="inconnue")
    foyer = trouves["fermeture"].appartenances.get().foyer
    DroitFoyer.objects.create(
        foyer=foyer, etat=EtatDroit.VERSEMENT_SUSPENDU, motif="06", motif_le=date(2026, 1, 1), debut=date(2026, 1, 31)
    )
    fin = trouves["cloture"] = f.soumise(eds, prenom="Cloture", nom="Testard", le=LE - 40 * J)
    f.accompagnee(fin, eds, f.agent(R.REFERENT, structure=eds), le=LE - 30 * J)
    f.evenement(fin, E.DROIT_CLOS, le=le, motif_sortie="autre")
    trouves["droit"] = f.personne(prenom="Droit", nom="Testard")
    f.evenement(trouves["droit"], E.PERSONNE_CREEE, le=le)
    trouves["contact"] = f.soumise(eds, prenom="Contact", nom="Testard", le=LE - 40 * J)
    f.contact(trouves["contact"], "0611111111")
    ContactPropose.objects.create(
        personne=trouves["contact"], genre="telephone", valeur="0622222222", motif=next(iter(MotifProposition)),
        date_du_fichier=date(2026, 2, 1), propose_le=le,
    )  # fmt: skip
    return trouves
