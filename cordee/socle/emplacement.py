"""Where an installation keeps what is its own: secrets, files, embedded database."""

from __future__ import annotations

import os
from pathlib import Path


def racine() -> Path:
    """The checkout this code runs from, or the current folder when the package is installed elsewhere."""
    depot = Path(__file__).resolve().parents[2]
    return depot if (depot / "pyproject.toml").is_file() else Path.cwd()


def dossier_cordee() -> Path:
    """``CORDEE_HOME``, or ``.cordee`` in the checkout. Absolute, symbolic links followed; perhaps not made yet.

    >>> os.environ["CORDEE_HOME"] = "/srv/cordee/../cordee/"
    >>> dossier_cordee().as_posix()
    '/srv/cordee'
    >>> del os.environ["CORDEE_HOME"]
    """
    choisi = os.environ.get("CORDEE_HOME")
    return (Path(choisi).expanduser() if choisi else racine() / ".cordee").resolve()


def dossier_des_tests() -> Path:
    """The fixed folder of this checkout's test suite: its database server starts once and is used again."""
    return (racine() / ".cordee" / "tests").resolve()
