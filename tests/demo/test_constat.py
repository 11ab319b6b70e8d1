"""What ``cordee demo`` prints at the end: published figures, told as they are published, beside what was built."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from cordee.demo.constat import Constat, constater, hypotheses, nombre, phrases
from cordee.pilotage.entetes import definitions

# The published line of each figure (« F001 » …), its value as it is written there.
LIGNES = {
    ("personnes_sdd", date(2021, 12, 31)): ("F001", "47265"),
    ("personnes_sdd_femmes", date(2021, 12, 31)): ("F002", "23748"),
    ("personnes_sdd_hommes", date(2021, 12, 31)): ("F003", "23517"),
    ("part_moins_25_ans", date(2021, 12, 31)): ("F004", "2 %"),
    ("part_25_29_ans", date(2021, 12, 31)): ("F005", "16 %"),
    ("part_60_ans_et_plus", date(2021, 12, 31)): ("F010", "10 %"),
    ("part_avec_enfants", date(2021, 12, 31)): ("F011", "40.8 %"),
    ("part_anciennete_1_an", date(2021, 12, 31)): ("F012", "85 %"),
    ("part_anciennete_5_ans", date(2021, 12, 31)): ("F013", "40 %"),
    ("position_rupe", date(2021, 12, 31)): ("F027", "23000"),
    ("position_rus", date(2021, 12, 31)): ("F028", "24000"),
    ("contrats_en_cours", date(2022, 5, 31)): ("F029", "5518"),
    ("foyers_allocataires", date(2021, 12, 31)): ("F035", "45000"),
    ("foyers_allocataires", date(2025, 12, 31)): ("F036", "37600"),
    ("taux_contrat", date(2025, 12, 31)): ("F034", "> 50 %"),
    ("accompagnement_intensif", date(2025, 12, 31)): ("F038", "> 11000"),
    ("taux_parcours_professionnel", date(2025, 10, 31)): ("F043", "42.6 %"),
}
SANS_LIGNE = {("foyers_allocataires", date(2024, 3, 31))}


def _chiffres() -> list[dict[str, Any]]:
    brut = yaml.safe_load((files("cordee.demo") / "chiffres.yaml").read_text("utf-8"))
    assert {c["source"] for c in brut["chiffres"]} <= set(brut["sources"])
    return list(brut["chiffres"])


def test_each_figure_is_compared_with_an_indicator_that_exists() -> None:
    assert {chiffre["indicateur"] for chiffre in _chiffres()} <= set(definitions())


@pytest.mark.reference
def test_published_figures_are_those_of_the_sources(fichier_reference: Callable[[str], Path]) -> None:
    with fichier_reference("seed_figures.csv").open(encoding="utf-8") as fichier:
        publies = {ligne["id"]: ligne["value"] for ligne in csv.DictReader(fichier)}
    dits = {(c["indicateur"], c["au"]): c for c in _chiffres()}
    assert set(dits) == set(LIGNES) | SANS_LIGNE
    for cle, (ligne, valeur) in LIGNES.items():
        assert publies[ligne] == valeur
        assert float(valeur.strip("> %")) == dits[cle]["valeur"]
        assert valeur.startswith(">") == dits[cle].get("au_moins", False)


def _constat(**champs: Any) -> Constat:
    base: dict[str, Any] = {
        "libelle": "Personnes", "au": date(2021, 12, 31), "publie": 47265.0, "ici": 47000.0, "unite": "personnes",
        "source": "Programme",
    }  # fmt: skip
    return Constat(**{**base, **champs})


def test_a_line_says_both_figures_the_date_and_the_source() -> None:
    texte = "\n".join(phrases([_constat(), _constat(source="presse", au_moins=True)], reduit=False))
    assert "47\N{NARROW NO-BREAK SPACE}265 [1]" in texte
    assert "47\N{NARROW NO-BREAK SPACE}000" in texte
    assert "plus de 47\N{NARROW NO-BREAK SPACE}265 [2]" in texte
    assert "[2] presse." in texte
    assert "31/12/2021" in texte
    assert "ramenés" not in texte
    assert all(hypothese in texte for hypothese in hypotheses())


def test_a_smaller_departement_says_that_numbers_were_scaled() -> None:
    assert any("ramenés à la taille demandée" in phrase for phrase in phrases([_constat()], reduit=True))


def test_what_cannot_be_counted_is_not_given_as_zero() -> None:
    constat = _constat(ici=None)
    assert constat.ecart is None
    assert "—" in "\n".join(phrases([constat], reduit=False))


@pytest.mark.parametrize(
    ("constat", "ecart"),
    [(_constat(publie=50.0, ici=48.5, unite="%"), -1.5), (_constat(publie=200.0, ici=210.0), 5.0)],
    ids=["points of a share", "percent of a number"],
)
def test_differences_are_told_in_their_unit(constat: Constat, ecart: float) -> None:
    assert constat.ecart == pytest.approx(ecart)


def test_numbers_are_written_as_people_read_them() -> None:
    assert nombre(40.8, "%") == "40,8 %"
    assert nombre(11000.4, "personnes") == "11\N{NARROW NO-BREAK SPACE}000"


def test_without_history_nothing_is_compared(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from cordee.demo import constat
    from cordee.pilotage.selectors import DateHorsHistoire

    def refuser(**_: Any) -> list[Any]:
        raise DateHorsHistoire("trop tôt")

    monkeypatch.setattr(constat, "indicateurs", refuser)
    assert constater(47_265) == []
