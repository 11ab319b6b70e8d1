"""The typeface of the letters: converted once, whole, and never required."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from cordee.metier.courriers import polices
from cordee.metier.courriers.composition import FORMATS, Atelier
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.rendu import _completer
from cordee.socle import emplacement

SOURCE = emplacement.racine() / polices.PAQUET
avec_paquet = pytest.mark.skipif(not SOURCE.is_dir(), reason=f"{polices.PAQUET} absent: run npm ci")


@pytest.fixture(scope="module")
def prepares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Converted once by two processes at the same time (seconds of processor each): what there is afterwards."""
    cible = tmp_path_factory.mktemp("polices")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as groupe:
        dossiers = set(groupe.map(polices.preparer_polices, [SOURCE] * 2, [cible] * 2))
    assert len(dossiers) == 1
    return dossiers.pop()


@avec_paquet
def test_les_deux_alphabets_sont_fondus(prepares: Path) -> None:
    dossier = prepares
    assert sorted(f.name for f in dossier.iterdir()) == ["400.ttf", "600.ttf", "700.ttf"]
    for graisse in polices.GRAISSES:
        police = TTFont(dossier / f"{graisse}.ttf")
        assert police["name"].getDebugName(1) == polices.FAMILLE
        assert police["OS/2"].usWeightClass == graisse
        assert "fvar" not in police
        assert {ord(c) for c in "AéŒÿŸőĐŻł€’«»"} <= police.getBestCmap().keys()


@avec_paquet
def test_preparer_une_fois_pour_toutes(prepares: Path) -> None:
    instants = {f: f.stat().st_mtime_ns for f in prepares.iterdir()}
    assert polices.preparer_polices(SOURCE, prepares.parent) == prepares
    assert {f: f.stat().st_mtime_ns for f in prepares.iterdir()} == instants


@avec_paquet
def test_plusieurs_a_la_fois(prepares: Path) -> None:
    assert [d.name for d in prepares.parent.iterdir()] == [prepares.name]


@avec_paquet
def test_une_conversion_interrompue_ne_laisse_rien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def echouer(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as remplace:
        remplace.setattr(polices, "_fondre", echouer)
        with pytest.raises(KeyboardInterrupt):
            polices.preparer_polices(SOURCE, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert len(list(polices.preparer_polices(SOURCE, tmp_path).iterdir())) == 3


def test_paquet_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError):
        polices.preparer_polices(tmp_path, tmp_path / "cible")
    monkeypatch.setattr(polices, "PAQUET", Path("node_modules/absent"))
    assert polices.dossier_polices() is None


@pytest.mark.parametrize("genre", GenreCourrier)
def test_sans_la_police_les_lettres_tiennent_encore(genre: GenreCourrier, donnees_de: Any, le: datetime) -> None:
    lettre = _completer(genre, donnees_de(genre), le=le, grands_caracteres=False)
    document = Atelier(None).composer({"titre": "Essai", "auteur": "Essai", "lettres": [lettre]}, le=le)
    ((debut, fin),) = document.bornes
    assert fin - debut + 1 <= FORMATS[genre].pages
