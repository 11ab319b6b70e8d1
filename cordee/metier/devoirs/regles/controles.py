"""Random controls (C. trav. L5426-1 IV; E29): a draw nobody can know beforehand and anybody can do again. Pure.

The seed is drawn first and its fingerprint published; the people are listed and drawn on a later day; the seed is then
shown. Whoever holds the list and the seed finds the same people again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

SEPARATEUR: Final = b"|"


def empreinte_graine(graine: str) -> str:
    """What is published before the draw: it says nothing of the seed, and no other seed answers to it.

    >>> empreinte_graine("exemple")[:12]
    'b77ad2edf199'
    """
    return hashlib.sha256(graine.encode()).hexdigest()


def empreinte_univers(personnes: Iterable[int]) -> str:
    """The fingerprint of the list, whatever the order it is given in.

    >>> empreinte_univers([3, 1, 2]) == empreinte_univers([1, 2, 3])
    True
    """
    return hashlib.sha256(",".join(map(str, sorted(personnes))).encode()).hexdigest()


def tirer(personnes: Iterable[int], *, graine: str, nombre: int) -> list[int]:
    """``nombre`` people, everybody with the same chance: those whose number mixed with the seed comes first.

    The answer depends on the set and the seed only, never on an order or on a library's generator.

    >>> tirer([30, 10, 20, 40], graine="exemple", nombre=2) == tirer([10, 20, 30, 40], graine="exemple", nombre=2)
    True
    >>> len(tirer(range(100), graine="exemple", nombre=7)), tirer([1], graine="exemple", nombre=5)
    (7, [1])
    """
    return sorted(set(personnes), key=lambda pk: (_rang(graine, pk), pk))[:nombre]


def _rang(graine: str, pk: int) -> bytes:
    return hashlib.sha256(graine.encode() + SEPARATEUR + str(pk).encode()).digest()


def verifier(tires: Sequence[int], *, personnes: Iterable[int], graine: str, empreinte: str) -> bool:
    """Whether a draw is the one that was announced.

    >>> graine = "exemple"
    >>> verifier(tirer([1, 2, 3], graine=graine, nombre=1), personnes=[1, 2, 3], graine=graine,
    ...          empreinte=empreinte_graine(graine))
    True
    """
    return empreinte_graine(graine) == empreinte and list(tires) == tirer(personnes, graine=graine, nombre=len(tires))
