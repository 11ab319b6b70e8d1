"""The commands a person in charge of the installation types, on a real base."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordee.configuration import commande
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent
from cordee.socle.horloge import jour
from cordee.territoires.models import Commune
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())


def lancer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = commande.main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_installer_prepares_an_empty_departement_and_can_be_run_again(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.CORDEE_HOME = tmp_path
    code, bilan = lancer(capsys, "installer", "--administrateur", "Chef@Departement.fr")
    assert (code, bilan["communes"], bilan["administrateur"]) == (0, 47, "chef@departement.fr")
    acces = Path(bilan["premier_acces"])
    assert acces.stat().st_mode & 0o077 == 0
    admin = Agent.objects.get(courriel="chef@departement.fr")
    assert admin.check_password(acces.read_text().splitlines()[1])
    assert Affectation.objects.get(agent=admin).role == RoleAgent.ADMINISTRATEUR
    code, bilan = lancer(capsys, "installer")
    assert (code, bilan["premier_acces"]) == (0, "")
    assert (Commune.objects.filter(departement="94").count(), Agent.objects.filter(systeme=False).count()) == (47, 1)


def test_verifier_parcours_counts_people_and_refuses_a_forgotten_one(capsys: pytest.CaptureFixture[str]) -> None:
    f.soumise(structure=f.structure())
    code, v = lancer(capsys, "verifier_parcours")
    assert (code, v["soumis"], v["sans_etape"], v["par_genre"]) == (0, 1, 0, {"convoquer": 1})
    assert set(v) == {"soumis", "sans_etape", "etapes_en_retard", "echeances_en_retard", "par_genre"}
    foyer = f.foyer()
    oubliee = f.personne(foyer=foyer)  # the file says she is soumise, nothing was ever recorded of her path
    f.droit(oubliee, foyer)
    code, v = lancer(capsys, "verifier_parcours")
    assert (code, v["soumis"], v["sans_etape"]) == (1, 2, 1)


def test_etapes_lists_the_late_ones(capsys: pytest.CaptureFixture[str]) -> None:
    f.soumise(structure=f.structure())
    _, toutes = lancer(capsys, "etapes")
    assert [e["genre"] for e in toutes] == ["convoquer"]
    _, tardives = lancer(capsys, "etapes", "--retard")
    assert all(date.fromisoformat(e["echeance"]) < jour(f.MAINTENANT) for e in tardives)


def test_personne_tells_where_somebody_stands(capsys: pytest.CaptureFixture[str]) -> None:
    eds = f.structure()
    foyer = f.foyer()
    personne = f.soumise(structure=eds, foyer=foyer)
    f.droit(personne, foyer)
    f.adresse(foyer=foyer)
    code, fiche = lancer(capsys, "personne", f"{foyer.numdemrsa}:DEM")
    assert (code, fiche["etat"], fiche["soumis"]) == (0, "entrante", True)
    assert fiche["etape_principale"]["genre"] == "convoquer"
    assert fiche["etape_principale"]["regle"]["nature"] == "objectif"
    assert (fiche["droits"]["sdd"], fiche["adresse"]["code_insee"]) == (True, "94028")
    assert (fiche["referent"], fiche["orientation"], fiche["contrat"]) == (None, None, None)
    assert personne.nom not in json.dumps(fiche)


def test_an_unknown_request_number_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert commande.main(["personne", "00000000000", "--json"]) == 1
    assert "Aucune personne" in capsys.readouterr().err


def test_reconstruire_finds_a_row_edited_by_hand_and_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    personne = f.soumise(structure=f.structure())
    assert lancer(capsys, "reconstruire", "--verifier")[0] == 0
    personne.etapes.update(echeance=date(2030, 1, 1))
    code, bilan = lancer(capsys, "reconstruire", "--verifier", "--processus", "2")
    assert (code, [e["personne"] for e in bilan["ecarts"]]) == (1, [personne.pk])
    assert lancer(capsys, "reconstruire")[0] == 0
    assert lancer(capsys, "reconstruire", "--verifier")[0] == 0


def test_generer_flux_writes_the_same_bytes_for_the_same_seed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fichiers = [tmp_path / nom for nom in ("a.xml", "b.xml")]
    for fichier in fichiers:
        code, bilan = lancer(
            capsys, "generer_flux", "--mois", "2026-02", "--foyers", "20", "--graine", "7", "--sortie", str(fichier)
        )
        assert code == 0
        assert bilan["foyers"] > 0
    assert fichiers[0].read_bytes() == fichiers[1].read_bytes()
