"""The page of the official tables: asked for, read, sent as a file, hidden for publication; for who analyses only."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.enums import EtatDroit
from cordee.pilotage.etudes.services import calculer_en_attente
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from cordee.pilotage.officiels.moteur import moteur
from cordee.web.pilotage.officiels.fichiers import en_classeur, en_texte, en_version
from cordee.web.pilotage.officiels.presentation import Version, perimetres
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyste(client: Client, sans_chiffres: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    client.force_login(f.agent(RoleAgent.PILOTAGE))
    return client


@pytest.fixture
def tables(analyste: Client) -> Client:
    """Twenty-three people on 31 December 2025, fifteen oriented; the tables computed."""
    eds = f.structure()
    for rang in range(23):
        personne = gens.soumise()
        if rang < 15:
            gens.orientation(personne, eds, date(2024, 5, 6))
    gens.soumise(depuis=date(2026, 1, 31))
    rafraichir_le_lac(le=MAINTENANT)
    analyste.get(reverse("pilotage_officiels"))
    assert calculer_en_attente(maintenant=lambda: MAINTENANT) == 1
    return analyste


def test_before_any_figure_the_page_says_what_is_missing(analyste: Client) -> None:
    lu = analyste.get(reverse("pilotage_officiels")).content.decode()
    assert "Pas encore d'année à montrer" in lu
    assert analyste.get(reverse("pilotage_officiels_export")).status_code == 409


def test_the_tables_are_read_with_their_universe_and_their_gaps(
    tables: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        lu = tables.get(reverse("pilotage_officiels")).content.decode()
    assert "DREES : orientation et accompagnement, année 2025" in lu
    assert "Univers : Soumis aux droits et devoirs, droit ouvert et non suspendu, au 31 décembre 2025" in lu
    assert "À transmettre à l&#x27;État" in lu
    assert "Ce qui ne peut pas être alimenté" in lu
    assert '<th scope="row" class="niveau-0">Ensemble</th><td>23</td><td>15</td>' in lu
    assert 'scope="rowgroup"' in lu
    assert "JOIN of_profils" in lu, "the published method is the query"


def test_an_unknown_choice_gives_the_latest_year_of_the_first_family(tables: Client) -> None:
    lu = tables.get(
        reverse("pilotage_officiels"), {"annee": "1999", "famille": "x", "instantane": "9"}
    ).content.decode()
    assert "DREES : orientation et accompagnement, année 2025" in lu


def test_the_version_for_publication_hides_what_is_small(tables: Client) -> None:
    """Eight are not oriented: under eleven, hidden, and one of the other two cells with it."""
    lu = tables.get(reverse("pilotage_officiels"), {"version": "publication"}).content.decode()
    assert '<td>23</td><td class="muet"><abbr title="secret">s</abbr></td>' in lu
    texte = tables.get(
        reverse("pilotage_officiels_export"), {"format": "csv", "version": "publication"}
    ).content.decode()
    valeurs = {(r[3], r[7], r[9]): r[11] for r in csv.reader(io.StringIO(texte.lstrip("\ufeff")), delimiter=";")}
    assert [valeurs["1", "total", c] for c in ("sdd", "orientees", "non_orientees", "taux")] == [
        "23", "secret", "secret", "secret",
    ]  # fmt: skip


def test_a_publication_says_of_no_perimeter_how_few_it_holds(tables: Client) -> None:
    """Two of an unknown flag, three suspended: said to the State, not published."""
    for _ in range(2):
        gens.soumise(sdd=None)
    for _ in range(3):
        gens.soumise(etat=EtatDroit.VERSEMENT_SUSPENDU)
    lu = moteur(rafraichir_le_lac(le=MAINTENANT).manifeste, {"famille": "drees", "annee": 2025})
    assert perimetres(lu, Version.ETAT)["suspendues"] == 3
    publies = perimetres(lu, Version.PUBLICATION)
    assert publies.pop("sdd_drees") == 23
    assert set(publies.values()) == {"moins de onze"}
    assert en_version(lu, Version.PUBLICATION)["univers"]["inconnues"] == "moins de onze"


def test_a_workbook_has_a_sheet_for_each_table_and_its_notice(tables: Client) -> None:
    reponse = tables.get(reverse("pilotage_officiels_export"), {"format": "xlsx"})
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="tableaux-drees-2025-etat.xlsx"'
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(reponse.content))
    assert classeur.sheet_names == ["Notice", *(f"Tableau {n}" for n in range(1, 7))]
    notice = [ligne[0] for ligne in classeur.get_sheet_by_name("Notice").to_python()]
    assert "Ce qui ne peut pas être alimenté" in notice
    lignes = classeur.get_sheet_by_name("Tableau 1").to_python()
    assert next(ligne for ligne in lignes if ligne[0] == "Ensemble")[1:3] == [23, 15]
    assert any("Univers : Soumis aux droits et devoirs" in str(ligne[0]) for ligne in lignes)


def test_nothing_a_spreadsheet_could_run_leaves() -> None:
    element = {"code": "=1+1", "libelle": '=HYPERLINK("http://x")', "definition": "@x", "niveau": 0, "genre": "compte"}
    table = {"code": "t", "numero": "1", "titre": "+titre", "unite": "personnes", "univers": "-u", "source": "s",
             "notes": [], "mensuel": False, "lignes": [element], "colonnes": [element], "valeurs": [[3]],
             "publication": [["s"]]}  # fmt: skip
    resultat = {"famille": "drees", "titre": "DREES", "annee": 2023, "au": "2023-12-31", "arrete": "2023-12-31",
                "faits_au": "2026-02-17", "tableaux": [table],
                "univers": {"sdd_drees": 1, "sdd_operationnel": 1, "drapeau_seul": 1, "inconnues": 0}}  # fmt: skip
    (ligne,) = list(csv.reader(io.StringIO(en_texte(resultat, Version.ETAT)), delimiter=";"))[1:]
    assert not [c for c in ligne if c.startswith(("=", "+", "-", "@"))]
    feuille = CalamineWorkbook.from_filelike(io.BytesIO(en_classeur(resultat, Version.ETAT))).get_sheet_by_index(1)
    assert '=HYPERLINK("http://x")' in [c for rang in feuille.to_python() for c in rang], "a text, never a formula"
    assert "valeurs" in en_version(resultat, Version.PUBLICATION)["tableaux"][0]
    assert en_version(resultat, Version.PUBLICATION)["tableaux"][0]["valeurs"] == [["s"]]


def test_only_who_analyses_opens_them(client: Client, tables: Client) -> None:
    for role in (RoleAgent.ELU, RoleAgent.CHEF_STRUCTURE, RoleAgent.REFERENT):
        client.force_login(f.agent(role))
        for nom in ("pilotage_officiels", "pilotage_officiels_export"):
            assert client.get(reverse(nom)).status_code == 403


def test_the_site_never_loads_the_statistics_for_them() -> None:
    code = "import sys, cordee.web.pilotage.officiels.urls; print([m for m in ('scipy', 'pandas') if m in sys.modules])"
    pret = f"from cordee.configuration.console import preparer_django; preparer_django(); {code}"
    sortie = subprocess.run([sys.executable, "-c", pret], capture_output=True, text=True, check=True)
    assert sortie.stdout.strip() == "[]"
