"""What reading a file yields besides households: its header, what was odd, set aside or unchanged, and the count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

_NIR: Final = re.compile(rb"<NIR>[^<]*</NIR>")


class Avertissement(NamedTuple):
    """Something odd that was tolerated. ``message`` is French, and never quotes a name or a NIR."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entete:
    """What identifies a file. ``cree_le`` is aware (Europe/Paris); ``reference`` is DTREF, the day of the photo."""

    appli: str
    version_appli: str
    type_flux: str
    nature: str
    cree_le: datetime
    reference: date

    @property
    def mensuel(self) -> bool:
        return self.type_flux == "M"

    @property
    def quotidien(self) -> bool:
        return self.type_flux == "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoyerInchange:
    """A household whose print the caller already knew (see ``lecture.lire``): not read further.

    ``empreinte_brute`` is the print of its bytes in this file, ``b""`` when only the parser could tell its households.
    """

    ligne: int
    rang: int
    numdemrsa: str
    empreinte_brute: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejet:
    """A household set aside.

    ``brut`` is its block: canonical XML in UTF-8, or the raw bytes of the file, in its ``encodage``, when the XML
    itself is at fault. It is kept encrypted and without NIR (law_and_practice V1): see ``brut_sans_nir``.
    """

    ligne: int
    rang: int
    numdemrsa: str
    code: str
    motif: str
    brut: bytes = field(repr=False)
    encodage: str = "utf-8"

    @property
    def brut_sans_nir(self) -> bytes:
        """The block with every NIR replaced."""
        return _NIR.sub(b"<NIR>masque</NIR>", self.brut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The last line: households announced (``None`` when unreadable) and met. ``lus`` counts rejects too."""

    annonces: int | None
    annonces_en_anomalie: int | None
    lus: int
    rejetes: int

    @property
    def coherent(self) -> bool:
        return self.annonces == self.lus
