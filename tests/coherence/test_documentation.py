"""What the documentation says is what the code does."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

from cordee.configuration.commande import noms_des_commandes
from cordee.metier.parcours import reactions

RACINE = Path(__file__).resolve().parent.parent.parent


def test_the_page_of_the_path_is_written_from_the_tables() -> None:
    spec = importlib.util.spec_from_file_location("documenter", RACINE / "outils" / "documenter.py")
    assert spec is not None
    assert spec.loader is not None
    documenter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(documenter)
    assert documenter.PAGE.read_text("utf-8") == documenter.page(), "run .venv/bin/python outils/documenter.py"


def test_every_expected_reaction_has_its_function() -> None:
    attendues = {nom for noms in reactions.ATTENDUES.values() for nom in noms}
    assert attendues == reactions.enregistrees()


def test_every_dependency_has_its_line() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text("utf-8"))
    noms = [re.split(r"[\[<>=]", d)[0] for d in projet["project"]["dependencies"] + projet["dependency-groups"]["dev"]]
    page = (RACINE / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert [nom for nom in noms if nom.lower() not in page] == []


def test_the_readme_names_every_command() -> None:
    page = (RACINE / "README.md").read_text("utf-8")
    internes = {"gerer", "ouvrier"}
    assert [nom for nom in noms_des_commandes() if nom not in internes and nom not in page] == []
