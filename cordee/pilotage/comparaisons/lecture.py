"""From a gap to a sentence: what may be said of a structure, and what must stay hidden. Pure."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.comparaisons.enums import Lecture
from cordee.pilotage.secret import SEUIL_INTERNE, petit

SEUIL_95: Final = 0.05
SEUIL_998: Final = 0.002


def lire(ecart: float, p: float) -> Lecture:
    """What a gap means, from the chance of one as large if the structure changed nothing.

    >>> [str(lire(*x)) for x in ((3.0, 0.2), (3.0, 0.03), (-3.0, 0.03), (3.0, 0.001), (-3.0, 0.0001))]
    ['attendue', 'limite_plus', 'limite_moins', 'plus', 'moins']
    """
    if p >= SEUIL_95:
        return Lecture.ATTENDUE
    if p >= SEUIL_998:
        return Lecture.LIMITE_PLUS if ecart > 0 else Lecture.LIMITE_MOINS
    return Lecture.PLUS if ecart > 0 else Lecture.MOINS


def cachee(n: int, oui: int) -> bool:
    """Whether the figures of a rate would tell of a few people: those who did, or those who did not (V9).

    >>> [cachee(40, oui) for oui in (0, 3, 20, 37, 40)]
    [False, True, False, True, False]
    """
    return petit(oui, SEUIL_INTERNE) or petit(n - oui, SEUIL_INTERNE)


def phrase_multiple(n: int, hors_95: int, hors_998: int) -> str:
    """What a reader of many structures at once must know.

    >>> phrase_multiple(40, 5, 2).partition(" hors des limites à 95 %")[0]
    '40 structures comparées : le hasard seul en mettrait environ 2'
    >>> phrase_multiple(40, 5, 2).endswith("Elles sont 5 hors des premières, dont 2 hors des secondes.")
    True
    """
    par_hasard = n * SEUIL_95
    environ = f"environ {par_hasard:.0f}" if par_hasard >= 1 else "moins d’une"
    toutes = n * SEUIL_998
    rare = f"moins d’une sur {int(1 / toutes)} fois" if toutes else "aucune"
    return (
        f"{n} structures comparées : le hasard seul en mettrait {environ} hors des limites à 95 % et {rare} hors de "
        f"celles "
        f"à 99,8 %. Elles sont {hors_95} hors des premières, dont {hors_998} hors des secondes."
    )
