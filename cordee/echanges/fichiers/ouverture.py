"""Opening any file that comes from outside: compressed or not, bounded, whatever its name."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

from cordee.echanges.fichiers.depot import FichierRefuse

TAILLE_MAX: Final = 1024**3
"""Bytes once decompressed: a table of 60,000 lines is about ten million."""
TAUX_MAX: Final = 300
"""Real files compress 5 to 60 times; a bomb, a thousand."""
LIGNE_MAX: Final = 64 * 1024
"""Characters in one line of a table (a real one has 200)."""
_DEBUT_TAUX: Final = 32 * 1024**2
_GZIP: Final = b"\x1f\x8b"
_MORCEAU: Final = 1024 * 1024


def lire_comprime(brut: BinaryIO, taille: int) -> bytes:
    """Next bytes, decompressed.

    Raises:
        FichierRefuse: the compression is truncated or corrupt.
    """
    try:
        return brut.read(taille)
    except EOFError:
        raise FichierRefuse(
            "Le fichier compressé (gzip) est incomplet : transfert interrompu. Redemandez-le et réimportez-le."
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise FichierRefuse("Le fichier compressé (gzip) est abîmé : redemandez-le et réimportez-le.") from None


def verifier_taille(lus: int, *, taille_disque: int, maximum: int) -> None:
    """Stop a bomb, or what no real file weighs.

    Raises:
        FichierRefuse: more than ``maximum`` bytes, or :data:`TAUX_MAX` times what stands on the disk.
    """
    bombe = lus > _DEBUT_TAUX and lus > TAUX_MAX * max(taille_disque, 1)
    if lus > maximum or bombe:
        raise FichierRefuse(
            "Le fichier est démesuré une fois décompressé : la lecture a été arrêtée par sécurité. "
            "Vérifiez sa provenance auprès de l'organisme qui l'a envoyé."
        )


@contextmanager
def ouvrir_brut(chemin: Path) -> Iterator[tuple[BinaryIO, int, bytes]]:
    """The bytes of a file, decompressed if need be (gzip, recognised by its content); its size; its first four bytes.

    Nothing is bounded here: see :func:`lire_comprime` and :func:`verifier_taille`.

    Raises:
        FichierRefuse: absent or unreadable.
    """
    try:
        taille = chemin.stat().st_size
        brut = chemin.open("rb")
    except OSError:
        raise FichierRefuse(f"Le fichier « {chemin.name} » est introuvable ou illisible.") from None
    with brut:
        magie = brut.read(4)
        brut.seek(0)
        comprime = magie.startswith(_GZIP)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=brut)) if comprime else cast(BinaryIO, brut), taille, magie


class _Borne(io.RawIOBase):
    """Counts and bounds what passes."""

    def __init__(self, brut: BinaryIO, *, taille_disque: int) -> None:
        self._brut, self._taille_disque, self._lus = brut, taille_disque, 0

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: object) -> int:
        vue = memoryview(cast(bytearray, tampon))
        morceau = lire_comprime(self._brut, len(vue))
        vue[: len(morceau)] = morceau
        self._lus += len(morceau)
        verifier_taille(self._lus, taille_disque=self._taille_disque, maximum=TAILLE_MAX)
        return len(morceau)


@contextmanager
def ouvrir_octets(chemin: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed if need be (gzip, recognised by its content).

    Raises:
        FichierRefuse: absent; while reading: truncated or corrupt compression, or a bound is passed.
    """
    with ouvrir_brut(chemin) as (contenu, taille, _):
        yield cast(BinaryIO, io.BufferedReader(_Borne(contenu, taille_disque=taille), _MORCEAU))


def debut(chemin: Path, taille: int = 64 * 1024) -> bytes:
    """The first bytes of what a file holds, decompressed.

    Raises:
        FichierRefuse: as :func:`ouvrir_octets`.
    """
    with ouvrir_octets(chemin) as flux:
        return flux.read(taille)


def encodage_de(chemin: Path) -> str:
    """UTF-8 (with or without its mark) when the whole file is, else Windows-1252, which holds ISO-8859-1.

    Raises:
        FichierRefuse: as :func:`ouvrir_octets`.
    """
    decodeur = codecs.getincrementaldecoder("utf-8")()
    with ouvrir_octets(chemin) as flux:
        marque = flux.peek(3)[:3] == codecs.BOM_UTF8  # type: ignore[attr-defined]
        try:
            while morceau := flux.read(_MORCEAU):
                decodeur.decode(morceau)
            decodeur.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig" if marque else "utf-8"


@contextmanager
def ouvrir_texte(chemin: Path) -> Iterator[TextIO]:
    """The text of a file, its encoding found by reading it; ends of lines of any system become ``\\n``.

    Raises:
        FichierRefuse: as :func:`ouvrir_octets`.
    """
    encodage = encodage_de(chemin)
    with ouvrir_octets(chemin) as flux:
        yield io.TextIOWrapper(flux, encoding=encodage, errors="replace", newline=None)


def lignes_de(texte: TextIO) -> Iterator[tuple[int, str, bool]]:
    """(number, line without its end, whether it had one), empty lines left out.

    Raises:
        FichierRefuse: a line longer than :data:`LIGNE_MAX`.
    """
    numero = 0
    while ligne := texte.readline(LIGNE_MAX + 1):
        numero += 1
        if len(ligne) > LIGNE_MAX:
            raise FichierRefuse(f"La ligne {numero} est démesurée : ce fichier n'est pas un tableau lisible.")
        if ligne.strip(" \n\0\x1a"):
            yield numero, ligne.rstrip("\n"), ligne.endswith("\n")
