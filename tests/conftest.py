"""What every test shares: no stopwatch for property tests, no network, a fixed moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import pytest_socket
from hypothesis import HealthCheck, settings

from tests.fabriques import MAINTENANT

REFERENCE = Path(os.environ.get("CORDEE_REFERENCE") or Path(__file__).resolve().parents[2] / "shared" / "reference")

settings.register_profile(
    "cordee", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("cordee")


@pytest.fixture(autouse=True)
def sans_reseau() -> None:
    """Only this machine can be reached. (PostgreSQL speaks through a Unix socket or the loop.)"""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def maintenant() -> datetime:
    """Tuesday 17 February 2026, 9:00 in Paris."""
    return MAINTENANT


@pytest.fixture
def fichier_reference() -> Callable[[str], Path]:
    """Gives the path of a source document; the test (marker ``reference``) is skipped where the folder is absent."""

    def trouver(chemin: str) -> Path:
        fichier = REFERENCE / chemin
        if not fichier.exists():
            pytest.skip(f"source document absent ({chemin}): set CORDEE_REFERENCE to its folder")
        return fichier

    return trouver
