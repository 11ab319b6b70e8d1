"""How long a text message is, as operators count it (GSM 03.38), and how to keep it in their cheap alphabet."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from types import MappingProxyType

_BASE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ETENDU = frozenset("^{}\\[~]|€")  # each takes two places
_SIMPLES = MappingProxyType(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE",
     "\u00a0": " ", "\u202f": " ", "ç": "c", "·": "."}
)  # fmt: skip
SEGMENTS_MAXIMUM = 3


@dataclass(frozen=True, slots=True)
class Longueur:
    """``unites``: places taken; ``segments``: messages billed; ``unicode``: outside the cheap alphabet."""

    unites: int
    segments: int
    unicode: bool


def longueur_sms(texte: str) -> Longueur:
    """Length of a message: 160 places alone or 153 a part in GSM-7; 70 or 67 when one character is outside it.

    >>> longueur_sms("Rendez-vous le 17/02 à 9h"), longueur_sms("a" * 161).segments, longueur_sms("€").unites
    (Longueur(unites=25, segments=1, unicode=False), 2, 2)
    >>> longueur_sms("Ça dépend de l'être"), longueur_sms("ê" * 71).segments
    (Longueur(unites=19, segments=1, unicode=True), 2)
    """
    if all(c in _BASE or c in _ETENDU for c in texte):
        unites = sum(2 if c in _ETENDU else 1 for c in texte)
        return Longueur(unites, 1 if unites <= 160 else -(-unites // 153), unicode=False)
    unites = len(texte.encode("utf-16-le")) // 2
    return Longueur(unites, 1 if unites <= 70 else -(-unites // 67), unicode=True)


def en_gsm7(texte: str) -> str:
    """The nearest text of the cheap alphabet: an accent it lacks is dropped, the others stay.

    A text in another script is left as it is: it would lose its meaning.

    >>> en_gsm7("Être là à l’heure : ça compte, Zoë"), en_gsm7("வணக்கம்")
    ("Etre là à l'heure : ca compte, Zoe", 'வணக்கம்')
    """
    rendu = "".join(_simple(c) for c in texte)
    return rendu if not longueur_sms(rendu).unicode else texte


def _simple(c: str) -> str:
    if c in _BASE or c in _ETENDU:
        return c
    if c in _SIMPLES:
        return _SIMPLES[c]
    decompose = unicodedata.normalize("NFKD", c)
    return "".join(d for d in decompose if not unicodedata.combining(d)) or c
