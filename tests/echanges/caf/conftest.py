"""Small files of the payers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.echanges.caf.blocs import ENTETE, Flux


@pytest.fixture
def reference(fichier_reference: Callable[[str], Path]) -> Path:
    """The folder of the payers' files; these tests are extra where it is absent."""
    return fichier_reference("caf")


@pytest.fixture
def flux(tmp_path: Path) -> Flux:
    """Write a file around household blocks; ``annonces`` is the total of the last block."""

    def ecrire(
        *foyers: str,
        annonces: int | None = None,
        encodage: str = "ISO-8859-1",
        entete: str = ENTETE,
        python: str = "",
        nom: str = "flux.xml",
    ) -> Path:
        total = f"{len(foyers) if annonces is None else annonces:08d}"
        fin = f"<TransmissionFlux><NBTOTDOSRSATRANSM>{total}</NBTOTDOSRSATRANSM>"
        fin += "<NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux>"
        corps = "\n".join((entete, *foyers, fin))
        texte = f'<?xml version="1.0" encoding="{encodage}"?>\n<Racine>\n{corps}\n</Racine>\n'
        chemin = tmp_path / nom
        chemin.write_bytes(texte.encode(python or encodage))
        return chemin

    return ecrire
