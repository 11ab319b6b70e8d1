"""``cordee demo``: what it refuses before anything is written, and how it tells the time it took."""

from __future__ import annotations

import pytest

from cordee.configuration import commande
from cordee.configuration.commandes import demo


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        (["--personnes", "0"], "au moins une personne"),
        (["--effet", "-1"], "entre 0 et 20"),
        (["--effet", "35"], "entre 0 et 20"),
    ],
    ids=["nobody", "a negative effect", "an unlikely effect"],
)
def test_senseless_options_are_refused_in_plain_words(
    options: list[str], phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commande.main(["demo", *options]) == 1
    assert phrase in capsys.readouterr().err


def test_nobody_is_invented_in_production(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CORDEE_ENV", "production")
    assert commande.main(["demo"]) == 1
    assert "ne se construit pas en production" in capsys.readouterr().err


def test_phases_of_the_same_name_add_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    instants = iter([0.0, 1.0, 4.0, 9.0, 11.0, 12.0, 20.0])
    monkeypatch.setattr(demo.time, "perf_counter", lambda: next(instants))
    journal = demo.Journal()  # 0
    journal("Les structures")  # 1
    journal("Cinq ans de parcours : 50 %")  # 4
    journal("Cinq ans de parcours : 100 %")  # 9
    journal("Le fichier CAFBEM.2026-11.xml")  # 11
    assert journal.finir() == 20.0
    assert journal.phases == {"Les structures": 3.0, "Cinq ans de parcours": 7.0, "Les fichiers": 1.0}
    assert journal.longues() == list(journal.phases.items())
    assert "Cinq ans de parcours : 100 %…" in capsys.readouterr().err
