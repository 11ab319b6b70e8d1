"""``cordee importer_flux``: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cordee.configuration import commande
from tests import fabriques as f
from tests.echanges.caf.blocs import foyer
from tests.echanges.caf.scenes import FEVRIER, JANVIER, autre_personne, entete

pytestmark = pytest.mark.django_db
CLES = {
    "type", "organisme", "reference", "portee", "empreinte", "deja_recu", "foyers_annonces", "foyers_lus", "rejets",
    "personnes_creees", "nouveaux_entrants", "retours", "sortants", "non_transmis", "changements_etat", "duree_s",
}  # fmt: skip


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-06-01T09:00")


def ecrire(chemin: Path, tete: str, *blocs: str) -> Path:
    fin = (
        "<TransmissionFlux><NBTOTDOSRSATRANSM>{:08d}</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>0</NBTOTDOSRSATRANSMANO>"
    )
    corps = "\n".join((tete, *blocs, fin.format(len(blocs)) + "</TransmissionFlux>"))
    chemin.write_text(f'<?xml version="1.0" encoding="ISO-8859-1"?><Racine>{corps}</Racine>', "iso-8859-1")
    return chemin


def test_done_even_with_rejects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    illisible = foyer("00000010095", *autre_personne(1), ("<DTNAI>", "<DTNAI>x"))
    chemin = ecrire(tmp_path / "f.xml", entete(JANVIER), foyer(), illisible)
    assert commande.main(["importer_flux", str(chemin), "--json"]) == 0
    rapport = json.loads(capsys.readouterr().out)
    assert rapport.keys() >= CLES
    assert [sorted(rejet) for rejet in rapport["rejets"]] == [["ligne", "motif", "numdemrsa"]]
    assert (rapport["portee"], rapport["deja_recu"]) == ("courant", False)
    assert commande.main(["importer_flux", str(chemin), "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["deja_recu"] is True
    assert (second["personnes_creees"], second["nouveaux_entrants"], second["foyers_lus"]) == (
        0,
        0,
        rapport["foyers_lus"],
    )


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chemin = ecrire(tmp_path / "f.xml", entete(JANVIER), foyer())
    assert commande.main(["importer_flux", str(chemin), "--recu-le", "2026-05-31"]) == 0
    sortie = capsys.readouterr().out
    assert "1 entrée" in sortie
    assert "1 échéance déjà entamée de 1 j." in sortie


def test_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (chemin := tmp_path / "f.xml").write_text("<Racine>")
    assert commande.main(["importer_flux", str(chemin), "--json"]) == 1
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert sortie.err.count("\n") == 1
    assert commande.main(["importer_flux", str(tmp_path / "absent.xml")]) == 1
    assert "introuvable" in capsys.readouterr().err


def test_a_fall_of_households_is_refused_until_confirmed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocs = [foyer(f"{i:011d}", *autre_personne(i)) for i in range(10)]
    assert commande.main(["importer_flux", str(ecrire(tmp_path / "1", entete(JANVIER), *blocs))]) == 0
    chemin = str(ecrire(tmp_path / "2", entete(FEVRIER), *blocs[:8]))
    capsys.readouterr()
    assert commande.main(["importer_flux", chemin, "--json"]) == 1
    sortie = capsys.readouterr()
    assert json.loads(sortie.out)["statut"] == "a_confirmer"
    assert "20 % de moins" in sortie.err
    assert commande.main(["importer_flux", chemin, "--confirmer", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["non_transmis"] == 2


@pytest.mark.parametrize("arguments", [[], ["f.xml", "--recu-le", "hier"], ["f.xml", "--vite"]])
def test_misuse(arguments: list[str]) -> None:
    assert commande.main(["importer_flux", *arguments]) == 2
