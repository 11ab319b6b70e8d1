"""Source documents, when they stand beside the checkout."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

DOSSIER = Path(os.environ.get("CORDEE_REFERENCE") or Path(__file__).resolve().parents[3] / "shared" / "reference")


@pytest.fixture
def fichier_reference() -> Callable[[str], Path]:
    """Gives the path of a source document; the test is skipped where the folder is absent."""

    def trouver(chemin: str) -> Path:
        fichier = DOSSIER / chemin
        if not fichier.exists():
            pytest.skip(f"source document absent ({chemin}): set CORDEE_REFERENCE to its folder")
        return fichier

    return trouver
