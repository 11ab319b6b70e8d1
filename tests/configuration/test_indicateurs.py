"""``cordee indicateurs``: exactly the keys other programs read, a table for people, a sentence for a refusal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordee.configuration.commande import main
from cordee.pilotage.entetes import definitions
from tests import fabriques as f
from tests.pilotage import gens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CORDEE_HOME = tmp_path
    monkeypatch.setenv("CORDEE_MAINTENANT", "2022-03-15T09:00")
    f.commune()
    for _ in range(7):
        gens.soumise()
    for _ in range(2):
        gens.orientation(gens.soumise(), f.structure(), date(2022, 2, 1))


def test_json_has_exactly_these_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicateurs", "--json"]) == 0
    lignes = json.loads(capsys.readouterr().out)
    assert [ligne["code"] for ligne in lignes] == list(definitions())
    for ligne in lignes:
        assert list(ligne) == ["code", "libelle", "valeur", "numerateur", "denominateur", "unite", "au", "territoire"]
        assert ligne["valeur"] is None or isinstance(ligne["valeur"], int | float)
    par_code = {ligne["code"]: ligne for ligne in lignes}
    assert par_code["personnes_sdd"]["valeur"] == 9
    assert par_code["taux_orientation"]["valeur"] is None  # two people: hidden
    assert {ligne["au"] for ligne in lignes} == {"2022-03-15"}


def test_another_day_another_territory(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicateurs", "--json", "--au", "2022-01-31", "--territoire", "94028"]) == 0
    par_code = {ligne["code"]: ligne for ligne in json.loads(capsys.readouterr().out)}
    assert par_code["taux_orientation"]["valeur"] == 0
    assert par_code["personnes_sdd"]["territoire"] == "94028"
    assert "charge_referent" not in par_code  # never below the structure


def test_the_day_asked_for_is_never_out_of_date(capsys: pytest.CaptureFixture[str]) -> None:
    """A late file changed January: the command says what is true now, not what was kept."""
    attendus = [9, 10]
    for attendu in attendus:
        assert main(["indicateurs", "--json", "--au", "2022-01-31"]) == 0
        par_code = {ligne["code"]: ligne for ligne in json.loads(capsys.readouterr().out)}
        assert par_code["personnes_sdd"]["valeur"] == attendu
        gens.soumise()


def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicateurs"]) == 0
    sortie = capsys.readouterr().out
    assert "Tout le département, au 15/03/2022." in sortie
    assert "secret" in sortie


@pytest.mark.parametrize(
    ("options", "phrase"),
    [(["--au", "2021-12-01"], "Les chiffres commencent le 31 décembre 2021"), (["--au", "2022-03-16"], "s'arrêtent"),
     (["--territoire", "13055"], "n'est pas connu")],
)  # fmt: skip
def test_refusals_are_sentences(options: list[str], phrase: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicateurs", *options]) == 1
    assert phrase in capsys.readouterr().err


def test_a_date_badly_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicateurs", "--au", "hier"]) == 2
    assert "n'est pas une date" in capsys.readouterr().err
