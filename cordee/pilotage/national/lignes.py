"""A figure as an engine gives it, the same whatever the engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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
        code, au, niveau, territoire, _nombre(valeur), _nombre(numerateur), _nombre(denominateur), int(inconnu),
        int(personnes),
    )  # fmt: skip


def _nombre(x: Any) -> float | None:
    return None if x is None else float(x)


def ecarts(a: Iterable[Ligne], b: Iterable[Ligne]) -> list[tuple[Ligne | None, Ligne | None]]:
    """Where two engines differ: figures of one without the other's, or not to the fourth decimal.

    >>> from datetime import date
    >>> un = Ligne("x", date(2026, 1, 1), "commune", "94028", 0.5, 1.0, 2.0, 0, 1)
    >>> ecarts([un], [un]), len(ecarts([un], [])), len(ecarts([un], [un._replace(inconnu=1)]))
    ([], 1, 1)
    """
    ici, la = ({x[:4]: x for x in lignes} for lignes in (a, b))
    cles = sorted(ici.keys() | la.keys())
    return [(ici.get(c), la.get(c)) for c in cles if not _memes(ici.get(c), la.get(c))]


def _memes(a: Ligne | None, b: Ligne | None) -> bool:
    """Sums of floats depend on their order: the last decimals are nobody's."""
    if a is None or b is None or a[7:] != b[7:]:
        return False
    return all(
        x is y if x is None or y is None else math.isclose(x, y, rel_tol=1e-9, abs_tol=2e-4)
        for x, y in zip(a[4:7], b[4:7], strict=True)
    )
