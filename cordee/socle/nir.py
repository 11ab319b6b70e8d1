"""The national register number (NIR): 13 characters and a two-digit key.

Pure functions. A NIR is sensitive: it is matched through a keyed hash, stored encrypted, never shown nor logged.
No function here puts the number in an error message.
"""

from __future__ import annotations

import re
from typing import Final

LONGUEUR: Final = 13
LONGUEUR_AVEC_CLE: Final = 15
_MODULE: Final = 97
# Sex (1, 2; 3, 4, 7, 8 while being attributed), year, month, birthplace (2A and 2B for Corsica), order.
_FORME: Final = re.compile(r"[1-478]\d{4}(?:\d\d|2[AB])\d{6}", re.ASCII)
_CORSE: Final = {"2A": "19", "2B": "18"}


def normaliser_nir(brut: str) -> str:
    """Upper case, without spaces nor separators.

    >>> normaliser_nir(" 2 82 02 2a 108 030 ")
    '282022A108030'
    """
    return re.sub(r"[\s.\-_/]", "", brut).upper()


def nir13(brut: str) -> str | None:
    """The 13 characters used for matching, or ``None`` when the shape is not that of a NIR.

    Payers send 13 characters (CAF) or 15 with the key (MSA): the key is left out, see :func:`cle_juste`.

    >>> nir13("2820251108030"), nir13("2 82 02 51 108 030 75"), nir13("inconnu"), nir13("0000000000000")
    ('2820251108030', '2820251108030', None, None)
    """
    compact = normaliser_nir(brut)
    if len(compact) not in {LONGUEUR, LONGUEUR_AVEC_CLE} or not _FORME.fullmatch(compact[:LONGUEUR]):
        return None
    if not compact[LONGUEUR:].isdecimal() and len(compact) == LONGUEUR_AVEC_CLE:
        return None
    return compact[:LONGUEUR]


def cle_nir(nir: str) -> str:
    """The two-digit key of a 13-character NIR: 97 minus the number modulo 97 (Corsica: 2A counts as 19, 2B as 18).

    Raises:
        ValueError: the shape is not that of a NIR.

    >>> cle_nir("2690549588157"), cle_nir("253072A004004")
    ('80', '76')
    """
    if not _FORME.fullmatch(nir):
        raise ValueError("Ce numéro n'a pas la forme d'un NIR de 13 caractères.")
    lieu = nir[5:7]
    nombre = int(nir[:5] + _CORSE.get(lieu, lieu) + nir[7:])
    return f"{_MODULE - nombre % _MODULE:02d}"


def cle_juste(brut: str) -> bool | None:
    """Is the key right? ``None`` when there is no key to check (13 characters) or no NIR.

    >>> cle_juste("269054958815780"), cle_juste("269054958815781"), cle_juste("2690549588157")
    (True, False, None)
    """
    compact = normaliser_nir(brut)
    if len(compact) != LONGUEUR_AVEC_CLE or nir13(compact) is None:
        return None
    return compact[LONGUEUR:] == cle_nir(compact[:LONGUEUR])
