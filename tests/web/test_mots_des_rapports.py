"""Reports speak French: every code that a loading may store has its words."""

from __future__ import annotations

import re
from pathlib import Path

import cordee.echanges
from cordee.echanges.caf.rapport import Sens
from cordee.echanges.fichiers.grille import EtatCellule
from cordee.web.imports.apparences import AVERTISSEMENTS, CELLULES
from cordee.web.imports.compte_rendu import SENS

_CODES = re.compile(r'(?:Avertissement\(\s*|avis\.append\(|avertissements\[)"([a-z_]+)"')


def test_every_warning_has_words() -> None:
    sources = Path(cordee.echanges.__path__[0]).rglob("*.py")
    codes = {code for source in sources for code in _CODES.findall(source.read_text(encoding="utf-8"))}
    assert len(codes) > 10
    assert codes - AVERTISSEMENTS.keys() == set()


def test_every_state_and_direction_has_a_mark() -> None:
    assert set(CELLULES) == set(EtatCellule)
    assert set(SENS) == set(Sens)
