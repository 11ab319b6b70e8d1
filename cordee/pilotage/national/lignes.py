"""A figure as an engine gives it, the same whatever the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple


class Ligne(NamedTuple):
    """One indicator, one day, one territory (empty: the whole country)."""

    code: str
    au: date
    niveau: str
    territoire: str
    valeur: float | None
    numerateur: float | None
    denominateur: float | None
    inconnu: int
    personnes: int


def lire_ligne(code: str, brute: Sequence[Any]) -> Ligne:
    """From a row of ``calcul.agregation``."""
    au, niveau, territoire, valeur, numerateur, denominateur, inconnu, personnes = brute
    return Ligne(
        code, au, niveau, territoire, *(None if x is None else float(x) for x in (valeur, numerateur, denominateur)),
        int(inconnu), int(personnes),
    )  # fmt: skip
