"""How names, numbers and typed searches are read. Same key as the SQL function ``cle_recherche``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.metier.personnes.regles.matricule import lire_matricule
from cordee.socle.nir import nir13

# What Unicode does not decompose and ``unaccent`` does.
_LIGATURES: Final = str.maketrans({
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ŋ": "n", "ŧ": "t", "ĸ": "q", "ŀ": "l",
})  # fmt: skip
_DATE: Final = re.compile(r"(?<!\d)(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?!\d)")
_DATE_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DATE_COLLEE: Final = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_TELEPHONE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)33 ?|0)([1-9])((?:[ .]?\d{2}){4})(?!\d)")
_EXPOSANT: Final = re.compile(r"\d[.,]?\d*[eE][+-]?\d")
_NUMERO_MIN: Final = 5


def cle_nom(texte: str) -> str:
    """Lower case, no accent, words separated by one space.

    >>> cle_nom("  N'Guessan-Œuvré "), cle_nom("JEAN-PIERRE") == cle_nom("Jean Pierre")
    ('n guessan oeuvre', True)
    """
    decompose = unicodedata.normalize("NFKD", texte.lower().translate(_LIGATURES))
    sans_accent = "".join(c for c in decompose if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", sans_accent).strip()


def telephone_normalise(texte: str) -> str:
    """A French number as ten digits; ``""`` when it is not one.

    >>> {telephone_normalise(n) for n in ("+33 6 01 02 03 04", "06.01.02.03.04", "601020304")}
    {'0601020304'}

    Overseas numbers are of the same plan: their country code stands in the number itself.

    >>> telephone_normalise("+262 692 00 00 00"), telephone_normalise("+33 (0)1 99 00 12 34")
    ('0692000000', '0199001234')
    >>> telephone_normalise("12"), telephone_normalise("+32 470 12 34 56"), telephone_normalise("6,12E+08")
    ('', '', '')
    """
    if _EXPOSANT.search(texte):
        return ""
    chiffres = re.sub(r"\D", "", texte)
    chiffres = re.sub(r"^(?:00)?330?(?=[1-9]\d{8}$)", "0", chiffres)
    chiffres = re.sub(r"^(?:00)?(?:262|508|590|594|596)0?(?=[1-9]\d{8}$)", "0", chiffres)
    if re.fullmatch(r"[1-9]\d{8}", chiffres):  # spreadsheets lose the leading zero (E37)
        chiffres = "0" + chiffres
    return chiffres if re.fullmatch(r"0[1-9]\d{8}", chiffres) else ""


def telephone_mobile(numero: str) -> bool:
    """Whether a ten-digit number receives text messages.

    >>> telephone_mobile("0639980001"), telephone_mobile("0199000001"), telephone_mobile("lea@exemple.fr")
    (True, False, False)
    """
    return numero[:2] in {"06", "07"}


def contact_normalise(valeur: str) -> str:
    """An e-mail in lower case, or a phone number as ten digits; ``""`` for neither.

    >>> contact_normalise(" Lea@Exemple.FR "), contact_normalise("06 01 02 03 04")
    ('lea@exemple.fr', '0601020304')
    """
    return valeur.strip().lower() if "@" in valeur else telephone_normalise(valeur)


@dataclass(frozen=True, slots=True)
class Demande:
    """A typed search, read.

    ``nir``: what was typed is a NIR, which is never searched but as the beneficiary's number of the MSA that it may be:
    ``numeros`` then holds its pseudonym.
    """

    mots: tuple[str, ...] = ()
    naissance: date | None = None
    numeros: tuple[str, ...] = ()
    telephone: str = ""
    courriel: str = ""
    nir: bool = False

    @property
    def vide(self) -> bool:
        return not (self.mots or self.naissance or self.numeros or self.telephone or self.courriel)


def lire_recherche(texte: str) -> Demande:
    """Names, a birth date, numbers, a phone or an e-mail, in any order.

    >>> demande = lire_recherche("dupönt  Léa 12/03/1988")
    >>> demande.mots, demande.naissance
    (('dupont', 'lea'), datetime.date(1988, 3, 12))
    >>> lire_recherche("00012345678").numeros, lire_recherche("06 01 02 03 04").telephone
    (('00012345678',), '0601020304')
    >>> colle, espace = lire_recherche("2820251108030"), lire_recherche("2 82 02 51 108 030 75")
    >>> colle == espace, colle.nir, colle.mots, len(colle.numeros[0])
    (True, True, (), 15)
    """
    nirs = [nir for nir in (nir13(texte), *map(nir13, texte.split())) if nir is not None]
    if nirs:
        return Demande(nir=True, numeros=(lire_matricule(nirs[0]),))
    courriels = [mot.lower() for mot in texte.split() if "@" in mot.strip("@")]
    reste = " ".join(mot for mot in texte.split() if "@" not in mot)
    naissance, reste = _extraire_date(reste)
    telephone = ""
    trouve = _TELEPHONE.search(reste)
    if trouve:
        telephone = telephone_normalise(trouve.group())
        reste = reste.replace(trouve.group(), " ")
    mots = cle_nom(reste).split()
    return Demande(
        mots=tuple(mot for mot in mots if not _est_numero(mot)),
        naissance=naissance,
        numeros=tuple(mot for mot in mots if _est_numero(mot)),
        telephone=telephone,
        courriel=courriels[0] if courriels else "",
    )


def _est_numero(mot: str) -> bool:
    """NUMDEMRSA may hold letters; a name never holds a digit."""
    return len(mot) >= _NUMERO_MIN and any(c.isdigit() for c in mot)


def _extraire_date(texte: str) -> tuple[date | None, str]:
    for forme in (_DATE, _DATE_COLLEE, _DATE_ISO):
        trouve = forme.search(texte)
        if trouve is None:
            continue
        parties = [int(p) for p in trouve.groups()]
        annee, mois, jour = parties if forme is _DATE_ISO else reversed(parties)
        try:
            return date(annee, mois, jour), texte.replace(trouve.group(), " ")
        except ValueError:
            continue
    return None, texte
