from __future__ import annotations

import base64
import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cordee.socle import secrets_locaux
from cordee.socle.secrets_locaux import SecretsRefuses

TOUTES = """
from cordee.socle import secrets_locaux as s
print(s.cle_django(), s.cles_chiffrement(), s.cle_empreinte())
"""


@pytest.fixture(autouse=True)
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CORDEE_HOME", str(tmp_path / "maison"))
    for variable in ("CORDEE_CLE_DJANGO", "CORDEE_CLE_CHIFFREMENT", "CORDEE_CLE_EMPREINTE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "maison"


def cle(remplie_de: int) -> str:
    return base64.b64encode(bytes([remplie_de]) * 32).decode()


def oublier() -> None:
    """What another process would know: the file alone."""
    secrets_locaux._du_fichier.cache_clear()


def test_les_secrets_sont_faits_une_fois_et_pour_leur_seul_compte(dossier: Path) -> None:
    premiers = (secrets_locaux.cle_django(), secrets_locaux.cles_chiffrement(), secrets_locaux.cle_empreinte())
    fichier = dossier / "secrets.json"
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    assert len(premiers[0]) >= 50
    assert [len(c) for c in premiers[1].values()] == [32]
    assert len(premiers[2]) == 32
    assert premiers[2] not in premiers[1].values()
    oublier()
    assert (secrets_locaux.cle_django(), secrets_locaux.cles_chiffrement(), secrets_locaux.cle_empreinte()) == premiers


def test_quatre_premiers_demarrages_font_les_memes_secrets(lancer_python: Callable[..., object]) -> None:
    processus = [lancer_python(TOUTES) for _ in range(4)]
    assert len({p.communicate(timeout=60)[0] for p in processus}) == 1
    assert [p.returncode for p in processus] == [0] * 4


def test_l_environnement_l_emporte_et_n_ecrit_rien(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_CLE_DJANGO", "d" * 40)
    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", f"1:{cle(1)}, 2:{cle(2)}")
    monkeypatch.setenv("CORDEE_CLE_EMPREINTE", cle(3))
    assert secrets_locaux.cle_django() == "d" * 40
    assert secrets_locaux.cles_chiffrement() == {1: bytes([1]) * 32, 2: bytes([2]) * 32}
    assert secrets_locaux.cle_empreinte() == bytes([3]) * 32
    assert not dossier.exists()


@pytest.mark.parametrize(
    "valeur", ["court", cle(1)[:-4], f"0:{cle(1)}", f"256:{cle(1)}", f"1:{cle(1)},1:{cle(2)}", f"x:{cle(1)}", ","]
)
def test_une_cle_mal_ecrite_est_refusee(valeur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", valeur)
    with pytest.raises(SecretsRefuses, match="CORDEE_CLE_CHIFFREMENT"):
        secrets_locaux.cles_chiffrement()


def test_une_cle_django_trop_courte_est_refusee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_CLE_DJANGO", "secret")
    with pytest.raises(SecretsRefuses, match="trop courte"):
        secrets_locaux.cle_django()


def test_un_fichier_ouvert_a_d_autres_est_refuse(dossier: Path) -> None:
    secrets_locaux.cle_django()
    (dossier / "secrets.json").chmod(0o640)
    oublier()
    with pytest.raises(SecretsRefuses, match="chmod 600"):
        secrets_locaux.cle_django()


@pytest.mark.parametrize("contenu", ["{", "[]", ""])
def test_un_fichier_abime_n_est_jamais_remplace(contenu: str, dossier: Path) -> None:
    dossier.mkdir()
    fichier = dossier / "secrets.json"
    fichier.write_text(contenu)
    fichier.chmod(0o600)
    with pytest.raises(SecretsRefuses, match="abîmé"):
        secrets_locaux.cle_django()
    assert fichier.read_text() == contenu


def test_un_secret_qui_manque_est_ajoute_sans_toucher_aux_autres(dossier: Path) -> None:
    dossier.mkdir()
    fichier = dossier / "secrets.json"
    fichier.write_text(json.dumps({"cle_chiffrement": cle(7)}))
    fichier.chmod(0o600)
    assert len(secrets_locaux.cle_empreinte()) == 32
    assert secrets_locaux.cles_chiffrement() == {1: bytes([7]) * 32}
    assert json.loads(fichier.read_text())["cle_chiffrement"] == cle(7)


def test_jamais_de_secret_dans_un_depot(tmp_path: Path, dossier: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with pytest.raises(SecretsRefuses, match="dépôt git"):
        secrets_locaux.cle_django()
    assert not dossier.exists()

    (tmp_path / ".gitignore").write_text("maison/\n")
    assert secrets_locaux.cle_django()


def test_le_dossier_ignore_du_depot_convient() -> None:
    """``.cordee`` stands in the checkout: git must not see it."""
    racine = Path(secrets_locaux.__file__).parents[2]
    secrets_locaux._refuser_un_depot(racine / ".cordee" / "secrets.json")
    if (racine / ".git").exists():
        with pytest.raises(SecretsRefuses):
            secrets_locaux._refuser_un_depot(racine / "secrets.json")
