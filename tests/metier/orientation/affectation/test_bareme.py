"""The published table of weights: read once, refused with a sentence when a line is impossible."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from cordee.metier.orientation.affectation.bareme import FICHIER, BaremeInvalide, bareme, lire_bareme
from cordee.metier.orientation.affectation.enums import Critere

TEXTE = (files("cordee.metier.orientation.affectation") / FICHIER).read_text("utf-8")


def _avec(*chemin: str, valeur: object) -> str:
    brut = yaml.safe_load(TEXTE)
    lieu = brut
    for cle in chemin[:-1]:
        lieu = lieu[cle]
    lieu[chemin[-1]] = valeur
    return yaml.safe_dump(brut, allow_unicode=True)


def test_every_line_says_what_and_why() -> None:
    for poids in bareme().lignes["criteres"]:
        assert poids.libelle
        assert poids.pourquoi
    assert all(isinstance(n, int) for n in bareme().criteres.values())


def test_no_prohibited_feature_is_weighed() -> None:
    """Domain §6.4: neither sex nor nationality nor name nor exact address nor health."""
    textes = " ".join(f"{p.cle} {p.libelle}" for p in bareme().lignes["criteres"]).lower()
    for interdit in ("sexe", "nationalit", "prénom", "naissance", "santé", "handicap"):
        assert interdit not in textes
    assert "nom" not in {str(c) for c in Critere}


def test_a_changed_value_is_another_table() -> None:
    autre = lire_bareme(_avec("criteres", "interprete", "valeur", valeur=50))
    assert autre.criteres["interprete"] == 50
    assert autre.empreinte != bareme().empreinte


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (_avec("criteres", "interprete", "valeur", valeur=-1), "impossible, il faut un nombre entier entre 0 et 200"),
        (_avec("criteres", "interprete", "valeur", valeur=2.5), "impossible"),
        (_avec("criteres", "interprete", "valeur", valeur=True), "impossible"),
        (_avec("criteres", "interprete", "valeur", valeur="dix"), "« dix » est impossible"),
        (_avec("criteres", "sexe", valeur={"valeur": 3}), "ligne inconnue dans « criteres » : « sexe »"),
        (_avec("charge", valeur={}), "Il manque au barème"),
        (_avec("regles", "couples", "valeur", valeur="ensemble"), "n'existe pas"),
        (_avec("remplissage", valeur=[{"des": 0, "points": 5}, {"des": 80, "points": 1}]), "ne peuvent pas baisser"),
        (_avec("remplissage", valeur=[{"des": 10, "points": 0}]), "de 0 à 100 %"),
        (_avec("remplissage", valeur=3), "paliers de remplissage"),
        (_avec("version", valeur=""), "doit porter une version"),
        (": pas du yaml : [", "n'est pas du YAML"),
        ("- une liste", "doit porter une version"),
    ],
)  # fmt: skip
def test_an_impossible_table_is_refused_with_its_line(texte: str, phrase: str) -> None:
    with pytest.raises(BaremeInvalide, match=phrase.replace("%", "%")):
        lire_bareme(texte)
