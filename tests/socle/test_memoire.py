"""What a page has read is kept for that page, and for nothing else."""

from __future__ import annotations

import pytest

from cordee.socle.memoire import lecture, retenir


def test_kept_inside_a_page_only() -> None:
    reponses = iter(range(10))

    def demander() -> int:
        return retenir("question", lambda: next(reponses))

    assert (demander(), demander()) == (0, 1)
    with lecture():
        assert (demander(), demander()) == (2, 2)
    with lecture():
        assert demander() == 3
    assert demander() == 4


def test_nothing_survives_a_page_that_fails() -> None:
    def echouer() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), lecture():
        retenir("question", echouer)
    assert retenir("question", lambda: "après") == "après"


def test_nothing_found_is_an_answer_too() -> None:
    appels: list[int] = []
    with lecture():
        for _ in range(2):
            assert retenir("rien", lambda: appels.append(1)) is None
    assert appels == [1]
