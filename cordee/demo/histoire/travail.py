"""Sharing the making of a history between processes, and what each of them does of one lot.

A *lot* is every n-th dynasty: lots do not depend on how many processes there are, nor on which one takes them. What all
lots need is worked out once, before the processes part.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from django.db import connections

from cordee.socle.ramassage import sans_ramassage

T = TypeVar("T")
_Tache = Callable[[int], Any]
_EN_COURS: dict[str, _Tache] = {}
_CLE: Final = "tache"


def processus() -> int:
    """How many processes to share the work between: one for each core given to us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def partager(tache: Callable[[int], T], *, lots: int, a: int) -> Iterator[T]:
    """Do ``tache`` for each lot, in order of number, in ``a`` processes (1: here, on this connection).

    The processes part from this one as it stands: what ``tache`` refers to is not copied nor sent. Each has its own
    connection. Results come back by pickle, as soon as they are there, in the order of lots.

    Raises:
        whatever a lot raises; the others are stopped.
    """
    if a <= 1 or lots <= 1:
        yield from map(tache, range(lots))
        return
    connections.close_all()  # a connection is not shared between processes
    _EN_COURS[_CLE] = tache
    try:
        gc.freeze()  # what the processes share is neither looked at nor copied
        with multiprocessing.get_context("fork").Pool(min(a, lots), initializer=_commencer) as equipe:
            yield from equipe.imap(_faire, range(lots))
    finally:
        del _EN_COURS[_CLE]
        gc.unfreeze()


def _commencer() -> None:
    """Lots leave few cycles behind them: looking for them often costs a tenth of the time."""
    gc.set_threshold(100_000, 50, 100)


def _faire(lot: int) -> Any:
    with sans_ramassage():
        return _EN_COURS[_CLE](lot)
