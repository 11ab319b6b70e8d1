"""Cutting a file into its households without parsing it: raw bytes, in bounded memory.

Households are what stands between ``<InfosFoyerRSA`` and ``</InfosFoyerRSA>``. That is true of a *plain* file: its
first bytes and its last ones are well formed, only blanks stand between two households, and none holds a comment, a
CDATA section or a processing instruction, which could hide a tag. What is not plain is :class:`PasOrdinaire`: the
parser then reads the whole file, so that no household is cut in the wrong place and lost.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.fichiers.flux_xml import BOURRAGE, OPTIONS, Flux

_DEBUT: Final = b"<InfosFoyerRSA"
_FIN: Final = b"</InfosFoyerRSA>"
_ENTIERE: Final = b"<InfosFoyerRSA>"
_MORCEAU: Final = 256 * 1024
_TOTAL: Final = re.compile(rb"<(NBTOTDOSRSATRANSM(?:ANO)?)>\s*(\d{1,8})\s*</", re.ASCII)
_DECLARATION: Final = re.compile(rb"^<\?xml\s[^>?]*\?>")


class PasOrdinaire(Exception):
    """The file is not plain: only the parser can tell its households."""


class Bloc(NamedTuple):
    """One household: the line it starts at, its bytes in the encoding of the file, and what stood just before it."""

    ligne: int
    brut: bytes
    avant: bytes


class Decoupe:
    """The households of a stream, in order. One whose end is missing stops where the next one starts.

    Once they are all given, ``reste`` is what follows the last one, from line ``ligne``.
    """

    def __init__(self, flux: Flux) -> None:
        self._flux = flux
        self.reste = b""
        self.ligne = 1

    def __iter__(self) -> Iterator[Bloc]:
        tampon, debut, depuis = b"", -1, 0
        while morceau := self._flux.read(_MORCEAU):
            tampon += morceau
            position = 0
            while True:
                if debut < 0:
                    debut = tampon.find(_DEBUT, depuis)
                    depuis = debut + len(_DEBUT) if debut >= 0 else max(len(tampon) - len(_DEBUT), position)
                fin = _fin(tampon, depuis) if debut >= 0 else -1
                if fin < 0:
                    break
                yield self._bloc(tampon[position:debut], tampon[debut:fin])
                position = depuis = fin
                debut = -1
            if debut >= 0:
                depuis = max(len(tampon) - len(_FIN), depuis)
                debut -= position
            tampon, depuis = tampon[position:], depuis - position
        if debut >= 0:
            yield self._bloc(tampon[:debut], tampon[debut:])
            tampon = b""
        self.reste = tampon

    def _bloc(self, avant: bytes, brut: bytes) -> Bloc:
        self._flux.jalonner()
        ligne = self.ligne + avant.count(b"\n")
        self.ligne = ligne + brut.count(b"\n")
        return Bloc(ligne, brut, avant)


def _fin(tampon: bytes, depuis: int) -> int:
    """Where a household ends: after its closing tag, or where another one starts."""
    fin = tampon.find(_FIN, depuis)
    suivant = tampon.find(_DEBUT, depuis, fin if fin >= 0 else len(tampon))
    if suivant >= 0:
        return suivant
    return fin + len(_FIN) if fin >= 0 else -1


def verifier_avant(avant: bytes, *, premier: bool) -> None:
    """What stands before a household: the beginning of the document for the first one, blanks for the others.

    Raises:
        PasOrdinaire: it is anything else.
    """
    if not premier:
        if avant.strip():
            raise PasOrdinaire
        return
    if peut_cacher(avant):
        raise PasOrdinaire
    debut = _DECLARATION.sub(b"", avant.removeprefix(codecs.BOM_UTF8), count=1)
    _analyser(debut.strip() + b"</Racine>")


def verifier_dedans(brut: bytes) -> None:
    """Raises :class:`PasOrdinaire` when a household may hide a tag (comment, CDATA, instruction), has attributes
    or no end."""
    if not brut.startswith(_ENTIERE) or not brut.endswith(_FIN) or _cache(brut):
        raise PasOrdinaire


def verifier_reste(reste: bytes) -> dict[str, str]:
    """What follows the last household of a plain file: the totals, by element name.

    Raises:
        PasOrdinaire: it is anything else.
    """
    reste = reste.strip(BOURRAGE)
    if _cache(reste):
        raise PasOrdinaire
    racine = _analyser(b"<Racine>" + reste)
    if [enfant.tag for enfant in racine] != [schema.TRANSMISSION]:
        raise PasOrdinaire
    return {str(enfant.tag): (enfant.text or "").strip() for enfant in racine[0]}


def peut_cacher(*octets: bytes) -> bool:
    """Whether bytes hold a comment, a CDATA section or an instruction, the XML declaration apart."""
    return any(_cache(_DECLARATION.sub(b"", suite.removeprefix(codecs.BOM_UTF8), count=1)) for suite in octets)


def _cache(octets: bytes) -> bool:
    return b"<!" in octets or b"<?" in octets


def _analyser(octets: bytes) -> etree._Element:
    try:
        return etree.fromstring(b'<?xml version="1.0" encoding="iso-8859-1"?>' + octets, etree.XMLParser(**OPTIONS))
    except etree.XMLSyntaxError:
        raise PasOrdinaire from None


def totaux(fin: bytes) -> dict[str, str]:
    """The counts of the last block, from the last bytes of a file that is not well formed.

    >>> totaux(b"<TransmissionFlux><NBTOTDOSRSATRANSM>00000005</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>")
    {'NBTOTDOSRSATRANSM': '00000005'}
    """
    return {balise.decode(): nombre.decode() for balise, nombre in _TOTAL.findall(fin)}
