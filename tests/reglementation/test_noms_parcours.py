"""Names of the paths before and after 2025: a whole table, and the same as the figures read."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import duckdb
import pytest

import cordee.pilotage
from cordee.reglementation.chargement import ReglesInvalides, lire_yaml
from cordee.reglementation.criteres_orientation import VOIES
from cordee.reglementation.noms_parcours import FICHIER, charger, nom_du_parcours, noms_des_parcours

VUE = Path(cordee.pilotage.__file__).parent / "vues" / "lecture_des_voies.sql"


def test_every_path_has_one_name_each_day_since_2009() -> None:
    for jour in (date(2009, 6, 1), date(2024, 12, 31), date(2025, 1, 1), date(2030, 1, 1)):
        assert all(nom_du_parcours(voie, au=jour) for voie in VOIES)
    assert len(noms_des_parcours()) == 6


def test_figures_read_the_paths_as_the_table_says() -> None:
    lus = duckdb.sql(VUE.read_text(encoding="utf-8")).fetchall()
    for debut, _, voie, parcours in lus:
        nom = nom_du_parcours(voie, au=max(debut, date(2009, 6, 1)))
        assert nom is not None
        assert nom.lecture == parcours
        assert nom.jusqu_a == (date(2025, 1, 1) if debut < date(2025, 1, 1) else None)


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        (("voie",), "prison", "parcours attendus"), (("periodes", 0, "reference"), "", "« reference » manque"),
        (("periodes", 0, "jusqu_a"), date(2026, 1, 1), "se chevauchent"),
        (("periodes", 1, "confiance"), "totale", "totale"), (("periodes", 0, "surnom"), "x", "clé inconnue"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_with_a_sentence(chemin: tuple[str | int, ...], valeur: object, attendu: str) -> None:
    fiches = deepcopy(lire_yaml(FICHIER))
    cible = fiches[0]
    for cle in chemin[:-1]:
        cible = cible[cle]  # type: ignore[index]
    cible[chemin[-1]] = valeur  # type: ignore[index]
    with pytest.raises(ReglesInvalides, match=attendu):
        charger(fiches)
