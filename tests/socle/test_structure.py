"""A new database in one go is the one that the migrations make."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from cordee.socle import structure


def test_it_is_that_of_the_present_migrations() -> None:
    """Otherwise a new base pays for every migration again: run ``.venv/bin/python outils/ecrire_structure.py``."""
    assert structure.a_jour()


@pytest.mark.django_db
def test_a_base_that_holds_anything_is_left_alone() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM django_migrations")
        (avant,) = curseur.fetchone()
        assert structure.charger(connection) is False
        curseur.execute("SELECT count(*) FROM django_migrations")
        assert curseur.fetchone() == (avant,)


def test_what_changes_from_one_run_to_the_next_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "FICHIER", tmp_path / "structure.sql")
    monkeypatch.setattr(structure, "empreinte", lambda: "abc")
    dump = """--
-- Dumped from database version 18.6
\\restrict x7
SET lock_timeout = 0;
SET check_function_bodies = false;

CREATE FUNCTION f() AS $$
SET x = 1, y = 2;
-- a reason
$$;
"""
    structure.ecrire(dump, version=18)
    gardees = structure.FICHIER.read_text("utf-8").splitlines()
    assert gardees == [
        "-- migrations abc · postgresql 18", "SET check_function_bodies = false;", "CREATE FUNCTION f() AS $$",
        "SET x = 1, y = 2;", "-- a reason", "$$;",
    ]  # fmt: skip
    assert structure.a_jour()
