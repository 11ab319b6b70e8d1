"""What ``cordee demo`` prints at the end: published figures, told as they are published, beside what was built."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cordee.demo.constat import Constat, chiffres, constater, hypotheses, nombre, phrases
from cordee.pilotage.entetes import definitions


def test_each_figure_is_compared_with_an_indicator_that_exists() -> None:
    assert {chiffre.indicateur for chiffre in chiffres()} <= set(definitions())


@pytest.mark.reference
def test_published_figures_are_those_of_the_sources(fichier_reference: Callable[[str], Path]) -> None:
    """Those that are derived, or told in words, say what is published; the press of March 2024 has no line."""
    with fichier_reference("seed_figures.csv").open(encoding="utf-8") as fichier:
        publies = {ligne["id"]: ligne["value"] for ligne in csv.DictReader(fichier)}
    nus = [c for c in chiffres() if not c.publie]
    assert [c.au for c in nus if not c.figure] == [date(2024, 3, 31)]
    for chiffre in nus:
        if chiffre.figure:
            valeur = publies[chiffre.figure]
            assert float(valeur.strip("> %")) == chiffre.valeur
            assert valeur.startswith(">") == chiffre.au_moins
    assert all(c.publie for c in chiffres() if c.derive)


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


@pytest.mark.parametrize(
    ("ici", "derive", "verdict"),
    [
        (47000.0, False, "tenu"),
        (40000.0, False, "hors tolérance"),
        (47000.0, True, "tenu (calculé, non publié tel quel)"),
    ],
)  # fmt: skip
def test_each_line_ends_with_its_verdict(ici: float, derive: bool, verdict: str) -> None:
    constat = _constat(ici=ici, bas=46000.0, haut=48000.0, derive=derive)
    lignes = list(phrases([constat], reduit=False))
    assert lignes[1].endswith(verdict)
    assert f"{1 if constat.tenu else 0} chiffres sur 1 dans leur tolérance." in lignes


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
