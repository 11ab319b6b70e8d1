"""Opening a spreadsheet that comes from outside: looked at before any parser builds it in memory.

A few kilobytes may announce millions of cells: what a workbook would weigh is counted first, on its decompressed parts.
Values only: formulas come as the value last computed, macros are never read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.flux_xml import SURETE
from cordee.echanges.fichiers.ouverture import ouvrir_octets
from cordee.echanges.partenaires.valeurs import Brut

TAILLE_MAX: Final = 50 * 1024**2
DECOMPRESSE_MAX: Final = 300 * 1024**2
CELLULES_MAX: Final = 8_000_000
"""Rows by columns of one sheet: 200,000 lines of 40 columns."""
_PARTIES_MAX: Final = 2000
_MORCEAU: Final = 1024**2
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OPTIONS: Final[dict[str, Any]] = {**SURETE, "remove_comments": True, "remove_pis": True}
_ABIME: Final = "Le classeur est abîmé ou n'est pas un tableau : ouvrez-le, enregistrez-le de nouveau, redéposez-le."
_PROTEGE: Final = "Le classeur est protégé par un mot de passe : enlevez-le, puis redéposez-le."
_DEMESURE: Final = (
    "Le classeur est démesuré : la lecture a été arrêtée par sécurité. Ne gardez que les colonnes utiles."
)


class Classeur:
    """A workbook of values."""

    def __init__(self, contenu: CalamineWorkbook) -> None:
        self._contenu = contenu

    @property
    def feuilles(self) -> list[str]:
        return list(self._contenu.sheet_names)

    def lignes(self, feuille: str) -> Iterator[tuple[int, list[Brut]]]:
        """(number, cells) of each row.

        Raises:
            FichierRefuse: no such sheet, or too many cells.
        """
        with _fautes_en_francais():
            contenu = self._contenu.get_sheet_by_name(feuille)
            if contenu.total_height * contenu.total_width > CELLULES_MAX:
                raise FichierRefuse(_DEMESURE)
            yield from enumerate(contenu.iter_rows(), start=1)  # type: ignore[misc]


def ouvrir(chemin: Path) -> Classeur:
    """Open a workbook, once what it would weigh is known.

    Raises:
        FichierRefuse: absent, protected by a password, damaged, too big, another kind of document.
    """
    with ouvrir_octets(chemin) as flux:
        octets = flux.read(TAILLE_MAX + 1)
    if len(octets) > TAILLE_MAX:
        raise FichierRefuse(_DEMESURE)
    if octets.startswith(b"PK"):
        _peser(octets)
    elif not octets.startswith(_OLE):
        raise FichierRefuse(_ABIME)
    with _fautes_en_francais():
        return Classeur(CalamineWorkbook.from_filelike(io.BytesIO(octets)))


class _fautes_en_francais:
    """The reader's faults in a sentence. A panic of its compiled part is no ``Exception``: it is caught by its name."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, genre: type[BaseException] | None, faute: BaseException | None, trace: object) -> None:
        if genre is None or issubclass(genre, FichierRefuse | GeneratorExit | KeyboardInterrupt | MemoryError):
            return
        if "assword" in str(faute):
            raise FichierRefuse(
                "Le classeur est protégé par un mot de passe : enlevez-le, puis redéposez-le."
            ) from None
        if issubclass(genre, CalamineError | OSError | ValueError) or genre.__name__ == "PanicException":
            raise FichierRefuse(_ABIME) from None


