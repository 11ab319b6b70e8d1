"""The number of a line of an attendance sheet: printed as Code 128, read by a scanner, typed back by hand.

A number ends with a check digit (Luhn): one wrong key, or two swapped ones, is never somebody else.
"""

from __future__ import annotations

import re

# Code 128: widths of bars and spaces of each value, as the standard gives them (ISO/IEC 15417, table 1).
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_MOTIFS = _TABLE.split()
_ARRET = "2331112"
_DEPART_C = 105


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
    valeurs = [int(numero[i : i + 2]) for i in range(0, len(numero), 2)]
    cle = (_DEPART_C + sum(rang * valeur for rang, valeur in enumerate(valeurs, start=1))) % 103
    motifs = [_MOTIFS[v] for v in (_DEPART_C, *valeurs, cle)]
    return [int(largeur) for motif in (*motifs, _ARRET) for largeur in motif]


def _cle(chiffres: str) -> str:
    """Luhn."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 == 0 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return str(-somme % 10)
