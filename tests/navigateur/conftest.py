"""Journeys: a real browser on the real site and a real PostgreSQL, as several agents, at the hour the test says.

The browser, ``visiter`` and ``violations`` are those of the pages' own tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from tests import fabriques as f
from tests.web.conftest import navigateur, violations, visiter  # noqa: F401  (fixtures)
from tests.web.test_acces import monde  # noqa: F401  (fixture)

if TYPE_CHECKING:
    from playwright.sync_api import Page

Heure = Callable[[str], None]
Ouvrir = Callable[..., "Page"]


@dataclass(frozen=True)
class Equipe:
    """The département of a journey: the platform, the structure of the sector and the one next door, their agents."""

    plateforme: Structure
    secteur: Structure
    voisine: Structure
    agente: Agent
    encadrante: Agent
    cheffe: Agent
    referente: Agent
    etrangere: Agent
    donnees: Agent


@pytest.fixture
def heure(monkeypatch: pytest.MonkeyPatch) -> Heure:
    """``heure("2026-02-17T09:00")`` sets the clock of the site. It starts there."""

    def regler(instant: str) -> None:
        monkeypatch.setenv("CORDEE_MAINTENANT", instant)

    regler("2026-02-17T09:00")
    return regler


@pytest.fixture
def equipe(live_server: Any, heure: Heure) -> Equipe:
    """Three structures and six agents. Passwords are "secret"."""
    plateforme = f.structure(
        type=TypeStructure.PLATEFORME, nom="Plateforme fictive", categorie="", adresse="1 place du Test"
    )
    secteur = f.structure(
        nom="EDS fictif de Créteil", adresse="3 rue des Essais", code_postal="94000", commune=f.commune()
    )  # fmt: skip
    voisine = f.structure(nom="EDS fictif de Vitry")
    f.regle_secteur(secteur, f.commune(), PublicSecteur.TOUS)
    f.regle_secteur(voisine, f.commune("94081", "Vitry-sur-Seine"), PublicSecteur.TOUS)
    return Equipe(
        plateforme, secteur, voisine,
        agente=f.agent(RoleAgent.AGENT_PLATEFORME, structure=plateforme, prenom="Inès", nom="Fictive"),
        encadrante=f.agent(RoleAgent.ENCADRANT, structure=plateforme, prenom="Odile", nom="Fictive"),
        cheffe=f.agent(RoleAgent.CHEF_STRUCTURE, structure=secteur, prenom="Nora", nom="Fictive"),
        referente=f.agent(RoleAgent.REFERENT, structure=secteur, prenom="Léa", nom="Fictive"),
        etrangere=f.agent(RoleAgent.REFERENT, structure=voisine, prenom="Zoé", nom="Fictive"),
        donnees=f.agent(RoleAgent.GESTIONNAIRE_DONNEES, structure=plateforme, prenom="Maud", nom="Fictive"),
    )  # fmt: skip


@pytest.fixture
def ouvrir(live_server: Any, visiter: Any) -> Iterator[Ouvrir]:  # noqa: F811
    """``ouvrir(agent, largeur, adresse)`` → a page of a browser of her own, signed in.

    At the end no page may have complained: script error, security policy, resource that fails to load.
    """
    suivies: list[list[str]] = []

    def nouvelle(agent: Agent | None, largeur: int, adresse: str = "/") -> Page:
        page, plaintes = visiter(live_server.url + adresse, largeur, agent)
        suivies.append(plaintes)
        return page

    yield nouvelle
    # A status of the 400s is an answer of the site (refused form, unknown person), not a fault of the page.
    assert [p for plaintes in suivies for p in plaintes if "status of 4" not in p] == []
