"""Figures as people read them: French separators, a unit, a gap with the year before."""

from __future__ import annotations

from typing import Final

FINE: Final = "\u202f"
"""The narrow no-break space between thousands; an ordinary no-break space stands before a unit."""
_FIXE: Final = "\u00a0"


def nombre(valeur: float, decimales: int = 0) -> str:
    """A number in French.

    >>> nombre(36519).replace(FINE, "_"), nombre(52.25, 1), nombre(-1.04, 1)
    ('36_519', '52,2', '−1,0')
    """
    texte = f"{abs(valeur):,.{decimales}f}".replace(",", FINE).replace(".", ",")
    return f"−{texte}" if valeur < 0 and texte.strip("0,") else texte


def decimales_de(unite: str, valeur: float) -> int:
    """How finely a figure is written: counts, days and euros whole, ratios to two decimals, the rest to one.

    >>> decimales_de("personnes", 12), decimales_de("%", 12.34), decimales_de("jours", 12), decimales_de("€", 3.5)
    (0, 1, 0, 0)
    >>> decimales_de("fois la moyenne", 0.987)
    2
    """
    if unite.startswith("fois"):
        return 2
    return 0 if unite == "€" or (float(valeur).is_integer() and unite != "%") else 1


def ecrire(valeur: float, unite: str) -> str:
    """A figure and its unit, on one line.

    >>> ecrire(52.3, "%").replace(_FIXE, " "), ecrire(1200, "personnes").replace(FINE, "_").replace(_FIXE, " ")
    ('52,3 %', '1_200 personnes')
    """
    texte = nombre(valeur, decimales_de(unite, valeur))
    return f"{texte}{_FIXE}{accorder(valeur, unite)}" if unite else texte


def accorder(valeur: float, unite: str) -> str:
    """The unit, in the singular under two.

    >>> accorder(1, "personnes"), accorder(2, "jours"), accorder(0.5, "%"), accorder(1, "mois")
    ('personne', 'jours', '%', 'mois')
    >>> accorder(0.98, "fois la moyenne")
    'fois la moyenne'
    """
    seul = abs(valeur) < 2 and not unite.startswith(("mois", "fois"))
    return " ".join(mot.removesuffix("s") for mot in unite.split()) if seul else unite


def ecart(valeur: float, avant: float, unite: str) -> str:
    """What changed since, in words: in points for a rate, in number and per cent for a count.

    >>> [ecart(*e).replace(_FIXE, " ").replace(FINE, "_") for e in ((52, 48.5, "%"), (37000, 39000, "personnes"))]
    ['+3,5 points', '−2_000 (−5,1 %)']
    >>> ecart(24, 30, "jours").replace(_FIXE, " "), ecart(3, 3, "jours"), ecart(4, 0, "personnes").replace(_FIXE, " ")
    ('−6 jours', 'stable', '+4')
    """
    difference = valeur - avant
    texte = nombre(abs(difference), decimales_de(unite, difference))
    if not texte.strip("0,"):
        return "stable"
    signe = "−" if difference < 0 else "+"
    if unite == "%":
        return f"{signe}{texte}{_FIXE}{accorder(difference, 'points')}"
    if unite == "jours":
        return f"{signe}{texte}{_FIXE}{accorder(difference, unite)}"
    part = f" ({signe}{nombre(abs(100 * difference / avant), 1)}{_FIXE}%)" if avant else ""
    return f"{signe}{texte}{part}"
