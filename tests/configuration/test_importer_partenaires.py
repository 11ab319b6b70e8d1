"""The operator's file and a partner's table, from end to end on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.configuration import commande
from cordee.demo.partenaires import COLONNES
from cordee.echanges.fichiers.models import ElementRejete
from cordee.echanges.partenaires.champs import GenreCorrespondance
from cordee.echanges.partenaires.services import enregistrer
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.models import InformationPartenaire
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f
from tests.echanges.partenaires.scenes import NIRS, dossier, pecg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-06-01T09:00")


def lancer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    capsys.readouterr()
    code = commande.main([str(a) for a in (*arguments, "--json")])
    sortie = capsys.readouterr().out
    return code, json.loads(sortie) if sortie else {}


def fabriquer(capsys: pytest.CaptureFixture[str], genre: str, chemin: Path) -> Path:
    options = ("--mois", "2026-01", "--foyers", 60, "--sortie", chemin)
    code, ecrits = lancer(capsys, "generer_flux", "--genre", genre, *options)
    assert code == 0
    assert max(v for v in ecrits.values() if isinstance(v, int)) > 0
    return chemin


def test_mensuel_puis_operateur(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI, nom="Opérateur fictif")
    assert lancer(capsys, "importer_flux", fabriquer(capsys, "mensuel", tmp_path / "m"))[0] == 0
    chemin = fabriquer(capsys, "operateur", tmp_path / "o")
    avant = Personne.objects.count()
    code, rapport = lancer(capsys, "importer_flux", chemin)
    assert (code, rapport["type"], rapport["emetteur"], rapport["reference"]) == (
        0, "operateur_emploi", agence.code, "2025-12-31",
    )  # fmt: skip
    mis_de_cote = len(rapport["rejets"])
    assert rapport["lus"] == rapport["pris"] + rapport["inchanges"] + rapport["introuvables"] + mis_de_cote
    assert rapport["compteurs"]["suivies_ailleurs"] > 0.4 * rapport["lus"]  # nobody is oriented yet
    assert (InformationPartenaire.objects.count(), Personne.objects.count()) == (rapport["pris"], avant)
    dits = json.dumps(rapport)
    assert not any(nom in dits for nom in Personne.objects.values_list("nom", flat=True))
    code, encore = lancer(capsys, "importer_flux", chemin)
    assert (code, encore["deja_recu"]) == (0, True)


def test_un_tableau_attend_sa_correspondance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(capsys, "importer_flux", fabriquer(capsys, "mensuel", tmp_path / "m"))[0] == 0
    chemin = fabriquer(capsys, "partenaire", tmp_path / "suivi.xlsx")
    assert commande.main(["importer_flux", str(chemin)]) == 1
    assert "pas encore de correspondance" in capsys.readouterr().err
    enregistrer(
        nom="Partenaire", genre=GenreCorrespondance.TABLEAU, emetteur=f.structure(), colonnes=COLONNES,
        par=f.systeme(), le=f.MAINTENANT,
    )  # fmt: skip
    code, rapport = lancer(capsys, "importer_flux", chemin)
    assert (code, rapport["type"], rapport["pris"] > 0) == (0, "partenaire", True)


def test_un_fichier_coupe_est_refuse_en_entier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI)
    f.soumise(nir=NIRS[0])
    chemin = pecg(tmp_path / "o", dossier(nir=NIRS[0], signe="2025"))
    chemin.write_bytes(chemin.read_bytes()[:-30])
    assert commande.main(["importer_flux", str(chemin)]) == 1
    assert "incomplet" in capsys.readouterr().err
    assert not InformationPartenaire.objects.exists()
    assert not ElementRejete.objects.exists()
