"""What a page has read already, kept for the time of that page: each of its parts asks for what it needs, one reads.

Only inside ``lecture()``, which the site opens around a GET: nothing can be written there, so nothing that is kept can
grow stale. Elsewhere (services, tasks, the command line) every question goes to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Valeur = TypeVar("Valeur")
_connu: ContextVar[dict[Hashable, Any] | None] = ContextVar("connu", default=None)


@contextmanager
def lecture() -> Iterator[None]:
    """What ``retenir`` reads inside this block is read once. The block must write nothing that it reads."""
    jeton = _connu.set({})
    try:
        yield
    finally:
        _connu.reset(jeton)


def en_lecture() -> bool:
    """Whether what is read now is kept."""
    return _connu.get() is not None


def retenir(cle: Hashable, lire: Callable[[], Valeur]) -> Valeur:
    """The answer of ``lire``, asked for once per key inside ``lecture()``, each time elsewhere.

    >>> appels = []
    >>> with lecture():
    ...     (retenir("n", lambda: appels.append(1) or len(appels)), retenir("n", lambda: appels.append(1)))
    (1, 1)
    >>> retenir("n", lambda: "hors de la page")
    'hors de la page'
    """
    connu = _connu.get()
    if connu is None:
        return lire()
    if cle not in connu:
        connu[cle] = lire()
    valeur: Valeur = connu[cle]
    return valeur
