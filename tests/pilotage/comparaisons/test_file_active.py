"""The caseload on a day: every line and column on people counted by hand; the rights of that day, not of today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.personnes.models import Personne
from cordee.pilotage.comparaisons.file_active import (
    AVANCEES,
    PROBLEMES,
    ColonneFile,
    LigneFile,
    Portee,
    compter,
    personnes_de_la_case,
)
from tests import fabriques as f
from tests.pilotage import gens

pytestmark = pytest.mark.django_db
AU = date(2026, 2, 17)
ARRIVEE = date(2026, 1, 12)
L, C = LigneFile, ColonneFile


def diagnostic(personne: Personne, le: date, **champs: Any) -> Diagnostic:
    return Diagnostic.objects.create(personne=personne, mene_le=gens.a(le), mene_par=f.systeme(), **champs)


@pytest.fixture
def eds() -> Structure:
    f.commune()
    f.systeme()
    return f.structure()


@pytest.fixture
def file(eds: Structure) -> dict[str, Personne]:
    """Six people: one here for years, three new, one gone in January, one whose right has ended."""
    tous = {
        nom: gens.soumise(depuis=date(2025, 1, 31)) for nom in ("ancienne", "vue", "assidue", "collective", "partie")
    }
    tous["close"] = gens.soumise(depuis=date(2025, 1, 31), fin=date(2026, 2, 1))
    for nom, personne in tous.items():
        depuis = date(2024, 5, 2) if nom in ("ancienne", "partie") else ARRIVEE
        gens.referent(personne, eds, None, depuis, date(2026, 1, 20) if nom == "partie" else None)
    diagnostic(tous["ancienne"], date(2024, 4, 2), niveau="bac")
    diagnostic(tous["vue"], ARRIVEE + timedelta(days=3), themes={"sante": "non_aborde"})
    diagnostic(tous["assidue"], ARRIVEE + timedelta(days=3), themes={"sante": "fort"})
    gens.contrat(tous["ancienne"], eds, date(2025, 3, 3))
    gens.contrat(tous["assidue"], eds, date(2026, 1, 26))
    gens.rendez_vous(tous["vue"], eds, date(2026, 2, 3), "honore", genre="accompagnement")
    for jour in (1, 2, 5, 6):
        gens.rendez_vous(tous["assidue"], eds, date(2026, 2, jour), "honore", genre="accompagnement")
    gens.rendez_vous(tous["collective"], eds, date(2026, 2, 4), "honore", genre="collectif")
    gens.rendez_vous(tous["ancienne"], eds, date(2026, 1, 6), "prevu", genre="accompagnement")
    gens.rendez_vous(tous["ancienne"], eds, date(2026, 4, 1), "prevu", genre="accompagnement")
    return tous


def test_every_line_and_column_is_counted_by_hand(eds: Structure, file: dict[str, Personne]) -> None:
    comptes = compter(Portee([eds.pk], None, AU))
    assert {ligne: tuple(comptes[ligne][c] for c in C) for ligne in L} == {
        #                       all new open soumises
        L.EN_TOUT: (6, 4, 4, 4), L.DIAGNOSTIC: (3, 2, 3, 3), L.GARDEES: (2, 2, 2, 2), L.DIRECTES: (1, 0, 1, 1),
        L.RENDEZ_VOUS: (2, 2, 2, 2), L.CONTRAT: (2, 1, 2, 2), L.RDV_1_3: (0, 0, 0, 0), L.RDV_4: (1, 1, 1, 1),
        L.SANS_RDV_30: (4, 2, 2, 2), L.SANS_RDV_60: (3, 2, 1, 1), L.SANS_SUITE: (1, 0, 1, 1),
        L.COLLECTIF_SEUL: (1, 1, 1, 1), L.RDV_SANS_DIAGNOSTIC: (1, 1, 1, 1), L.RDV_SANS_CONTRAT: (1, 1, 1, 1),
        L.NI_CONTRAT_NI_RDV: (4, 3, 2, 2),
    }  # fmt: skip
    assert {*AVANCEES, *PROBLEMES} == set(L)


def test_a_cell_gives_the_people_it_counts(eds: Structure, file: dict[str, Personne]) -> None:
    noms = {p.pk: nom for nom, p in file.items()}
    portee = Portee([eds.pk], None, AU)
    assert {noms[pk] for pk in personnes_de_la_case(portee, L.NI_CONTRAT_NI_RDV, C.SOUMISES)} == {"vue", "collective"}
    comptes = compter(portee)
    for ligne in L:
        for colonne in C:
            assert len(personnes_de_la_case(portee, ligne, colonne)) == comptes[ligne][colonne]


def test_a_past_day_reads_the_rights_and_the_structure_of_that_day(eds: Structure, file: dict[str, Personne]) -> None:
    """On 15 January the one who left was still here and the one whose right ended had it; nobody had been seen yet."""
    comptes = compter(Portee([eds.pk], None, date(2026, 1, 15)))
    assert tuple(comptes[L.EN_TOUT][c] for c in C) == (6, 4, 6, 6)
    assert comptes[L.RENDEZ_VOUS][C.TOUTES] == 0
    avant = compter(Portee([eds.pk], None, date(2025, 12, 31)))
    assert tuple(avant[L.EN_TOUT][c] for c in C) == (2, 0, 2, 2)


def test_a_referent_counts_her_own_people_only(eds: Structure, file: dict[str, Personne]) -> None:
    sienne = f.agent(RoleAgent.REFERENT, structure=eds)
    personne = gens.soumise(depuis=date(2025, 1, 31))
    gens.referent(personne, eds, sienne, ARRIVEE)
    comptes = compter(Portee([eds.pk], sienne.pk, AU))
    assert comptes[L.EN_TOUT][C.TOUTES] == 1
    assert compter(Portee([eds.pk], None, AU))[L.EN_TOUT][C.TOUTES] == 7
    assert compter(Portee([], None, AU))[L.EN_TOUT][C.TOUTES] == 0


def test_two_rows_of_one_person_are_one_person(eds: Structure, file: dict[str, Personne]) -> None:
    """A row merged into another: its appointments and its place count for the canonical one."""
    double = gens.soumise(depuis=date(2025, 1, 31))
    gens.rendez_vous(double, eds, date(2026, 2, 9), "honore", genre="accompagnement")
    gens.referent(double, eds, None, ARRIVEE, date(2026, 1, 13))
    double.canonique = file["collective"]
    double.save(update_fields=["canonique"])
    comptes = compter(Portee([eds.pk], None, AU))
    assert comptes[L.EN_TOUT][C.TOUTES] == 6
    assert comptes[L.RENDEZ_VOUS][C.SOUMISES] == 3


def test_the_whole_board_is_one_query(eds: Structure, file: dict[str, Personne]) -> None:
    with CaptureQueriesContext(connection) as requetes:
        compter(Portee([eds.pk], None, AU))
    assert len(requetes) == 1
