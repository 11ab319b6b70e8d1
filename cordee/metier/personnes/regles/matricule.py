"""The beneficiary's number (MATRICULE): as people know it, and never a NIR.

At the MSA it is often the insured person's NIR. A NIR is not kept nor shown in clear (V1): a pseudonym drawn from its
keyed hash stands for it, the same wherever the number comes from (file, table of a partner, search box).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from cordee.metier.personnes.enums import Sexe
from cordee.socle.chiffrement import empreinte
from cordee.socle.nir import LONGUEUR, nir13

CONTEXTE_NIR: Final = "personnes.nir"
PROTEGE: Final = "numéro protégé"
"""What is shown in the place of a pseudonym, with its last characters: two numbers can be told apart."""
_LETTRE: Final = "N"
_HEXADECIMAUX: Final = 14
_PSEUDONYME: Final = re.compile(rf"{_LETTRE}[0-9a-f]{{{_HEXADECIMAUX}}}")
_CHIFFRES: Final = 7
_SEXES: Final = {"1": Sexe.HOMME, "2": Sexe.FEMME}


def lire_matricule(brut: str) -> str:
    """The number as people know it: 7 digits, without the zeros that pad it to 15 in the files.

    A number that is not of that shape is kept whole, without spaces; a NIR gives its pseudonym.

    >>> lire_matricule("205599000000000"), lire_matricule(" 123456 "), lire_matricule("2055990")
    ('2055990', '0123456', '2055990')
    >>> lire_matricule("2 71 04 75 123 456 78") == lire_matricule("2710475123456") == lire_matricule("271047512345600")
    True
    >>> est_pseudonyme(lire_matricule("271047512345678")), lire_matricule("MSA12")
    (True, 'MSA12')
    """
    compact = "".join(brut.split())
    if len(compact) > _CHIFFRES and compact.isdecimal() and not compact[_CHIFFRES:].strip("0"):
        return compact[:_CHIFFRES]
    nir = nir_de_matricule(compact)
    if nir:
        return pseudonyme(empreinte(nir, contexte=CONTEXTE_NIR))
    return compact.zfill(_CHIFFRES) if compact.isdecimal() else compact


def nir_de_matricule(brut: str) -> str:
    """The 13 characters of the NIR a number is, ``""`` when it is none.

    >>> nir_de_matricule("271047512345678"), nir_de_matricule("002710475123456"), nir_de_matricule("205599000000000")
    ('2710475123456', '2710475123456', '')
    """
    compact = "".join(brut.split())
    if len(compact) < LONGUEUR or not compact[_CHIFFRES:].strip("0"):
        return ""
    return nir13(compact) or nir13(compact.lstrip("0")) or ""


def voiler_matricule(brut: str) -> str:
    """A number as sent, unless it is a NIR: then its pseudonym.

    >>> voiler_matricule("205599000000000"), voiler_matricule(" 12 "), est_pseudonyme(voiler_matricule("2710475123456"))
    ('205599000000000', ' 12 ', True)
    """
    return lire_matricule(brut) if nir_de_matricule(brut) else brut


def pseudonyme(empreinte_nir: bytes) -> str:
    """What stands for a NIR in a column of numbers: 15 characters, no way back.

    >>> pseudonyme(bytes(32))
    'N00000000000000'
    """
    return _LETTRE + empreinte_nir.hex()[:_HEXADECIMAUX]


def est_pseudonyme(matricule: str) -> bool:
    """Whether a stored number stands for a NIR.

    >>> est_pseudonyme("N00000000000000"), est_pseudonyme("2055990")
    (True, False)
    """
    return _PSEUDONYME.fullmatch(matricule) is not None


def matricule_montrable(matricule: str) -> str:
    """A number as it is shown.

    >>> matricule_montrable("2055990"), matricule_montrable("N00000000000000")
    ('2055990', 'numéro protégé 0000')
    """
    return f"{PROTEGE} {matricule[-4:]}" if est_pseudonyme(matricule) else matricule


def nir_possible(nir: str, *, naissance: date, sexe: Sexe) -> bool:
    """Whether a NIR may be that of somebody of this birth and sex (year and month; unknown sex: no).

    >>> nir_possible("2880699023456", naissance=date(1988, 6, 21), sexe=Sexe.FEMME)
    True
    >>> nir_possible("2880699023456", naissance=date(1988, 7, 21), sexe=Sexe.FEMME)
    False
    """
    return _SEXES.get(nir[:1]) is sexe and nir[1:5] == f"{naissance:%y%m}"
