"""Help to write neutral notes: a small lexicon, suggestions, never a refusal (the person may read it: RGPD art. 15)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

FICHIER: Final = Path(__file__).with_name("lexique.yaml")
MAXIMUM: Final = 6
"""More suggestions at once would be read by nobody."""


@dataclass(frozen=True, slots=True)
class Entree:
    """A form to look for, why it is better avoided, what may be written instead."""

    motif: re.Pattern[str]
    famille: str
    pourquoi: str
    plutot: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One word of a text and what may be written instead. ``mot``: as it was typed."""

    mot: str
    famille: str
    pourquoi: str
    plutot: str


def suggestions(texte: str, *, maximum: int = MAXIMUM) -> list[Suggestion]:
    """What may be written otherwise, in the order of the text; each word once.

    >>> [s.mot for s in suggestions("Soi-disant malade, toujours en retard, et PARESSEUX.")]
    ['Soi-disant', 'toujours en retard', 'PARESSEUX']
    >>> suggestions("Candidature envoyée le 3 mars, réponse attendue.")
    []
    """
    plat = aplatir(texte)
    trouvees: dict[str, tuple[int, Suggestion]] = {}
    for entree in _lexique():
        for trouve in entree.motif.finditer(plat):
            mot = texte[trouve.start() : trouve.end()]
            s = Suggestion(mot, entree.famille, entree.pourquoi, entree.plutot)
            trouvees.setdefault(plat[trouve.start() : trouve.end()], (trouve.start(), s))
    return [s for _, s in sorted(trouvees.values(), key=lambda t: t[0])][:maximum]


def aplatir(texte: str) -> str:
    """Small letters without accents, one for one: a place in the result is the same place in the text.

    >>> aplatir("Élevée ’ ICI")
    "elevee ' ici"
    """
    return "".join(_lettre(c) for c in texte)


def entrees() -> list[tuple[str, str, str]]:
    """(family, why, what instead) of the whole lexicon, for the page that shows it."""
    return list(dict.fromkeys((e.famille, e.pourquoi, e.plutot) for e in _lexique()))


def _lettre(c: str) -> str:
    if c in "’ʼ":
        return "'"
    base = unicodedata.normalize("NFD", c)[0].lower()
    return base if len(base) == 1 else c


@cache
def _lexique() -> tuple[Entree, ...]:
    lues = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    return tuple(
        Entree(_motif(mot), famille["famille"], famille["pourquoi"], entree["plutot"])
        for famille in lues
        for entree in famille["entrees"]
        for mot in entree["mots"]
    )


def _motif(mot: str) -> re.Pattern[str]:
    """``alcoolique*`` : the word and whatever ends it; spaces stand for any blank; never inside another word."""
    corps = r"\s+".join(re.escape(partie) for partie in mot.removesuffix("*").split())
    suite = r"\w*" if mot.endswith("*") else r"(?!\w)"
    return re.compile(r"(?<!\w)" + corps + suite)
