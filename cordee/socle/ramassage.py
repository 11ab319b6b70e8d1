"""Python's search for cycles, set apart while a lot of plain values is worked on: there is nothing to find in them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sans_ramassage() -> Iterator[None]:
    """Inside, memory comes back by reference counts only. For blocks of a few seconds that make no cycles.

    A lot of ten thousand events makes hundreds of thousands of small values: going through them again and again to
    look for cycles takes a quarter of the time.

    >>> with sans_ramassage():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()
