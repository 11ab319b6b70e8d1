"""Going on after a fault of XML: cut the file into households without parsing it, so that only the faulty one is lost.

Used from the first fault on, never before: a file that is right is read by the parser alone. The caller parses each
block on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from cordee.echanges.caf.source import Flux

_DEBUT: Final = b"<InfosFoyerRSA"
_FIN: Final = b"</InfosFoyerRSA>"
_MORCEAU: Final = 256 * 1024
_TOTAL: Final = re.compile(rb"<(NBTOTDOSRSATRANSM(?:ANO)?)>\s*(\d{1,8})\s*</", re.ASCII)


class Bloc(NamedTuple):
    """The raw bytes of one household, in the encoding of the file, and the line it starts at."""

    ligne: int
    brut: bytes


def decouper(flux: Flux) -> Iterator[Bloc]:
    """Yield every household. One whose end is missing stops where the next one starts."""
    tampon, ligne = b"", 1
    while morceau := flux.read(_MORCEAU):
        tampon += morceau
        debut = tampon.find(_DEBUT)
        while debut >= 0:
            fin = _fin(tampon, debut)
            if fin < 0:
                break
            ligne += tampon.count(b"\n", 0, debut)
            flux.jalonner()
            yield Bloc(ligne, tampon[debut:fin])
            ligne += tampon.count(b"\n", debut, fin)
            tampon = tampon[fin:]
            debut = tampon.find(_DEBUT)
        garde = debut if debut >= 0 else max(len(tampon) - len(_DEBUT), 0)
        ligne += tampon.count(b"\n", 0, garde)
        tampon = tampon[garde:]
    if tampon.startswith(_DEBUT):
        yield Bloc(ligne, tampon)


def _fin(tampon: bytes, debut: int) -> int:
    fin = tampon.find(_FIN, debut)
    suivant = tampon.find(_DEBUT, debut + 1)
    if fin >= 0 and (suivant < 0 or fin < suivant):
        return fin + len(_FIN)
    return suivant


def totaux(fin: bytes) -> dict[str, str]:
    """The counts of the last block, from the last bytes of the file.

    >>> totaux(b"<TransmissionFlux><NBTOTDOSRSATRANSM>00000005</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>")
    {'NBTOTDOSRSATRANSM': '00000005'}
    """
    return {balise.decode(): nombre.decode() for balise, nombre in _TOTAL.findall(fin)}
