"""The national register number: shape and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.socle.nir import cle_juste, cle_nir, nir13

LIEUX = st.sampled_from(["01", "75", "94", "97", "99", "2A", "2B"])
NIRS = st.builds(
    "{}{:02d}{:02d}{}{:06d}".format,
    st.sampled_from("123478"),
    st.integers(0, 99),
    st.integers(1, 99),
    LIEUX,
    st.integers(0, 999_999),
)


@given(NIRS)
def test_la_cle_rend_le_nombre_divisible(nir: str) -> None:
    """Number plus key is a multiple of 97, Corsica read as 19 and 18; the key stays between 01 and 97."""
    nombre = int(nir.replace("2A", "19").replace("2B", "18"))
    cle = cle_nir(nir)
    assert (nombre + int(cle)) % 97 == 0
    assert len(cle) == 2
    assert 1 <= int(cle) <= 97


@given(NIRS, st.sampled_from(["", " ", ".", "-"]))
def test_avec_ou_sans_cle_meme_forme(nir: str, espace: str) -> None:
    presente = espace.join([nir[0], nir[1:3], nir[3:5], nir[5:7], nir[7:], cle_nir(nir)])
    assert nir13(presente.lower()) == nir
    assert nir13(nir) == nir
    assert cle_juste(presente) is True
    assert cle_juste(nir) is None


@given(NIRS, st.integers(0, 99))
def test_une_autre_cle_est_fausse(nir: str, autre: int) -> None:
    assert cle_juste(f"{nir}{autre:02d}") is (f"{autre:02d}" == cle_nir(nir))


@given(NIRS, st.integers(0, 12), st.sampled_from("0123456789"))
def test_une_faute_de_frappe_se_voit(nir: str, rang: int, chiffre: str) -> None:
    """One digit wrong always changes the key: 97 is prime and no power of ten is a multiple of it."""
    faute = nir[:rang] + chiffre + nir[rang + 1 :]
    if faute != nir and nir[rang].isdigit() and nir13(faute) and nir[5:7] not in {"2A", "2B"}:
        assert cle_nir(faute) != cle_nir(nir)


@pytest.mark.parametrize(
    "brut",
    [
        "",
        "123",
        "0880699023456",
        "5880699023456",
        "28806990234567",
        "2880699023456AB",
        "2C80699023456",
        "288069902345６",
    ],
)
def test_ce_qui_n_est_pas_un_nir(brut: str) -> None:
    assert nir13(brut) is None
    assert cle_juste(brut) is None


def test_la_faute_ne_cite_pas_le_numero() -> None:
    with pytest.raises(ValueError, match="NIR") as capture:
        cle_nir("0880699023456")
    assert "0880699023456" not in str(capture.value)
