"""One-time codes: how they are drawn, written, read back, and how long they live (V4). Pure."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

CHIFFRES: Final = "0123456789"
LETTRES: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No character that is mistaken for another on paper."""
LONGUEUR_MESSAGE, LONGUEUR_PAPIER = 6, 12
DUREE_MESSAGE: Final = timedelta(minutes=15)
DUREE_PAPIER: Final = timedelta(days=10)
ESSAIS_PAR_CODE: Final = 5
CODES_PAR_HEURE: Final = 4
CODES_PAR_JOUR: Final = 12
PAUSE: Final = timedelta(hours=1)
PAUSE_ENTRE_DEUX: Final = timedelta(seconds=60)
"""A second code is not sent at once: a message takes a moment to arrive."""


def tirer(*, papier: bool = False) -> str:
    """A new code: six digits for a message, twelve letters and digits for a sheet of paper.

    >>> len(tirer()), len(tirer(papier=True))
    (6, 12)
    """
    signes, longueur = (LETTRES, LONGUEUR_PAPIER) if papier else (CHIFFRES, LONGUEUR_MESSAGE)
    return "".join(secrets.choice(signes) for _ in range(longueur))


def normaliser(saisi: str) -> str:
    """What was typed, whatever the case, the spaces and the dashes.

    >>> normaliser(" 123-456 "), normaliser("abcd efgh jkmn")
    ('123456', 'ABCDEFGHJKMN')
    """
    return "".join(c for c in saisi.upper() if c.isalnum())[: 2 * LONGUEUR_PAPIER]


def ecrire(code: str) -> str:
    """In groups a person can copy.

    >>> ecrire("123456"), ecrire("ABCDEFGHJKMN")
    ('123 456', 'ABCD-EFGH-JKMN')
    """
    pas, lien = (3, " ") if len(code) == LONGUEUR_MESSAGE else (4, "-")
    return lien.join(code[i : i + pas] for i in range(0, len(code), pas))


def expiration(le: datetime, *, papier: bool) -> datetime:
    """Until when a code drawn now opens something."""
    return le + (DUREE_PAPIER if papier else DUREE_MESSAGE)


def contact_masque(valeur: str) -> str:
    """Enough for her to know which of her contacts it is, nothing for another.

    >>> contact_masque("0601020304"), contact_masque("amina.exemple@courriel.invalid"), contact_masque("a@b.fr")
    ('06 •• •• •• 04', 'a•••@c•••', 'a•••@b•••')
    """
    if "@" in valeur:
        nom, _, domaine = valeur.partition("@")
        return f"{nom[:1]}•••@{domaine[:1]}•••"
    return f"{valeur[:2]} •• •• •• {valeur[-2:]}"
