"""Prints of a household: of its bytes, cheap and strict; of its content, whatever the blanks and the encoding.

The first one saves parsing a household sent again as it was. A file written otherwise (indented, re-encoded) only costs
that parsing: the second one then says that nothing changed.
"""

from __future__ import annotations

import hashlib
from typing import Final

from lxml import etree

TAILLE: Final = 16
"""Bytes of a print."""


def empreinte_brute(brut: bytes, encodage: str) -> bytes:
    """Print of the bytes of a household. The encoding counts: the same bytes may be other letters.

    >>> empreinte_brute(b"<NOM>\\xe9<", "iso-8859-1") == empreinte_brute(b"<NOM>\\xe9<", "iso-8859-15")
    False
    """
    return hashlib.blake2b(brut, digest_size=TAILLE, person=encodage.encode("ascii")[:16]).digest()


def empreinte(canonique: str) -> bytes:
    """Print of a content (see :func:`canonique`)."""
    return hashlib.blake2b(canonique.encode("utf-8", "surrogatepass"), digest_size=TAILLE).digest()


def canonique(element: etree._Element) -> str:
    """The content of a household in one text: its elements in order, their text without the blanks that pad it.

    >>> canonique(etree.fromstring("<F>\\n <A> x </A><B/><C>&amp;<D>1</D></C></F>"))
    '<A>x</A><B></B><C>&amp;<D>1</D></C>'
    """
    morceaux: list[str] = []
    _ajouter(element, morceaux)
    return "".join(morceaux)


def _ajouter(element: etree._Element, morceaux: list[str]) -> None:
    for enfant in element:
        morceaux.append(f"<{enfant.tag}>{proteger((enfant.text or '').strip())}")  # type: ignore[str-bytes-safe]
        if len(enfant):
            _ajouter(enfant, morceaux)
        morceaux.append(f"</{enfant.tag}>")  # type: ignore[str-bytes-safe]


def proteger(texte: str) -> str:
    """A text that cannot be taken for a tag."""
    return texte.replace("&", "&amp;").replace("<", "&lt;") if "&" in texte or "<" in texte else texte
