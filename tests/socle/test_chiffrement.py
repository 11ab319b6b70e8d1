from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordee.socle.chiffrement import ChiffrementInvalide, chiffrer, dechiffrer, empreinte

TEXTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
UNE_FOIS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def cle(remplie_de: int) -> str:
    return base64.b64encode(bytes([remplie_de]) * 32).decode()


@pytest.fixture(autouse=True)
def cles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_HOME", str(tmp_path / "maison"))
    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", cle(1))
    monkeypatch.setenv("CORDEE_CLE_EMPREINTE", cle(9))


@UNE_FOIS
@given(texte=TEXTES, contexte=TEXTES)
def test_aller_et_retour(texte: str, contexte: str) -> None:
    chiffre = chiffrer(texte, contexte=contexte)
    assert dechiffrer(chiffre, contexte=contexte) == dechiffrer(memoryview(chiffre), contexte=contexte) == texte
    assert len(chiffre) == 1 + 12 + len(texte.encode()) + 16
    assert chiffrer(texte, contexte=contexte) != chiffre


@UNE_FOIS
@given(texte=TEXTES, donnees=st.data())
def test_un_octet_change_et_rien_ne_se_lit(texte: str, donnees: st.DataObject) -> None:
    chiffre = bytearray(chiffrer(texte, contexte="essai"))
    place = donnees.draw(st.integers(0, len(chiffre) - 1))
    chiffre[place] ^= donnees.draw(st.integers(1, 255))
    with pytest.raises(ChiffrementInvalide):
        dechiffrer(bytes(chiffre), contexte="essai")


@pytest.mark.parametrize("chiffre", [b"", b"\x01", b"\x01" + bytes(27)])
def test_trop_court_pour_etre_un_chiffre(chiffre: bytes) -> None:
    with pytest.raises(ChiffrementInvalide, match="fichier des secrets"):
        dechiffrer(chiffre, contexte="essai")


def test_changer_de_cle_sans_perdre_l_ancienne(monkeypatch: pytest.MonkeyPatch) -> None:
    ancien = chiffrer("à garder", contexte="essai")
    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", f"1:{cle(1)},2:{cle(2)}")
    nouveau = chiffrer("à garder", contexte="essai")
    assert (ancien[0], nouveau[0]) == (1, 2)
    assert dechiffrer(ancien, contexte="essai") == dechiffrer(nouveau, contexte="essai") == "à garder"

    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", f"2:{cle(2)}")
    assert dechiffrer(nouveau, contexte="essai") == "à garder"
    with pytest.raises(ChiffrementInvalide):
        dechiffrer(ancien, contexte="essai")


def test_la_version_est_scellee(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cipher relabelled with another version number does not decrypt, even under the same key."""
    monkeypatch.setenv("CORDEE_CLE_CHIFFREMENT", f"1:{cle(1)},2:{cle(1)}")
    chiffre = chiffrer("texte", contexte="essai")
    with pytest.raises(ChiffrementInvalide):
        dechiffrer(b"\x01" + chiffre[1:], contexte="essai")


@UNE_FOIS
@given(a=st.tuples(TEXTES, TEXTES), b=st.tuples(TEXTES, TEXTES))
def test_une_empreinte_par_texte_et_contexte(a: tuple[str, str], b: tuple[str, str]) -> None:
    """Text and context do not run into each other: ("ab", "c") is not ("a", "bc")."""
    assert (empreinte(a[0], contexte=a[1]) == empreinte(b[0], contexte=b[1])) is (a == b)


def test_l_empreinte_separe_texte_et_contexte() -> None:
    assert empreinte("bc", contexte="a") != empreinte("c", contexte="ab")


def test_l_empreinte_depend_de_sa_cle(monkeypatch: pytest.MonkeyPatch) -> None:
    premiere = empreinte("284", contexte="nir")
    monkeypatch.setenv("CORDEE_CLE_EMPREINTE", base64.b64encode(os.urandom(32)).decode())
    assert empreinte("284", contexte="nir") != premiere
