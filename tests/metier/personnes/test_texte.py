"""Names are read the same way in Python and in the database: matching relies on it."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.personnes.regles import cle_nom

# Every Latin letter of European names (Latin-1, Latin Extended-A and the few beyond that Romanian and Azeri use).
LETTRES = [c for c in map(chr, range(0x20, 0x180)) if c.isascii() or unicodedata.category(c) in ("Lu", "Ll")]
LETTRES += list("ȘșȚțƏə’‐")


def en_base(texte: str) -> str:
    with connection.cursor() as curseur:
        curseur.execute("SELECT cle_recherche(%s)", [texte])
        return curseur.fetchone()[0]


@pytest.mark.django_db
@given(texte=st.text(alphabet=LETTRES, max_size=30))
def test_one_key_in_python_and_in_the_database(texte: str) -> None:
    assert cle_nom(texte) == en_base(texte)


@pytest.mark.django_db
def test_letter_by_letter() -> None:
    assert {c: cle_nom(c) for c in LETTRES} == {c: en_base(c) for c in LETTRES}
