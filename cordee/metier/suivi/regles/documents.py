"""What a file received really is (its bytes, never its name), whether it may be kept, and for how long."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from cordee.metier.suivi.enums import FormatDocument, GenreDocument, NaturePiece
from cordee.reglementation.calendrier import ajouter_mois

TAILLE_MAX: Final = 10 * 1024 * 1024
"""Bytes: a photograph of a page by a telephone is a third of it."""
CONSERVATION_MOIS: Final[dict[GenreDocument, int]] = {
    GenreDocument.CV: 24,
    GenreDocument.DIPLOME: 60,
    GenreDocument.FORMATION: 24,
    GenreDocument.CONTRAT_SIGNE: 60,
    GenreDocument.PRESENCE: 24,
    GenreDocument.EMPLOI: 24,
    GenreDocument.DOMICILE: 12,
    GenreDocument.COURRIER: 24,
    GenreDocument.AUTRE: 12,
}
"""Months after which a document is erased. Choices of the service, to be settled with its data protection officer."""
DATEES: Final = frozenset({
    NaturePiece.TITRE_SEJOUR, NaturePiece.RQTH, NaturePiece.DOSSIER_MDPH, NaturePiece.DOMICILIATION,
})  # fmt: skip
"""Papers whose end matters: it opens an échéance three months before (R77, R73, R43)."""
SANS_DATE_GARDEE: Final = frozenset({NaturePiece.IDENTITE, NaturePiece.PERMIS, NaturePiece.GROSSESSE})
"""Papers of which it is enough to know that they were seen."""
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_ACTIF: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")
_NOM_PDF: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def format_de(octets: bytes) -> FormatDocument | None:
    """What these bytes are; ``None``: nothing that is kept here, whatever the file was called.

    >>> format_de(b"%PDF-1.7 ...%%EOF"), format_de(b"<html>")
    (<FormatDocument.PDF: 'pdf'>, None)
    """
    if octets.startswith(b"%PDF-") and b"%%EOF" in octets[-2048:]:
        return FormatDocument.PDF
    if octets.startswith(b"\xff\xd8\xff") and octets.rstrip(b"\0").endswith(b"\xff\xd9"):
        return FormatDocument.JPEG
    if octets.startswith(b"\x89PNG\r\n\x1a\n") and octets[12:16] == b"IHDR" and b"IEND" in octets[-16:]:
        return FormatDocument.PNG
    if octets[4:8] == b"ftyp" and octets[8:12] in _HEIC:
        return FormatDocument.HEIC
    return None


def est_actif(octets: bytes, format: FormatDocument) -> bool:
    """Whether a PDF says that it runs, opens, sends or carries something: such a file is refused, not cleaned.

    Names may be written with codes (``/J#53``): they are read first. What an object stream hides is for the antivirus
    and for the way the file is given back (never inside our pages).

    >>> est_actif(b"%PDF-1.4 /OpenAction << /S /J#61vaScript >>", FormatDocument.PDF)
    True
    """
    if format is not FormatDocument.PDF:
        return False
    lu = _NOM_PDF.sub(lambda m: bytes([int(m[1], 16)]), octets)
    return _ACTIF.search(lu) is not None


def conserver_jusquau(genre: GenreDocument, *, depuis: date) -> date:
    """The last day a document of this kind is kept.

    >>> conserver_jusquau(GenreDocument.DOMICILE, depuis=date(2026, 1, 31)).isoformat()
    '2027-01-31'
    """
    return ajouter_mois(depuis, CONSERVATION_MOIS[genre])
