"""A small département whose figures are computed for good: five communes, one of them tiny, and a structure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from cordee.pilotage.entetes import definitions
from cordee.pilotage.services import rafraichir
from cordee.territoires.models import Commune, Ept
from tests import fabriques as f
from tests.pilotage import gens
from tests.web.acces_codes import ROLES

DEPUIS = date(2025, 1, 31)
ORIENTEES_LE = date(2025, 2, 10)
CALCULES = {
    "personnes_sdd", "en_attente_orientation", "taux_orientation", "taux_contrat", "contrats_en_cours",
    "contrats_signes_mois", "contrats_par_jour_ouvre", "stock_sans_contrat_engagement", "charge_referent",
}  # fmt: skip
"""The indicators whose figures the tests read: fourteen months of all sixty would take longer than the pages."""


@dataclass(frozen=True)
class Departement:
    """Seventy-one people, 33 of whom the structure accompanies, 25 with a contract."""

    eds: Structure
    agents: dict[str, Agent]
    avec_contrat: list[Personne]


@pytest.fixture
def sans_chiffres(settings: Any, tmp_path: Path, db: None) -> None:
    """No lake yet."""
    settings.CORDEE_HOME = tmp_path
    f.commune()
    f.systeme()


@pytest.fixture
def departement(settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Departement:
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    f.systeme()
    eds, ailleurs = f.structure(nom="EDS des essais"), f.structure(nom="EDS voisin")
    referente = f.agent(RoleAgent.REFERENT, structure=eds)
    avec_contrat: list[Personne] = []
    for commune, effectif, orientees, contrats in _communes():
        habitants = [gens.soumise(depuis=DEPUIS, commune=commune) for _ in range(effectif)]
        for personne in habitants[:orientees]:
            gens.orientation(personne, eds, ORIENTEES_LE)
            gens.referent(personne, eds, referente, ORIENTEES_LE)
            f.rattachement(personne, eds, debut=ORIENTEES_LE)
        for personne in habitants[:contrats]:
            gens.contrat(personne, eds, date(2025, 6, 2))
        avec_contrat += habitants[:contrats]
    sur_place = ("ref", "chef", "ts", "oper", "cemp")
    agents = {cle: f.agent(role, structure=eds if cle in sur_place else ailleurs) for cle, role in ROLES.items()}
    retenus = {code: d for code, d in definitions().items() if code in CALCULES}
    for module in ("calcul", "du_jour"):
        monkeypatch.setattr(f"cordee.pilotage.{module}.definitions", lambda: retenus)
    rafraichir(le=f.MAINTENANT)
    return Departement(eds, agents, avec_contrat)


def _communes() -> list[tuple[Commune, int, int, int]]:
    """Communes of two EPT, with how many people are subject, oriented, under contract."""
    fleuve, bois = Ept.objects.create(code="E1", nom="EPT du fleuve"), Ept.objects.create(code="E2", nom="EPT du bois")
    faits = (
        ("94028", "Créteil", 48.7845, 2.4523, fleuve, (24, 12, 8)),
        ("94002", "Alfortville", 48.7963, 2.4214, fleuve, (15, 7, 6)),
        ("94042", "Joinville-le-Pont", 48.8199, 2.4685, fleuve, (4, 0, 0)),
        ("94080", "Vincennes", 48.8474, 2.4376, bois, (16, 8, 6)),
        ("94018", "Charenton-le-Pont", 48.8229, 2.4050, bois, (12, 6, 5)),
    )
    return [
        (Commune.objects.create(code_insee=code, nom=nom, departement="94", ept=ept, latitude=lat, longitude=lon), *ns)
        for code, nom, lat, lon, ept, ns in faits
    ]
