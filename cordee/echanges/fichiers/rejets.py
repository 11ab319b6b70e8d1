"""What could not be taken safely: encrypted, the NIR replaced by a token before anything is stored (V1)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement
from cordee.metier.personnes.regles import CONTEXTE_NIR
from cordee.socle.chiffrement import chiffrer, dechiffrer, empreinte
from cordee.socle.nir import nir13

_CONTEXTE: Final = "fichiers.element_rejete"
_BALISE_NIR: Final = re.compile(r"(<NIR[^>]*>)([^<]*)(</NIR>)")
ILLISIBLE: Final = "illisible"


def jeton(nir: str) -> str:
    """What stands for a NIR in what is kept: its keyed hash, which recognises a person and gives no number.

    >>> jeton("pas un NIR")
    'jeton-illisible'
    """
    lu = nir13(nir)
    return f"jeton-{empreinte(lu, contexte=CONTEXTE_NIR).hex() if lu else ILLISIBLE}"


def empreinte_du_jeton(texte: str) -> bytes | None:
    """The keyed hash a token carries; ``None`` when the text is no token, or that of an unreadable NIR.

    >>> empreinte_du_jeton("jeton-illisible"), empreinte_du_jeton("jeton-00ff")
    (None, b'\\x00\\xff')
    """
    if not texte.startswith("jeton-"):
        return None
    try:
        return bytes.fromhex(texte.removeprefix("jeton-"))
    except ValueError:
        return None


def sans_nir(xml: str) -> str:
    """An XML text with a token in the place of every NIR."""
    return _BALISE_NIR.sub(lambda m: m[1] + (m[2] if m[2].startswith("jeton-") else jeton(m[2])) + m[3], xml)


def element(
    *, fichier: FichierRecu, genre: GenreElement, rang: int, ligne: int, repere: str, code: str, motif: str, texte: str,
    le: datetime,
) -> ElementRejete:  # fmt: skip
    """A row, not yet saved (bulk_create follows). ``texte`` must carry tokens instead of NIR already."""
    return ElementRejete(
        fichier=fichier, genre=genre, rang=rang, ligne=ligne, repere=repere[:40], code=code[:40], motif=motif[:300],
        bloc_chiffre=sceller(texte), cree_le=le,
    )  # fmt: skip


def sceller(texte: str) -> bytes:
    """Encrypt a piece that is kept."""
    return chiffrer(texte, contexte=_CONTEXTE)


def ouvrir(scelle: bytes) -> str:
    """The piece as it was kept."""
    return dechiffrer(bytes(scelle), contexte=_CONTEXTE)
