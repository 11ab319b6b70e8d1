"""The reference printed on each letter, and the order of the envelopes."""

from __future__ import annotations

import re

from cordee.metier.courriers.regles.adresses import capitales

_CLES = "ABCDEFGHJKLMNPQRSTVWXYZ"  # 23: a prime, so that two digits swapped change the key; no I, O, U


def reference_de(numero: int) -> str:
    """The reference printed on a letter: its number, and a letter that finds out a digit typed wrong.

    >>> reference_de(123)
    'C0000123J'
    """
    return f"C{numero:07d}{_CLES[numero % len(_CLES)]}"


def numero_de(reference: str) -> int | None:
    """The number of a letter from its reference as typed or scanned; None when it is not one, or has a wrong key.

    Letters written before the key existed have none.

    >>> numero_de(" c 0000123 j"), numero_de("C0000124J"), numero_de("C0000123"), numero_de("bonjour")
    (123, None, 123, None)
    """
    lue = re.fullmatch(r"C0*(\d{1,15})([A-Z]?)", re.sub(r"[\s\-]", "", reference).upper())
    if lue is None:
        return None
    numero = int(lue[1])
    return numero if not lue[2] or lue[2] == _CLES[numero % len(_CLES)] else None


def references_de(texte: str) -> list[str]:
    """The references of a pasted text, once each, in order; what is not one stays, to be told.

    A field of one line may have lost what parted them.

    >>> references_de("C0000001B, C0000002C\\nC0000001B bonjour"), references_de("C0000002CC0000003D")
    (['C0000001B', 'C0000002C', 'bonjour'], ['C0000002C', 'C0000003D'])
    """
    lues: list[str] = []
    for mot in re.split(r"[\s,;]+", texte.strip()):
        collees = re.findall(r"C\d{7,}[A-Z]", mot.upper())
        lues += collees if len(collees) > 1 and "".join(collees) == mot.upper() else [mot]
    return list(dict.fromkeys(mot for mot in lues if mot))


def cle_de_tri(code_postal: str, destinataire: str) -> tuple[bool, str, str]:
    """How envelopes are put in order: by postal code, then by family name; those without a code come last (R10).

    >>> noms = [("94300", "Mme Ana DUPONT"), ("", "M. Ali ABROAD"), ("94000", "M. Zoé É’LAN"), ("94300", "Bo ADAM")]
    >>> [nom for code, nom in sorted(noms, key=lambda n: cle_de_tri(*n))]
    ['M. Zoé É’LAN', 'Bo ADAM', 'Mme Ana DUPONT', 'M. Ali ABROAD']
    """
    mots = destinataire.split()
    nom = [m for m in mots if m == m.upper() and len(m.strip(".")) > 1] or mots
    return not code_postal, code_postal, capitales(" ".join(nom))
