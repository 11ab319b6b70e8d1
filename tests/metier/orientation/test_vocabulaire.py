"""One linked vocabulary: every code answers to one thing, here and at the partners'."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from cordee.metier.orientation.enums import NatureConstat, ThemeDiagnostic
from cordee.metier.orientation.regles.vocabulaire import lire, vocabulaire
from cordee.reglementation.chargement import ReglesInvalides

V = vocabulaire()


def fiches() -> list[dict[str, Any]]:
    texte = files("cordee.metier.orientation.regles").joinpath("vocabulaire.yaml").read_text(encoding="utf-8")
    return deepcopy(yaml.safe_load(texte))


def test_every_theme_of_the_diagnosis_has_its_words() -> None:
    for theme in ThemeDiagnostic:
        mots = V.du_diagnostic(theme)
        assert (mots.diagnostic, mots.libelle) == (theme, theme.libelle)
        assert mots.situations
        assert mots.objectifs


def test_every_situation_leads_somewhere_and_every_objective_to_an_action() -> None:
    freins = {t.code for t in V.themes.values() if t.diagnostic}
    sans_issue = [s.code for s in V.situations.values() if s.theme in freins and not s.liens]
    assert sans_issue == []
    assert [o.code for o in V.objectifs.values() if not o.liens] == []
    assert {lien for s in V.situations.values() for lien in s.liens} <= V.objectifs.keys()
    assert {lien for o in V.objectifs.values() for lien in o.liens} == V.actions.keys()


def test_no_word_names_an_illness_or_an_origin() -> None:
    mots = " ".join(e.libelle for t in V.themes.values() for e in t.entrees()).lower()
    assert [m for m in ("dépression", "alcool", "addiction", "prison", "étranger à", "psychi") if m in mots] == []


@pytest.mark.parametrize(
    ("changer", "dit"),
    [
        (lambda f: f[0].update(situation=[]), "clé inconnue"),
        (lambda f: f[0]["situations"].append(f[0]["situations"][0]), "deux fois"),
        (lambda f: f[0]["situations"][0].update(objectifs=["absent"]), "objectif inconnu"),
        (lambda f: f[0].pop("diagnostic"), "Santé"),
        (lambda f: f[0]["situations"][0].update(jusqu_a=date(2020, 1, 1)), "vide"),
        (lambda f: f[0]["situations"][1].update(ft="15"), "donné deux fois"),
        (lambda f: f.append("mobilite"), "liste"),
    ],
)
def test_a_wrong_file_stops_the_program(changer: Callable[[Any], Any], dit: str) -> None:
    contenu = fiches()
    changer(contenu)
    with pytest.raises(ReglesInvalides, match=dit):
        lire(contenu)


@pytest.mark.reference
def test_every_code_of_the_operator_means_one_thing_here(fichier_reference: Callable[[str], Path]) -> None:
    api = json.loads(fichier_reference("diagnostic/taxonomy.json").read_text(encoding="utf-8"))["france_travail_api"]
    for nature, cle in ((NatureConstat.SITUATION, "situations"), (NatureConstat.OBJECTIF, "objectifs")):
        codes = [entree["code"] for contrainte in api["contraintes"] for entree in contrainte[cle]]
        notres, inconnus = V.depuis_operateur(nature, codes)
        assert inconnus == ()
        assert len(set(notres)) == len(codes)
        for contrainte in api["contraintes"]:
            theme = next(t for t in V.themes.values() if t.operateur == contrainte["code"])
            nos, _ = V.depuis_operateur(nature, [e["code"] for e in contrainte[cle]])
            assert {code.partition(".")[0] for code in nos} == {theme.code}
    besoins, inconnus = V.depuis_besoins([b["code"] for b in api["besoins"]])
    assert (len(set(besoins)), inconnus) == (len(api["besoins"]), ())
