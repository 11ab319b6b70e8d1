"""``cordee regime``: the engine on the command line, with the keys that others read."""

from __future__ import annotations

import json

import pytest

from cordee.configuration.commande import main

CLES = ["regime", "niveaux", "fin_de_droit", "local"]
CLES_NIVEAU = ["type", "quotite_min", "quotite_max", "duree_min_mois", "duree_max_mois", "plafond_foyer", "ep_requise",
               "articles"]  # fmt: skip


def lire(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["regime", *arguments, "--json"]) == 0
    resultat: dict[str, object] = json.loads(capsys.readouterr().out)
    return resultat


def test_the_keys_and_a_couple_at_the_second_rank(capsys: pytest.CaptureFixture[str]) -> None:
    sortie = lire(capsys, "--au", "2026-11-22", "--foyer", "2", "--rang", "2")
    assert list(sortie) == CLES
    niveaux = sortie["niveaux"]
    assert isinstance(niveaux, list)
    assert [list(n) for n in niveaux] == [CLES_NIVEAU, CLES_NIVEAU]
    assert [(n["type"], n["quotite_min"], n["quotite_max"], n["ep_requise"]) for n in niveaux] == [
        ("suspension", 0.3, 0.5, False), ("suppression", 0.3, 0.5, True),
    ]  # fmt: skip
    assert sortie["fin_de_droit"]["possible"] is False  # type: ignore[index]
    assert "R262-68-6" in sortie["fin_de_droit"]["article"]  # type: ignore[index]


def test_one_person_alone_majored_local_scale_and_blocked(capsys: pytest.CaptureFixture[str]) -> None:
    seule = lire(capsys, "--au", "2026-11-22", "--foyer", "1", "--rang", "2")
    assert seule["fin_de_droit"]["possible"] is True  # type: ignore[index]
    enceinte = lire(capsys, "--au", "2026-11-22", "--foyer", "1", "--majore", "--rang", "2")
    assert {n["plafond_foyer"] for n in enceinte["niveaux"]} == {0.5}  # type: ignore[attr-defined]
    locale = lire(capsys, "--au", "2024-03-04", "--foyer", "2", "--rang", "1", "--nature", "non_respect_contrat")
    assert (locale["regime"], locale["local"]["id"]) == ("NAT-2012", "CD94-2023")  # type: ignore[index]
    bloque = lire(capsys, "--au", "2026-11-22", "--foyer", "1", "--rang", "1", "--nature", "refus_controle")
    assert bloque["niveaux"] == []
    assert "service juridique" in bloque["blocages"][0]["phrase"]  # type: ignore[index]


def test_a_human_reads_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regime", "--au", "2010-01-04", "--foyer", "1", "--rang", "1"]) == 0
    assert "jusqu'à 100 € par mois, 1 mois" in capsys.readouterr().out
    assert main(["regime", "--au", "2026-11-22", "--foyer", "3", "--rang", "1"]) == 0
    sortie = capsys.readouterr().out
    assert "de 30 % à 50 % de l'allocation (plafond du foyer), de 1 à 2 mois" in sortie
    assert "Fin de droit : impossible" in sortie
    assert main(["regime", "--au", "2008-01-07", "--foyer", "3", "--rang", "1"]) == 1
    assert "n'existait pas" in capsys.readouterr().err