def _peser(octets: bytes) -> None:
    """Decompress every part, bounded, and count the cells it announces.

    Raises:
        FichierRefuse: too big, damaged, a binary workbook.
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            parties = archive.infolist()
            if len(parties) > _PARTIES_MAX:
                raise FichierRefuse(_DEMESURE)
            if any(p.filename.endswith("workbook.bin") for p in parties):
                raise FichierRefuse("Ce classeur est au format binaire (XLSB) : enregistrez-le en XLSX, redéposez-le.")
            for partie in parties:
                if partie.flag_bits & 1:
                    raise FichierRefuse(_PROTEGE)
                with archive.open(partie) as contenu:
                    compteur = _Compteur(contenu, DECOMPRESSE_MAX - total)
                    _compter_cellules(compteur)
                    total += compteur.lus
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise FichierRefuse(_ABIME) from None


class _Compteur:
    """A stream that counts and bounds what passes."""

    def __init__(self, brut: Any, reste: int) -> None:
        self._brut, self._reste, self.lus = brut, reste, 0

    def read(self, taille: int = _MORCEAU) -> bytes:
        morceau: bytes = self._brut.read(min(taille, _MORCEAU) if taille > 0 else _MORCEAU)
        self.lus += len(morceau)
        if self.lus > self._reste:
            raise FichierRefuse(_DEMESURE)
        return morceau

    def epuiser(self) -> None:
        while self.read():
            pass


def _compter_cellules(partie: _Compteur) -> None:
    """How far a part would reach as a sheet, of either format. What is not XML is only counted."""
    etendue = _Etendue()
    try:
        for _, e in etree.iterparse(partie, events=("end",), **_OPTIONS):
            nom = etree.QName(e).localname
            if nom == "c":
                etendue.cellule_xlsx(e.get("r") or "")
            elif nom == "row":
                etendue.ligne_xlsx(e.get("r") or "")
            elif nom in ("table-cell", "covered-table-cell"):
                etendue.cellule_ods(e)
            elif nom == "table-row":
                etendue.ligne_ods(e)
            elif nom in ("p", "t", "v"):
                continue  # needed by the cell that ends next
            e.clear()
            while e.getprevious() is not None:
                del e.getparent()[0]  # type: ignore[union-attr]
    except etree.XMLSyntaxError:
        partie.epuiser()  # an image, or a part the reader will refuse


class _Etendue:
    """The rectangle a sheet takes in memory."""

    def __init__(self) -> None:
        self.ligne, self.colonne, self.lignes, self.colonnes = 0, 0, 0, 0
        self._largeur = 0

    def cellule_xlsx(self, repere: str) -> None:
        lettres = repere.rstrip("0123456789")
        self.colonne = _colonne(lettres) if lettres else self.colonne + 1
        self.ligne = max(self.ligne, _entier(repere[len(lettres) :], 0))
        self._etendre(max(self.ligne, 1), self.colonne)

    def ligne_xlsx(self, repere: str) -> None:
        self.ligne = _entier(repere, self.ligne + 1)
        self._etendre(self.ligne, 1)
        self.colonne = 0

    def cellule_ods(self, e: Any) -> None:
        repete = _entier(_attribut(e, "number-columns-repeated"), 1)
        pleine = bool(_attribut(e, "value-type")) or len(e) > 0
        self.colonne += repete
        if pleine:
            self._largeur = self.colonne

    def ligne_ods(self, e: Any) -> None:
        self.ligne += _entier(_attribut(e, "number-rows-repeated"), 1)
        if self._largeur:
            self._etendre(self.ligne, self._largeur)
        self.colonne = self._largeur = 0

    def _etendre(self, ligne: int, colonne: int) -> None:
        self.lignes, self.colonnes = max(self.lignes, ligne), max(self.colonnes, colonne)
        if self.lignes * self.colonnes > CELLULES_MAX:
            raise FichierRefuse(_DEMESURE)


def _attribut(e: Any, nom: str) -> str:
    return next((str(v) for cle, v in e.attrib.items() if etree.QName(cle).localname == nom), "")


def _entier(texte: str, defaut: int) -> int:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else defaut


def _colonne(lettres: str) -> int:
    """Number of a column.

    >>> _colonne("A"), _colonne("AA"), _colonne("XFD")
    (1, 27, 16384)
    """
    numero = 0
    for lettre in lettres[:4].upper():
        numero = numero * 26 + max(ord(lettre) - 64, 0)
    return numero
