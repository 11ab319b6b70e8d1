"""``cordee criteres``: a wrong file is refused with a sentence, a right one is tried over past decisions."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from cordee.configuration.commande import main
from cordee.metier.orientation.models import Orientation
from cordee.reglementation.chargement import lire_yaml
from cordee.reglementation.criteres_orientation import FICHIER
from cordee.socle import horloge
from tests.metier.equipe import equipe as monter
from tests.metier.orientation.propositions import decidee

pytestmark = pytest.mark.django_db


def ecrire(dossier: Path, fiches: list[dict[str, Any]]) -> str:
    fichier = dossier / "criteres.yaml"
    fichier.write_text(yaml.safe_dump(fiches, allow_unicode=True), encoding="utf-8")
    return str(fichier)


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        (("organismes", 1, "age_min"), 30, "intervalle d'âge"),
        (("precisions_locales", "forts_bloquants"), [4, 2], "impossible"),
        (("questions", 2, "themes_bloquants"), ["sexe"], "thème inconnu"),
    ],
)  # fmt: skip
def test_a_wrong_file_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], chemin: tuple[Any, ...], valeur: object, attendu: str
) -> None:
    fiches = deepcopy(lire_yaml(FICHIER))
    cible = fiches[0]["versions"][0]
    for cle in chemin[:-1]:
        cible = cible[cle]
    cible[chemin[-1]] = valeur
    assert main(["criteres", ecrire(tmp_path, fiches)]) == 1
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert attendu in sortie.err
    assert "rien n'a changé" in sortie.err


@pytest.mark.parametrize(
    ("contenu", "attendu"), [("- [", "YAML"), ("a: 1", "liste de fiches"), (None, "ne se lit pas")]
)
def test_not_a_file_of_criteria(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], contenu: str | None, attendu: str
) -> None:
    fichier = tmp_path / "x.yaml"
    if contenu is not None:
        fichier.write_text(contenu)
    assert main(["criteres", str(fichier)]) == 1
    assert attendu in capsys.readouterr().err


def test_a_right_file_is_tried_over_past_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    equipe, le = monter(), horloge.maintenant()
    for _ in range(5):
        decidee(equipe, le=le)
    fiches = deepcopy(lire_yaml(FICHIER))
    version = fiches[0]["versions"][0] | {"version": "essai"}
    version["parcours"][2]["voie"] = "socio_pro"
    fiches[0]["versions"] = [version]
    assert main(["criteres", ecrire(tmp_path, fiches), "--json"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert (lu["version"], lu["decisions"], lu["comparees"], lu["deplacees"]) == ("essai", 5, 5, 5)
    assert lu["voies"] == [{"avant": "emploi", "apres": "socio_pro", "nombre": 5}]
    assert Orientation.objects.filter(voie="emploi").count() == 5
    assert main(["criteres", "--version", "inconnue"]) == 1
    assert main(["criteres"]) == 0
    assert "0 auraient eu une autre proposition" in capsys.readouterr().out
