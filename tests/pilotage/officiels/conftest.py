"""A small world between two photos of the rights, and the official tables of a year read cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.enums import EtatDroit
from cordee.pilotage.officiels.calcul import calculer
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

DERNIERE = date(2026, 1, 31)


@dataclass(frozen=True)
class Grille:
    """One table, read by the codes of its lines and columns."""

    table: dict[str, Any]
    version: str = "valeurs"

    def __getitem__(self, cle: tuple[str, str]) -> Any:
        ligne, colonne = cle
        lignes = [e["code"] for e in self.table["lignes"]]
        colonnes = [e["code"] for e in self.table["colonnes"]]
        return self.table[self.version][lignes.index(ligne)][colonnes.index(colonne)]

    def ligne(self, code: str) -> list[Any]:
        return list(self.table[self.version][[e["code"] for e in self.table["lignes"]].index(code)])


@dataclass(frozen=True)
class Monde:
    """Bodies of each side, and the tables of what the test put in the database."""

    lac: Lac
    ft: Structure
    mission: Structure
    departement: Structure
    association: Structure

    def tableaux(self, famille: str, annee: int) -> dict[str, Grille]:
        resultat = calculer(self.lac.manifeste, famille, annee)
        return {t["code"]: Grille(t) for t in resultat["tableaux"]}


@pytest.fixture
def monde(lac: Lac) -> Monde:
    """History runs from 31 December 2021 to 31 January 2026: a closed right shows the two ends."""
    gens.foyer(etat=EtatDroit.CLOS)
    gens.foyer(depuis=DERNIERE, etat=EtatDroit.CLOS)
    g = GenreOrganismeReferent
    return Monde(
        lac,
        ft=f.structure(TypeStructure.OPERATEUR_EMPLOI, g.OPERATEUR_EMPLOI),
        mission=f.structure(TypeStructure.MISSION_LOCALE, g.MISSION_LOCALE),
        departement=f.structure(TypeStructure.EDS, g.CONSEIL_DEPARTEMENTAL),
        association=f.structure(TypeStructure.ASSOCIATION, g.DELEGATAIRE),
    )
