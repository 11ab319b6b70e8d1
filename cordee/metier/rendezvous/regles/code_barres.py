"""The number of a line of an attendance sheet: printed as Code 128, read by a scanner, typed back by hand.

A number ends with a check digit (Luhn): one wrong key, or two swapped ones, is never somebody else.
"""

from __future__ import annotations

import re
from itertools import groupby

from barcode import Code128


def numero_de_ligne(pk: int) -> str:
    """The printed number: the id of the appointment on at least seven digits, and its check digit.

    Seven and one make an even number of digits, which Code 128 C writes two by two.

    >>> numero_de_ligne(42), numero_de_ligne(1234567)
    ('00000422', '12345674')
    """
    chiffres = str(pk).zfill(7)
    if len(chiffres) % 2 == 0:
        chiffres = f"0{chiffres}"
    return f"{chiffres}{_cle(chiffres)}"


def lire_numero(texte: str) -> int | None:
    """The id behind a number typed or scanned; ``None`` when it is not one of ours.

    >>> lire_numero(" 0000 0422 "), lire_numero("00000423"), lire_numero("abc")
    (42, None, None)
    """
    chiffres = re.sub(r"[\s.\-]", "", texte)
    if not chiffres.isascii() or not chiffres.isdecimal() or not 8 <= len(chiffres) <= 18:
        return None
    return int(chiffres[:-1]) if _cle(chiffres[:-1]) == chiffres[-1] else None


def lire_numeros(texte: str) -> tuple[list[int], list[str]]:
    """What a scanner or a paste gave, one number by line or separated by anything: ids, and what is not a number.

    >>> lire_numeros("00000422\\n12345674; 00000423")
    ([42, 1234567], ['00000423'])
    """
    lus: list[int] = []
    refuses: list[str] = []
    for mot in re.split(r"[\s,;]+", texte.strip()):
        if not mot:
            continue
        pk = lire_numero(mot)
        if pk is None:
            refuses.append(mot)
        else:
            lus.append(pk)
    return list(dict.fromkeys(lus)), refuses


def barres(numero: str) -> list[int]:
    """Widths, in modules, of the bars and spaces of a number in Code 128 C: a bar first, then in turn.

    >>> sum(barres("00000422")), len(barres("00000422"))
    (79, 43)

    Raises:
        ValueError: an odd number of digits.
    """
    if len(numero) % 2:
        raise ValueError("Code 128 C writes digits two by two")
    (modules,) = Code128(numero).build()
    return [len(list(largeur)) for _, largeur in groupby(modules)]


def _cle(chiffres: str) -> str:
    """Luhn."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)
