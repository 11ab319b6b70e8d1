"""The shape of the lake: which version of it files follow, and under which key."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

from cordee.pilotage.lac.pseudonymes import empreinte_de_la_cle
from cordee.pilotage.lac.tables import TABLES

VERSION: Final = 1
"""Raised by whoever changes a table, a column or a type (``schema.json`` holds the shape of each version)."""


def forme() -> str:
    """Changes with the columns of the lake, what fills them, and the key: a lake of another shape is made again."""
    return f"{VERSION}-{_des_tables()}-{empreinte_de_la_cle()}"


@cache
def _des_tables() -> str:
    return hashlib.sha256(repr(TABLES).encode()).hexdigest()[:16]
