"""An experiment registered on its day, and people of a small world as arrays, whose true effect is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.evaluation.regles.protocole import Protocole, Traite
from cordee.pilotage.evaluation.services import registre
from cordee.pilotage.models import Experience
from tests import fabriques as f


def a_dix_heures(jour: str) -> datetime:
    return datetime.fromisoformat(f"{jour}T10:00:00").replace(tzinfo=UTC)


def protocole(**autres: Any) -> Protocole:
    dit: dict[str, Any] = {
        "devis": "territoires", "critere": "activite_6_mois", "entrees_du": "2022-01-01", "debut": "2024-03-01",
        "fin": "2025-12-31", "effet_minimal": 2.0, "traites": (Traite("94028", "2024-03-01"),),
        "temoins": ("temoin_femme",), "estimateurs": ("naif", "differences", "permutation"),
    }  # fmt: skip
    return Protocole(**(dit | autres))


@pytest.fixture
def analyste(db: None) -> Agent:
    return f.agent(RoleAgent.PILOTAGE)


@pytest.fixture
def enregistree(analyste: Agent) -> Callable[..., Experience]:
    """``enregistree(jusqu_a="en_cours")``: an experiment sealed in January 2024, and further if asked."""

    def faire(jusqu_a: str = "enregistree", **autres: Any) -> Experience:
        e = registre.ecrire_brouillon(
            titre="Trois communes", hypothese="Plus d'activité à six mois.", protocole=protocole(**autres),
            par=analyste, le=a_dix_heures("2024-01-10"),
        )  # fmt: skip
        e = registre.enregistrer(experience=e, par=analyste, le=a_dix_heures("2024-01-12"))
        if jusqu_a != "enregistree":
            e = registre.demarrer(experience=e, par=analyste, le=a_dix_heures("2024-03-01"))
        if jusqu_a == "close":
            e = registre.clore(experience=e, par=analyste, le=a_dix_heures("2026-01-05"))
        return e

    return faire
