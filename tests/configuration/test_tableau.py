"""``cordee tableau``: a file for the State, another for publication, a sentence for a refusal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordee.configuration.commande import main
from cordee.metier.personnes.enums import EtatDroit
from tests import fabriques as f
from tests.pilotage import gens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2023-02-15T09:00")
    f.commune()
    for _ in range(12):
        gens.soumise()
    gens.foyer(depuis=date(2023, 1, 31), etat=EtatDroit.CLOS)


@pytest.mark.parametrize(
    ("suffixe", "debut"), [("xlsx", b"PK"), ("csv", "\ufeffFamille;Année".encode()), ("json", b"{")]
)
def test_the_file_is_written(suffixe: str, debut: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sortie = tmp_path / f"tableaux.{suffixe}"
    assert main(["tableau", "drees", "--annee", "2022", "--sortie", str(sortie)]) == 0
    assert sortie.read_bytes().startswith(debut)
    assert "6 tableaux, au 31 décembre 2022" in capsys.readouterr().out


def test_the_version_for_publication_carries_nothing_of_the_other(tmp_path: Path) -> None:
    gens.orientation(gens.soumise(), f.structure(), date(2022, 3, 1))
    sortie = tmp_path / "publication.json"
    assert main(["tableau", "ministere", "--annee", "2022", "--sortie", str(sortie), "--publication"]) == 0
    lu = json.loads(sortie.read_text("utf-8"))
    premiere = next(t for t in lu["tableaux"] if t["code"] == "ministere_2")
    assert premiere["valeurs"][:3] == [[13], ["s"], ["s"]]
    assert "publication" not in premiere


@pytest.fixture
def ailleurs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("options", "code", "phrase"),
    [(["drees", "--annee", "2019", "--sortie", "x.csv"], 1, "avant l'histoire connue, qui commence le 31/12/2021"),
     (["drees", "--annee", "2023", "--sortie", "x.csv"], 1, "le dernier fichier montre le 31/01/2023"),
     (["drees", "--annee", "2022", "--sortie", "x.csv", "--instantane", "9"], 1, "Aucun état publié ne porte"),
     (["drees", "--annee", "2022", "--sortie", "x.doc"], 2, ".xlsx, .csv ou .json"),
     (["drees", "--annee", "2022", "--sortie", "ailleurs/x.csv"], 2, "n'existe pas")],
)  # fmt: skip
def test_refusals_are_sentences(
    options: list[str], code: int, phrase: str, capsys: pytest.CaptureFixture[str], ailleurs: Path
) -> None:
    assert main(["tableau", *options]) == code
    assert phrase in capsys.readouterr().err
    assert not list(ailleurs.glob("x.*"))
