"""A small organisation on paper, and lives of a small département: no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from cordee.demo.histoire.faits import faits
from cordee.demo.histoire.modele import AdulteHistoire, VieVecue
from cordee.demo.histoire.trajectoires import contexte as contexte_des_foyers
from cordee.demo.histoire.trajectoires import dynastie, plan
from cordee.demo.histoire.vies import AgentVie, ContexteVies, StructureVie, vivre
from cordee.demo.modele import Menage
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G

AU = date(2026, 11, 20)
DERNIERE_PHOTO = date(2026, 9, 30)
SYSTEME = 1
_OPERATEURS = date(2024, 1, 1)


class NumerosDePapier:
    """1, 2, 3… for each table."""

    def __init__(self) -> None:
        self.derniers: dict[str, int] = {}

    def suivant(self, table: str) -> int:
        self.derniers[table] = self.derniers.get(table, 0) + 1
        return self.derniers[table]


def _structures() -> Iterator[StructureVie]:
    T = TypeStructure
    yield StructureVie(id=1, type=T.PLATEFORME, nom="Plateforme d'orientation")
    for rang, commune in enumerate(("94028", "94081", "94017", "94041")):
        yield StructureVie(
            id=10 + rang, type=T.EDS, categorie=G.CONSEIL_DEPARTEMENTAL, commune=commune, nom=f"EDS {rang}"
        )
        yield StructureVie(id=20 + rang, type=T.CCAS, categorie=G.DELEGATAIRE, commune=commune, nom=f"CCAS {rang}")
    yield StructureVie(id=30, type=T.OPERATEUR, categorie=G.DELEGATAIRE, nom="Opérateur", debut=_OPERATEURS)
    yield StructureVie(id=40, type=T.OPERATEUR_EMPLOI, nom="Direction de l'opérateur de l'emploi")
    yield StructureVie(id=41, type=T.OPERATEUR_EMPLOI, categorie=G.OPERATEUR_EMPLOI, parent=40, nom="Agence")
    yield StructureVie(id=50, type=T.MISSION_LOCALE, categorie=G.MISSION_LOCALE, nom="Mission locale")
    yield StructureVie(id=60, type=T.CAP_EMPLOI, categorie=G.PLACEMENT_HANDICAP, nom="Cap emploi")
    yield StructureVie(id=70, type=T.DEPARTEMENT, nom="Direction")


def _agents(structures: tuple[StructureVie, ...]) -> Iterator[AgentVie]:
    numero = 100
    for s in structures:
        if not s.categorie or s.type is TypeStructure.OPERATEUR_EMPLOI:
            continue
        role = RoleAgent.OPERATEUR if s.type is TypeStructure.OPERATEUR else RoleAgent.REFERENT
        yield AgentVie(id=numero, structure=s.id, role=RoleAgent.CHEF_STRUCTURE)
        yield AgentVie(id=numero + 1, structure=s.id, role=role, poids=2.0)
        yield AgentVie(id=numero + 2, structure=s.id, role=role, fin=date(2025, 3, 1))
        yield AgentVie(id=numero + 3, structure=s.id, role=role, debut=date(2025, 4, 1))
        numero += 10
    for rang, role in enumerate((RoleAgent.LIAISON, RoleAgent.GESTIONNAIRE_DONNEES, RoleAgent.DEVOIRS)):
        yield AgentVie(id=900 + rang, structure=70, role=role)
    yield AgentVie(id=910, structure=1, role=RoleAgent.AGENT_PLATEFORME)
    yield AgentVie(id=911, structure=1, role=RoleAgent.ENCADRANT)


@cache
def organisation(graine: int = 1) -> ContexteVies:
    """A platform, four social centres and their CCAS, operators, one of each partner."""
    structures = tuple(_structures())
    return ContexteVies(graine=graine, systeme=SYSTEME, structures=structures, agents=tuple(_agents(structures)))


def secteur(menage: Menage, au: date) -> Mapping[str, Any]:
    """Communes go round four sectors; CCAS take people without a child; abroad there is none."""
    commune = menage.adresse.commune
    if commune is None or not commune.insee.startswith("94"):
        return {"structure": None, "localisation": "hors_departement", "domiciliee": menage.domicilie}
    rang = int(commune.insee) % 4
    return {
        "structure": 10 + rang if menage.enfants else 20 + rang, "localisation": "secteur",
        "domiciliee": menage.domicilie,
    }  # fmt: skip


def adultes(*, personnes: int, graine: int = 1) -> Iterator[AdulteHistoire]:
    """The adults of a small département, with what files told of them."""
    le_plan = plan(personnes=personnes, graine=graine, jusqu_au=DERNIERE_PHOTO)
    monde = contexte_des_foyers(le_plan)
    for numero in le_plan.numeros:
        yield from faits(
            dynastie(numero, graine=graine, contexte=monde), personne_id=lambda ordre: ordre, secteur=secteur,
            jusqu_au=DERNIERE_PHOTO,
        )  # fmt: skip


@cache
def vies(*, personnes: int = 400, graine: int = 1) -> tuple[tuple[AdulteHistoire, VieVecue], ...]:
    """Lived once for all the tests."""
    numeros = NumerosDePapier()
    return tuple(
        (adulte, vivre(adulte, organisation(graine), numeros, au=AU))
        for adulte in adultes(personnes=personnes, graine=graine)
    )
