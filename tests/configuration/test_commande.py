from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import subprocess
import sys
from argparse import Namespace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cordee.configuration import commande, console
from cordee.socle.erreurs import ErreurMetier


@pytest.fixture
def commande_d_essai(monkeypatch: pytest.MonkeyPatch) -> Namespace:
    """The command ``gerer`` replaced by one whose behaviour the test chooses."""
    module = Namespace(
        definir=lambda parser: parser.add_argument("--nombre", type=int),
        executer=lambda options: 0,
    )
    monkeypatch.setattr(commande, "_module", lambda nom: module)
    return module


def lever(erreur: BaseException) -> None:
    raise erreur


@pytest.mark.parametrize("arguments", [[], ["inconnue"], ["gerer", "--inconnu"], ["gerer", "--nombre", "x"]])
def test_mal_employee(arguments: list[str], commande_d_essai: Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    assert commande.main(arguments) == 2
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert "Commande mal écrite" in sortie.err
    assert "--aide" in sortie.err


def test_refusee(commande_d_essai: Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    commande_d_essai.executer = lambda options: lever(ErreurMetier("Ce fichier n'est pas un flux."))
    assert commande.main(["gerer"]) == 1
    assert capsys.readouterr() == ("", "Ce fichier n'est pas un flux.\n")


@pytest.mark.parametrize(
    ("executer", "code"),
    [
        (lambda options: 0, 0),
        (lambda options: None, 0),
        (lambda options: options.nombre, 3),
        (lambda options: sys.exit(4), 4),
        (lambda options: lever(KeyboardInterrupt()), 130),
    ],
)
def test_codes_de_sortie(commande_d_essai: Namespace, executer: object, code: int) -> None:
    commande_d_essai.executer = executer
    assert commande.main(["gerer", "--nombre", "3"]) == code


@pytest.mark.parametrize(
    ("env", "instant", "code"),
    [
        ("production", "2026-02-17T09:00", 2),
        ("developpement", "2026-02-17T09:00", 0),
        ("developpement", "hier", 2),
        ("production", "", 0),
    ],
)
def test_l_horloge_ne_se_fixe_pas_en_production(
    env: str, instant: str, code: int, commande_d_essai: Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORDEE_ENV", env)
    monkeypatch.setenv("CORDEE_MAINTENANT", instant)
    assert commande.main(["gerer"]) == code


@pytest.mark.parametrize("nom", commande.noms_des_commandes())
def test_chaque_commande_tient_sa_forme(nom: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(f"cordee.configuration.commandes.{nom}")
    assert commande._aide(nom) == module.AIDE
    assert module.AIDE.endswith(".")
    assert commande.main([nom, "--aide"]) == 0
    assert module.AIDE.split()[0] in capsys.readouterr().out


@pytest.mark.parametrize("nom", commande.noms_des_commandes())
def test_aucune_commande_ne_charge_django_pour_s_annoncer(nom: str) -> None:
    source = Path(commande.commandes.__path__[0], f"{nom}.py").read_text(encoding="utf-8")
    importes = {
        alias.name if isinstance(instruction, ast.Import) else str(instruction.module)
        for instruction in ast.parse(source).body
        if isinstance(instruction, ast.Import | ast.ImportFrom)
        for alias in instruction.names
    }
    assert not {module for module in importes if module.split(".")[0] == "django" or module.endswith(".models")}


def test_demarrer_et_arreter_sans_django(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_HOME", str(tmp_path / "maison"))
    for variable in ("DATABASE_URL", "CORDEE_TESTS"):
        monkeypatch.delenv(variable, raising=False)
    source = (
        "import sys; from cordee.configuration.commande import main\n"
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )

    def jouer(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", source, *arguments], capture_output=True, text=True, check=False)

    try:
        premier = jouer("demarrer", "--json")
        assert json.loads(premier.stdout) == {"integre": True, "deja_en_marche": False}, premier.stderr
        assert json.loads(jouer("demarrer", "--json").stdout)["deja_en_marche"] is True
    finally:
        dernier = jouer("arreter", "--effacer", "--json")
    assert json.loads(dernier.stdout) == {"arretes": 1, "efface": True}


@pytest.mark.parametrize(
    ("variable", "valeur"), [("CORDEE_ENV", "production"), ("DATABASE_URL", "postgresql://ailleurs/base")]
)
def test_effacer_se_refuse(
    variable: str, valeur: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secrets.json").write_text("{}")
    monkeypatch.setenv("CORDEE_HOME", str(tmp_path))
    monkeypatch.setenv(variable, valeur)
    assert commande.main(["arreter", "--effacer"]) == 1
    assert "ffac" in capsys.readouterr().err
    assert (tmp_path / "secrets.json").exists()


def test_imprimer_json(capsys: pytest.CaptureFixture[str]) -> None:
    @dataclasses.dataclass
    class Rejet:
        ligne: int
        le: date

    console.imprimer_json(
        {
            "rejets": [Rejet(3, date(2026, 2, 17))],
            "quand": datetime(2026, 2, 17, 9),  # noqa: DTZ001 (only its writing matters)
            "duree_s": timedelta(seconds=90),
            "montants": [Decimal("635.70"), Decimal("2.00")],
            "codes": {"b", "a"},
            "motif": "prénom élidé",
        }
    )
    texte = capsys.readouterr().out
    assert "prénom élidé" in texte
    assert json.loads(texte) == {
        "rejets": [{"ligne": 3, "le": "2026-02-17"}],
        "quand": "2026-02-17T09:00:00",
        "duree_s": 90.0,
        "montants": [635.7, 2],
        "codes": ["a", "b"],
        "motif": "prénom élidé",
    }
    with pytest.raises(TypeError, match="object"):
        console.imprimer_json(object())
