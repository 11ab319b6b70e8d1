"""Pages of structures by role: who reads which structure, what stays hidden, lists logged, constant queries."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.personnes.models import Lecture
from cordee.pilotage.comparaisons.issues import ISSUES
from cordee.pilotage.etudes.services import calculer_en_attente
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from tests import fabriques as f
from tests.pilotage import gens
from tests.web.acces_codes import ROLES

pytestmark = pytest.mark.django_db
ESPACES = re.compile(r"\s+")
MOIS: dict[str, Any] = {"mois": "2025-12"}
LE = date(2025, 9, 10)


@dataclass(frozen=True)
class Monde:
    """``chef`` and ``ref`` work in ``eds``."""

    eds: Structure
    voisine: Structure
    agents: dict[str, Agent]


def mots(reponse: Any) -> str:
    """The words of a page."""
    corps = reponse.content.decode()
    corps = corps[corps.index("<main") : corps.index("</main>")]
    return ESPACES.sub(" ", unescape(re.sub(r"<[^>]+>", " ", corps)))


def ouvrir(client: Client, d: Monde, role: str, nom: str, *args: str, statut: int = 200, **parametres: str) -> Any:
    client.force_login(d.agents[role])
    reponse = client.get(reverse(nom, args=args), parametres)
    assert reponse.status_code == statut, reponse.content.decode()[:1500]
    return reponse


def calculer() -> int:
    return calculer_en_attente(maintenant=lambda: f.MAINTENANT)


@pytest.fixture
def monde(settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Monde:
    """Two structures of 22 people, nine of the first under contract; a lake of them, no figure computed."""
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    for code in set(ISSUES) - {"contrat_un_mois", "presence"}:  # two are enough to see pages
        monkeypatch.delitem(ISSUES, code)
    f.commune()
    f.systeme()
    eds, voisine = f.structure(nom="EDS des essais"), f.structure(nom="EDS du Bois")
    for structure, contrats in ((eds, 9), (voisine, 0)):
        for rang in range(22):
            personne = gens.soumise(depuis=date(2025, 1, 31))
            gens.orientation(personne, structure, LE)
            gens.referent(personne, structure, None, LE)
            if rang < contrats:
                gens.contrat(personne, structure, LE + timedelta(days=9))
            gens.fait(personne, GenreEvenement.CONTACT, LE + timedelta(days=40), resultat="jointe")
    sur_place = ("ref", "chef")
    agents = {cle: f.agent(ROLES[cle], structure=eds if cle in sur_place else voisine)
              for cle in ("pilo", "elu", "enca", *sur_place)}  # fmt: skip
    rafraichir_le_lac(le=f.MAINTENANT)
    return Monde(eds, voisine, agents)


# Compared -------------------------------------------------------------------------------------------------------------
def test_who_steers_reads_every_structure_and_no_rank_the_head_of_one_hers_only(client: Client, monde: Monde) -> None:
    parametres: dict[str, Any] = {"issue": "contrat_un_mois", **MOIS}
    assert "Calcul en cours" in mots(ouvrir(client, monde, "pilo", "pilotage_structures", **parametres))
    assert calculer() == 1
    lu = mots(ouvrir(client, monde, "pilo", "pilotage_structures", **parametres))
    assert "EDS des essais" in lu
    assert "EDS du Bois" in lu
    assert "Ce que cela ne dit pas : pourquoi." in lu
    assert "Le hasard seul" in lu or "le hasard seul" in lu
    assert "Trop peu de personnes pour tenir compte de leurs caractères" in lu
    assert not re.search(r"\b(1er|2e|rang|classement n)\b", lu)
    for forme in ("entonnoir", "chenille", "calibration"):
        dessin = ouvrir(client, monde, "pilo", "pilotage_structures_graphique", forme=forme, **parametres)
        assert json.loads(dessin.content)["$schema"]
    fichier = ouvrir(client, monde, "pilo", "pilotage_structures_export", format="csv", **parametres)
    assert "EDS des essais" in fichier.content.decode("utf-8-sig")

    # The head of a structure: sent to her own page; the other does not exist for her; charts and files hold hers alone.
    client.force_login(monde.agents["chef"])
    vers = client.get(reverse("pilotage_structures"), MOIS)
    assert (vers.status_code, vers.headers["Location"].split("?")[0]) == (
        302, reverse("pilotage_structure", args=[monde.eds.code])
    )  # fmt: skip
    lu = mots(ouvrir(client, monde, "chef", "pilotage_structure", monde.eds.code, **MOIS))
    assert "EDS des essais" in lu
    ouvrir(client, monde, "chef", "pilotage_structure", monde.voisine.code, statut=404, **MOIS)
    for nom in ("pilotage_structures", "pilotage_structures_export", "pilotage_structures_graphique"):
        reponse = ouvrir(client, monde, "chef", nom, issue="contact_trois_mois", forme="entonnoir", **MOIS)
        assert "EDS du Bois" not in reponse.content.decode("utf-8-sig"), nom


def test_elected_members_read_no_structure_but_where_figures_come_from(client: Client, monde: Monde) -> None:
    for nom in (
        "pilotage_structures",
        "pilotage_structures_temps",
        "pilotage_structures_dossiers",
        "pilotage_structures_file",
    ):
        ouvrir(client, monde, "elu", nom, statut=403)
    assert "D'où viennent les chiffres" in mots(ouvrir(client, monde, "elu", "pilotage_structures_sources"))


# Through time, files ------------------------------------------------------------------------------------------------
def test_series_and_files_are_read_by_structure(client: Client, monde: Monde) -> None:
    ouvrir(client, monde, "pilo", "pilotage_structures_temps", mesure="frequence")
    ouvrir(client, monde, "pilo", "pilotage_structures_dossiers")
    assert calculer() == 2
    lu = mots(
        ouvrir(client, monde, "pilo", "pilotage_structures_temps", mesure="frequence", structure=monde.voisine.code)
    )
    assert "EDS du Bois" in lu
    assert "Trop peu de trimestres connus" in lu
    dessin = ouvrir(client, monde, "pilo", "pilotage_structures_temps_graphique", mesure="frequence")
    assert json.loads(dessin.content)["layer"]
    dossiers = mots(ouvrir(client, monde, "pilo", "pilotage_structures_dossiers", tri="-score"))
    assert "Tous les dossiers" in dossiers
    assert "EDS du Bois" in dossiers
    siens = mots(ouvrir(client, monde, "chef", "pilotage_structures_dossiers"))
    assert "EDS des essais" in siens
    assert "EDS du Bois" not in siens
    fichier = ouvrir(client, monde, "chef", "pilotage_structures_dossiers_export", format="csv")
    assert "EDS du Bois" not in fichier.content.decode("utf-8-sig")


# Caseload -----------------------------------------------------------------------------------------------------------
def test_a_head_opens_the_list_behind_a_figure_and_each_read_is_logged(client: Client, monde: Monde) -> None:
    lu = mots(ouvrir(client, monde, "chef", "pilotage_structures_file"))
    assert "File active au 17 février 2026" in lu
    assert "Contrat en cours" in lu
    parametres: dict[str, Any] = {"ligne": "contrat", "colonne": "soumises"}
    avant = Lecture.objects.count()
    liste = mots(ouvrir(client, monde, "chef", "pilotage_structures_file_personnes", **parametres))
    assert "9 personnes que vous pouvez voir" in liste
    assert Lecture.objects.count() == avant + 9
    fichier = ouvrir(client, monde, "chef", "pilotage_structures_file_export", format="csv", **parametres)
    assert len(fichier.content.decode("utf-8-sig").strip().splitlines()) == 10
    assert Lecture.objects.count() == avant + 18


def test_a_referent_reads_her_own_people_and_no_choice_of_structure(client: Client, monde: Monde) -> None:
    personne = gens.soumise(depuis=date(2025, 1, 31))
    gens.referent(personne, monde.eds, monde.agents["ref"], LE)
    reponse = ouvrir(client, monde, "ref", "pilotage_structures_file", structure=str(monde.eds.pk))
    lu = mots(reponse)
    assert "Mes personnes" in lu
    assert re.search(r"En tout Toutes les personnes de la colonne. 1 ", lu)
    liste = ouvrir(client, monde, "ref", "pilotage_structures_file_personnes", ligne="en_tout", colonne="toutes",
                   structure=str(monde.eds.pk))  # fmt: skip
    assert "1 personne que vous pouvez voir" in mots(liste)


def test_who_manages_the_departement_chooses_a_structure_and_others_cannot(client: Client, monde: Monde) -> None:
    assert "Choisissez une structure" in mots(ouvrir(client, monde, "enca", "pilotage_structures_file"))
    pk = str(monde.eds.pk)
    assert "EDS des essais" in mots(ouvrir(client, monde, "enca", "pilotage_structures_file", structure=pk))
    client.force_login(f.agent(RoleAgent.CHEF_STRUCTURE, structure=monde.voisine))
    for nom in ("pilotage_structures_file", "pilotage_structures_file_personnes"):
        assert client.get(reverse(nom), {"structure": pk, "ligne": "en_tout", "colonne": "toutes"}).status_code == 404


def test_a_page_asks_the_same_number_of_queries_whatever_its_size(
    client: Client, monde: Monde, django_assert_max_num_queries: Any
) -> None:
    ouvrir(client, monde, "pilo", "pilotage_structures_sources")
    calculer()
    for role, nom, requetes in (("chef", "pilotage_structures_file", 16), ("pilo", "pilotage_structures_sources", 24)):
        with django_assert_max_num_queries(requetes):
            ouvrir(client, monde, role, nom)
