"""The criteria of orientation as a file: what is refused, and what a joint arrêté may touch."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from cordee.reglementation.chargement import ReglesInvalides, lire_yaml
from cordee.reglementation.criteres_orientation import (
    FICHIER,
    CriteresAbsents,
    PrecisionInterdite,
    charger,
    criteres_nationaux,
    preciser,
)
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

AU = date(2026, 11, 22)
Fichier = list[dict[str, Any]]


def version(fichier: Fichier) -> dict[str, Any]:
    return fichier[0]["versions"][0]


def question(fichier: Fichier, cle: str) -> dict[str, Any]:
    return next(q for q in version(fichier)["questions"] if q["id"] == cle)


def seconde(fichier: Fichier, **champs: Any) -> None:
    fichier[0]["versions"].append({**deepcopy(version(fichier)), **champs})


FAUTES: dict[str, tuple[Callable[[Fichier], Any], str]] = {
    "unknown theme": (lambda f: question(f, "difficultes")["themes_bloquants"].append("nationalite"),
                      "thème inconnu « nationalite »"),
    "unknown situation": (lambda f: question(f, "activite").update(situations=["au_chomage"]), "situation inconnu"),
    "missing reference": (lambda f: question(f, "projection").pop("reference"), "« reference » manque"),
    "missing question": (lambda f: version(f)["questions"].pop(), "les questions attendues"),
    "a criterion of its own": (lambda f: version(f)["questions"].append(
        {"id": "sexe", "libelle": "Sexe", "role": "x", "reference": "x", "confiance": "haute"}), "questions attendues"),
    "misspelt key": (lambda f: question(f, "activite").update(situation=["deux_ans"]), "clé inconnue « situation »"),
    "impossible ages": (lambda f: version(f)["organismes"][1].update(age_min=30), "intervalle d'âge .* impossible"),
    "an age out of reach": (lambda f: version(f)["organismes"][1].update(age_moins_de=200), "âges"),
    "impossible bounds": (lambda f: version(f)["precisions_locales"].update(forts_bloquants=[4, 2]),
                          "intervalle de « forts_bloquants » est impossible"),
    "impossible threshold": (lambda f: question(f, "difficultes").update(forts_bloquants=0), "seuils"),
    "nobody to receive": (lambda f: version(f)["organismes"].pop(2), "aucun organisme pour le parcours « emploi »"),
    "no last line": (lambda f: version(f)["parcours"].pop(), "toujours"),
    "a line out of reach": (lambda f: version(f)["parcours"].insert(1, version(f)["parcours"].pop(0)),
                            "jamais atteinte"),
    "a path twice": (lambda f: version(f)["parcours"].insert(0, version(f)["parcours"][0]), "deux fois"),
    "unknown path": (lambda f: version(f)["parcours"][0].update(voie="prison"), "parcours inconnu"),
    "unknown body": (lambda f: version(f)["organismes"][0].update(organisme="police"), "organisme inconnu"),
    "overlap": (lambda f: seconde(f, version="b", depuis=date(2026, 1, 1)), "se chevauchent"),
    "same name": (lambda f: seconde(f, depuis=date(2020, 1, 1), jusqu_a=date(2021, 1, 1)), "même nom"),
    "empty period": (lambda f: version(f).update(jusqu_a=date(2024, 1, 1)), "est vide"),
    "not a date": (lambda f: version(f).update(depuis="demain"), "n'est pas une date"),
    "unknown confidence": (lambda f: version(f).update(confiance="absolue"), "absolue"),
}  # fmt: skip


@pytest.mark.parametrize("faute", FAUTES)
def test_a_wrong_file_is_refused_with_a_sentence(faute: str) -> None:
    fichier = deepcopy(lire_yaml(FICHIER))
    abimer, attendu = FAUTES[faute]
    abimer(fichier)
    with pytest.raises(ReglesInvalides, match=attendu):
        charger(fichier)
    assert criteres_nationaux(AU).version == "criteres-nationaux-2024-11/1", "the version in force has not moved"


def test_the_version_in_force_is_the_one_of_the_day() -> None:
    fichier = deepcopy(lire_yaml(FICHIER))
    version(fichier)["jusqu_a"] = date(2027, 1, 1)
    seconde(fichier, version="suivante", depuis=date(2027, 1, 1), jusqu_a=None)
    assert [v.version for v in charger(fichier) if v.en_vigueur(date(2027, 1, 1))] == ["suivante"]


def test_before_2025_there_is_no_proposal() -> None:
    with pytest.raises(CriteresAbsents, match="31 décembre 2024"):
        criteres_nationaux(date(2024, 12, 31))


@pytest.mark.parametrize(
    ("precisions", "attendu"),
    [
        pytest.param({"sexe": "femme"}, "ne peut pas toucher à « sexe »", id="another criterion"),
        pytest.param({"parcours": []}, "ne peut pas toucher", id="the paths"),
        pytest.param({"organismes": []}, "ne peut pas toucher", id="the bodies"),
        pytest.param({"forts_bloquants": 1}, "entre 2 et 4", id="below the bounds"),
        pytest.param({"forts_bloquants": True}, "entre 2 et 4", id="not a number"),
        pytest.param({"faibles_toleres": 4}, "entre 0 et 3", id="above the bounds"),
        pytest.param({"themes_bloquants": ["langue"]}, "« langue »", id="a theme the law does not name"),
        pytest.param({"themes_bloquants": "mobilite"}, "ne peut choisir", id="not a list"),
        pytest.param({"delegataire": ["emploi"]}, "« emploi »", id="a path of the operator"),
        pytest.param({}, "ne précise rien", id="nothing"),
        pytest.param({"forts_bloquants": 3, "themes_bloquants": []}, "ne précise rien", id="the national values"),
    ],
)
def test_a_local_rule_touches_only_what_the_law_lets_it(precisions: dict[str, Any], attendu: str) -> None:
    with pytest.raises(PrecisionInterdite, match=attendu):
        preciser(criteres_nationaux(AU), precisions, arrete="2026-118")


def test_a_path_entrusted_to_the_delegataires_keeps_an_answer_for_everybody() -> None:
    local = preciser(criteres_nationaux(AU), {"delegataire": ["social"]}, arrete="2026-118")
    bodies = {
        voie: next(li.organisme for li in local.organismes if li.convient(voie=voie, age=40, handicap=False, rsa=True))
        for voie in ("emploi", "socio_pro", "social")
    }
    assert bodies == {
        "emploi": GenreOrganismeReferent.OPERATEUR_EMPLOI,
        "socio_pro": GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL,
        "social": GenreOrganismeReferent.DELEGATAIRE,
    }
    assert local.arrete == "2026-118"
    assert criteres_nationaux(AU).arrete == ""
