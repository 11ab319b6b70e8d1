"""Encryption of what must not be read in the database, and fingerprints to match it without reading it.

The NIR is never stored in clear (law_and_practice: CNIL's conditions on the use of the NIR): its cipher gives it
back to the few acts that need it; its fingerprint tells whether two NIR are the same.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cordee.socle import secrets_locaux
from cordee.socle.erreurs import ErreurMetier

TAILLE_NONCE = 12
TAILLE_SCEAU = 16


class ChiffrementInvalide(ErreurMetier):
    """A cipher that this installation cannot read: other key, other context, or damaged."""


def chiffrer(texte: str, *, contexte: str) -> bytes:
    """Encrypt ``texte`` with AES-256-GCM; the same text never gives the same bytes twice.

    Args:
        contexte: what the text is and where it stands (``"personnes.nir"``). It is authenticated, not stored: a
            cipher moved to another column does not decrypt.

    Returns:
        key version (1 byte), nonce (12), cipher (as long as the text in UTF-8), seal (16).

    >>> chiffre = chiffrer("2 84 05 94", contexte="exemple")
    >>> b"84" in chiffre, dechiffrer(chiffre, contexte="exemple")
    (False, '2 84 05 94')
    """
    return chiffreur(contexte=contexte)(texte)


def chiffrer_octets(octets: bytes, *, contexte: str) -> bytes:
    """:func:`chiffrer` for the bytes of a file.

    >>> dechiffrer_octets(chiffrer_octets(b"\\xff\\xd8", contexte="exemple"), contexte="exemple")
    b'\\xff\\xd8'
    """
    cles = secrets_locaux.cles_chiffrement()
    version = max(cles)
    nonce = os.urandom(TAILLE_NONCE)
    return bytes([version]) + nonce + _aes(cles[version]).encrypt(nonce, octets, _associe(version, contexte))


def dechiffrer(chiffre: bytes | memoryview, *, contexte: str) -> str:
    """Give back the text of :func:`chiffrer`.

    Raises:
        ChiffrementInvalide: unknown key version, other context, damaged bytes.

    >>> dechiffrer(chiffrer("secret", contexte="a"), contexte="b")
    Traceback (most recent call last):
        ...
    cordee.socle.chiffrement.ChiffrementInvalide: Cette donnée chiffrée ne peut pas être lue avec les clés de cette \
installation. Vérifiez que le fichier des secrets est le bon.
    """
    return dechiffrer_octets(chiffre, contexte=contexte).decode("utf-8")


def dechiffrer_octets(chiffre: bytes | memoryview, *, contexte: str) -> bytes:
    """Give back the bytes of :func:`chiffrer_octets`.

    Raises:
        ChiffrementInvalide: unknown key version, other context, damaged bytes.
    """
    octets = bytes(chiffre)
    cle = secrets_locaux.cles_chiffrement().get(octets[0]) if len(octets) > TAILLE_NONCE + TAILLE_SCEAU else None
    try:
        if cle is None:
            raise InvalidTag
        nonce, scelle = octets[1 : 1 + TAILLE_NONCE], octets[1 + TAILLE_NONCE :]
        return _aes(cle).decrypt(nonce, scelle, _associe(octets[0], contexte))
    except InvalidTag:
        raise ChiffrementInvalide(
            "Cette donnée chiffrée ne peut pas être lue avec les clés de cette installation. "
            "Vérifiez que le fichier des secrets est le bon."
        ) from None


def chiffreur(*, contexte: str, stable: bool = False) -> Callable[[str], bytes]:
    """:func:`chiffrer` for many texts in a row: the keys are looked up once.

    Args:
        stable: the same text gives the same bytes, for a cipher that stands among compared data. Its nonce is drawn
            from the keyed hash of the text: it then tells that two texts are equal, as their fingerprints do.

    >>> sceller = chiffreur(contexte="exemple")
    >>> dechiffrer(sceller("2 84"), contexte="exemple")
    '2 84'
    >>> sceller = chiffreur(contexte="exemple", stable=True)
    >>> sceller("2 84") == sceller("2 84"), sceller("2 84") == sceller("2 85")
    (True, False)
    """
    cles = secrets_locaux.cles_chiffrement()
    version = max(cles)
    aes, associe, prefixe = _aes(cles[version]), _associe(version, contexte), bytes([version])

    marquer = empreinteur(contexte=f"{version}:{contexte}:nonce") if stable else None

    def sceller(texte: str) -> bytes:
        nonce = marquer(texte)[:TAILLE_NONCE] if marquer else os.urandom(TAILLE_NONCE)
        return prefixe + nonce + aes.encrypt(nonce, texte.encode("utf-8"), associe)

    return sceller


def empreinte(texte: str, *, contexte: str) -> bytes:
    """The 32 bytes of the keyed hash (HMAC-SHA-256) of ``texte``: equal texts, equal bytes, and no way back.

    Keyed, because the space of NIR is small enough to be tried whole against a plain hash. The caller normalises
    the text first (spaces, key, case).

    >>> empreinte("284", contexte="nir") == empreinte("284", contexte="nir")
    True
    >>> empreinte("284", contexte="nir") == empreinte("284", contexte="autre")
    False
    """
    return empreinteur(contexte=contexte)(texte)


def empreinteur(*, contexte: str) -> Callable[[str], bytes]:
    """:func:`empreinte` for many texts in a row.

    >>> empreinteur(contexte="nir")("284") == empreinte("284", contexte="nir")
    True
    """
    nom = contexte.encode("utf-8")
    depart = hmac.new(secrets_locaux.cle_empreinte(), len(nom).to_bytes(2, "big") + nom, hashlib.sha256)

    def marquer(texte: str) -> bytes:
        suite = depart.copy()
        suite.update(texte.encode("utf-8"))
        return suite.digest()

    return marquer


@lru_cache(maxsize=8)
def _aes(cle: bytes) -> AESGCM:
    return AESGCM(cle)


def _associe(version: int, contexte: str) -> bytes:
    return bytes([version]) + contexte.encode("utf-8")
