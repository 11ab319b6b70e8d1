"""The code of a personal link: short enough for a text message, readable over the phone, impossible to forge.

Ten bytes in Crockford's base 32 (no I, L, O, U; read back whatever the case, with O as 0 and I or L as 1): the number
of the link, then a keyed digest of it. The code alone shows nothing: a second fact is asked for (V4).
"""

from __future__ import annotations

import base64
import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_VERS = str.maketrans(_RFC4648, ALPHABET)
_DEPUIS = str.maketrans(ALPHABET, _RFC4648)
_CONFUSIONS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u00a0": ""})
TAILLE_NUMERO, TAILLE_SCEAU = 4, 6
LONGUEUR = (TAILLE_NUMERO + TAILLE_SCEAU) * 8 // 5


def ecrire(numero: int, *, cle: bytes) -> str:
    """The code of a link, in groups of four.

    >>> ecrire(7, cle=b"exemple")
    '0000-01R4-3HKK-8TGP'

    Raises:
        OverflowError: a number beyond four bytes.
    """
    octets = numero.to_bytes(TAILLE_NUMERO, "big")
    brut = base64.b32encode(octets + _sceau(octets, cle)).decode().translate(_VERS)
    return "-".join(brut[i : i + 4] for i in range(0, LONGUEUR, 4))


def lire(texte: str, *, cle: bytes) -> int | None:
    """The number a code stands for; ``None`` when it is not one of ours.

    >>> lire("0000 o1r4 3hkk 8tgp", cle=b"exemple"), lire("0000-01R4-3HKK-8TGQ", cle=b"exemple"), lire("é", cle=b"x")
    (7, None, None)
    """
    brut = texte.upper().translate(_CONFUSIONS)
    if len(brut) != LONGUEUR or not set(brut) <= set(ALPHABET):
        return None
    octets = base64.b32decode(brut.translate(_DEPUIS))
    numero, sceau = octets[:TAILLE_NUMERO], octets[TAILLE_NUMERO:]
    return int.from_bytes(numero, "big") if hmac.compare_digest(sceau, _sceau(numero, cle)) else None


def _sceau(octets: bytes, cle: bytes) -> bytes:
    return hmac.new(cle, b"lien-personnel/1:" + octets, hashlib.sha256).digest()[:TAILLE_SCEAU]
