from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import ecrire_entier, verrou

COMPTER = """
import sys
from pathlib import Path
from cordee.socle.verrous import verrou
compteur = Path(sys.argv[1])
for _ in range(50):
    with verrou(compteur.with_name("verrou")):
        compteur.write_text(str(int(compteur.read_text()) + 1))
"""


def test_un_seul_a_la_fois(tmp_path: Path, lancer_python: Callable[..., object]) -> None:
    compteur = tmp_path / "compteur"
    compteur.write_text("0")
    processus = [lancer_python(COMPTER, compteur) for _ in range(3)]
    for p in processus:
        p.communicate(timeout=60)
    assert compteur.read_text() == "150"


def test_les_erreurs_du_bloc_sortent_et_liberent(tmp_path: Path) -> None:
    for erreur in (FileNotFoundError, ValueError):
        with pytest.raises(erreur), verrou(tmp_path / "verrou"):
            raise erreur
    with verrou(tmp_path / "verrou"):
        pass


def test_un_dossier_impossible_est_dit_en_clair(tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    with pytest.raises(ErreurMetier, match="CORDEE_HOME"), verrou(tmp_path / "fichier" / "verrou"):
        pass


def test_ecrire_entier_remplace_et_ne_laisse_rien(tmp_path: Path) -> None:
    cible = tmp_path / "cible"
    ecrire_entier(cible, "un")
    ecrire_entier(cible, "deux", mode=0o640)
    assert cible.read_text() == "deux"
    assert stat.S_IMODE(cible.stat().st_mode) == 0o640
    with pytest.raises(UnicodeEncodeError):
        ecrire_entier(cible, "\udc80")
    assert cible.read_text() == "deux"
    assert list(tmp_path.iterdir()) == [cible]
