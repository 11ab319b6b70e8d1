"""What a measure is, and a throw-away database to take it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Mesure:
    """One figure against its budget. Ratios compare two things run in the same process: trust them across machines."""

    quoi: str
    valeur: float
    budget: float
    unite: str
    detail: str = ""

    @property
    def tenu(self) -> bool:
        return self.valeur <= self.budget

    def __str__(self) -> str:
        signe = "tenu    " if self.tenu else "dépassé "
        suite = f" ({self.detail})" if self.detail else ""
        return f"{signe} {self.quoi} : {self.valeur:.2f} {self.unite}, budget {self.budget:g}{suite}"


@contextmanager
def base_neuve() -> Iterator[None]:
    """A migrated database of its own for the block; the one of the settings is not touched."""
    habituelle = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = f"{habituelle}_banc"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(habituelle, verbosity=0)
