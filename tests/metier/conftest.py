"""A team at work, for the tests of business acts."""

from __future__ import annotations

import pytest

from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter


@pytest.fixture
def equipe(db: None) -> Equipe:
    return monter()
