"""A random order that nobody can know beforehand and anybody can do again. Pure.

As for random controls (``devoirs.regles.controles``, E29): the seed is drawn and its fingerprint published first, the
units are put in order on a later day, the seed is then shown. Each unit's name is mixed with the seed (SHA-256): the
smallest comes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from cordee.metier.devoirs.regles.controles import SEPARATEUR, empreinte_graine


def ranger(unites: Iterable[str], *, graine: str) -> list[str]:
    """The units in a random order that depends on the set and the seed only.

    >>> ranger(["b", "a", "c"], graine="exemple") == ranger(["c", "a", "b"], graine="exemple")
    True
    >>> sorted(ranger(["b", "a", "b"], graine="exemple"))
    ['a', 'b']
    """
    return sorted(set(unites), key=lambda u: (_rang(graine, u), u))


def _rang(graine: str, unite: str) -> bytes:
    return hashlib.sha256(graine.encode() + SEPARATEUR + unite.encode()).digest()


def verifier(ordre: Sequence[str], *, unites: Iterable[str], graine: str, empreinte: str) -> bool:
    """Whether an order is the one that was committed to.

    >>> g = "exemple"
    >>> verifier(ranger("abc", graine=g), unites="abc", graine=g, empreinte=empreinte_graine(g))
    True
    >>> verifier(["a", "b", "c"][::-1], unites="abc", graine="autre", empreinte=empreinte_graine(g))
    False
    """
    return empreinte_graine(graine) == empreinte and list(ordre) == ranger(unites, graine=graine)


def echelonner(ordre: Sequence[str], *, debut: date, vagues: int, ecart_jours: int) -> list[tuple[str, date]]:
    """Who starts when: as even waves as can be, the first ones fuller.

    >>> [(u, d.isoformat()) for u, d in echelonner("abcde", debut=date(2026, 1, 5), vagues=2, ecart_jours=28)]
    [('a', '2026-01-05'), ('b', '2026-01-05'), ('c', '2026-01-05'), ('d', '2026-02-02'), ('e', '2026-02-02')]
    """
    n, vagues = len(ordre), max(min(vagues, len(ordre)), 1)
    base, reste = divmod(n, vagues)
    bornes = [base + (1 if v < reste else 0) for v in range(vagues)]
    quand = [v for v, combien in enumerate(bornes) for _ in range(combien)]
    return [(u, debut + timedelta(days=ecart_jours * v)) for u, v in zip(ordre, quand, strict=True)]
