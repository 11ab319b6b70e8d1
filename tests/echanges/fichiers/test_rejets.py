"""What is kept of a piece set aside: every letter, no NIR."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.echanges.fichiers.rejets import (
    demasquer,
    empreinte_du_jeton,
    en_texte,
    jeton,
    jeton_provisoire,
    masquer,
    sans_nir,
)
from cordee.socle.nir import cle_nir

NIR = "2880699023456"


@pytest.mark.parametrize(
    "texte",
    [
        f"<NIR>{NIR}</NIR>",
        f"<NIR>{NIR}<NOM>",
        f"<NIR >\n {NIR}{cle_nir(NIR)} </NIR>",
        f"<NIR>{NIR}",
        f'<Personne nir="{NIR}">',
        f"<COMM>vu avec {NIR}, rappeler</COMM>",
        "<COMM>2 88 06 99 023 456</COMM>",
        "<COMM>2.88.06.99.023.456.12</COMM>",
        "NIR;NOM\n2 88 06 99 023 456;EXEMPLE",
        "<nir>288069902345612</nir>",
        "<NIR>&#50;880699023456</NIR>",
    ],
)
def test_a_nir_goes_wherever_it_stands(texte: str) -> None:
    garde = sans_nir(texte)
    assert "288069" not in re.sub(r"\D", "", re.sub("jeton-[0-9a-f]{64}", "", garde))
    assert jeton(NIR) in garde or "illisible" in garde
    assert garde.count("\n") == texte.count("\n")
    assert sans_nir(garde) == garde


@pytest.mark.parametrize(
    "texte",
    [
        "<MATRICULE>205599000000000</MATRICULE>",
        "<NUMDEMRSA>00000010094</NUMDEMRSA>",
        "<DTNAI>1988-06-21</DTNAI><TEL>0612345678</TEL>",
        "<NIR></NIR><NIR> </NIR><NIR/>",
        "9999999999999",
    ],
)
def test_what_is_no_nir_stays(texte: str) -> None:
    assert sans_nir(texte) == texte


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from([NIR, "182022A108030", "788069902345612"]))
def test_no_text_around_hides_a_nir(avant: str, apres: str, nir: str) -> None:
    assert nir not in sans_nir(f"{avant} {nir} {apres}")


def test_a_token_gives_the_hash_and_says_when_it_is_provisional() -> None:
    assert empreinte_du_jeton(jeton(NIR)) == empreinte_du_jeton(jeton(f"{NIR}{cle_nir(NIR)}"))
    assert not jeton_provisoire(jeton(NIR))
    provisoire = jeton("7880699023456")
    assert jeton_provisoire(provisoire)
    assert len(empreinte_du_jeton(provisoire) or b"") == 32


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "iso-8859-1", "windows-1252"]))
def test_no_byte_is_lost(brut: bytes, encodage: str) -> None:
    texte = en_texte(brut, encodage)
    assert "\ufffd" not in texte or "\ufffd".encode() in brut
    if encodage != "utf-8":
        assert len(texte) == len(brut)


def test_letters_of_a_file_that_lies_about_itself() -> None:
    assert en_texte("Œuvre d’été".encode("cp1252"), "iso-8859-1") == "Œuvre d’été"
    assert en_texte("é".encode() + "è".encode("latin-1") + b"\x92", "utf-8") == "éè’"


def test_what_is_shown_hides_the_hash_and_comes_back() -> None:
    garde = sans_nir(f"<NIR>{NIR}</NIR><NIR>inconnu</NIR><NIR>{NIR}</NIR>")
    montre = masquer(garde)
    assert "jeton-" not in montre
    assert montre.count("NIR masqué n° ") == 3
    assert demasquer(montre, garde) == garde
    assert demasquer(montre.replace("NIR masqué n° 1", NIR), garde).startswith(f"<NIR>{NIR}</NIR>")
    assert demasquer("<NIR>NIR masqué n° 12</NIR>", garde) == "<NIR>jeton-illisible</NIR>"
