"""Under which rules an estimate was made: a new version never answers with an old result."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version as version_installee
from typing import Final

PAQUET: Final = "openfisca-france"
REGLES: Final = 1
"""Raised when our own reading of the rules changes (ADR 0029)."""


@cache
def version() -> str:
    """Name of the model and of our rules, without loading the model.

    >>> version().startswith("openfisca-france ")
    True
    """
    return f"{PAQUET} {version_installee(PAQUET)} · règles {REGLES}"
