"""What a signature given on a screen or scanned from paper must be to be kept. Pure: nothing hostile goes further."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cordee.socle.erreurs import ErreurMetier

LARGEUR, HAUTEUR = 1000, 400
POINTS_MIN, POINTS_MAX, TRAITS_MAX = 12, 6000, 120
ETENDUE_MIN = 80
TAILLE_MAX = 8 * 1024 * 1024
PAGES_MAX = 30
_ENTETES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
OBJETS_MAX = 200_000
_ACTIF = frozenset(
    {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/OpenAction", "/AA", "/RichMedia", "/XFA",
     "/SubmitForm", "/ImportData"}
)  # fmt: skip


class SignatureRefusee(ErreurMetier):
    """What was given is no signature, or no scan; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A drawn signature: strokes of points on a surface of 1000 × 400."""

    traits: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def chemin(self) -> str:
        """The ``d`` of an SVG path: figures only, whatever was sent."""
        morceaux = []
        for trait in self.traits:
            (x, y), *suite = trait
            morceaux.append(f"M{x} {y}" + "".join(f"L{a} {b}" for a, b in suite))
        return "".join(morceaux)

    def json(self) -> list[list[list[int]]]:
        return [[[x, y] for x, y in trait] for trait in self.traits]


def lire_trait(texte: str) -> Trait:
    """The strokes a page sends: ``[[[x, y], …], …]``, whole numbers inside the surface.

    >>> lire_trait("[]")
    Traceback (most recent call last):
        ...
    cordee.metier.contrats.regles.signature.SignatureRefusee: La signature est vide : signez dans le cadre.

    Raises:
        SignatureRefusee: empty, a dot, too long, or not strokes at all.
    """
    try:
        brut = json.loads(texte or "[]")
    except (ValueError, RecursionError):
        raise SignatureRefusee("La signature n'a pas pu être lue : signez de nouveau.") from None
    return trait_de(brut)


def trait_de(brut: Any) -> Trait:
    """The strokes of a value already read.

    Raises:
        SignatureRefusee: as for ``lire_trait``.
    """
    if not isinstance(brut, list) or len(brut) > TRAITS_MAX or not all(isinstance(t, list) and t for t in brut):
        raise SignatureRefusee("La signature n'a pas pu être lue : signez de nouveau.")
    traits = tuple(tuple(_point(p) for p in trait) for trait in brut)
    points = [p for trait in traits for p in trait]
    if len(points) > POINTS_MAX:
        raise SignatureRefusee("La signature est trop longue : effacez-la et signez plus simplement.")
    if len(points) < POINTS_MIN:
        raise SignatureRefusee("La signature est vide : signez dans le cadre.")
    etendue = max(x for x, _ in points) - min(x for x, _ in points)
    if etendue < ETENDUE_MIN:
        raise SignatureRefusee("La signature est trop petite : signez en grand dans le cadre.")
    return Trait(traits)


def _point(brut: Any) -> tuple[int, int]:
    if (
        not isinstance(brut, list)
        or len(brut) != 2
        or not all(isinstance(v, int) and not isinstance(v, bool) for v in brut)
        or not (0 <= brut[0] <= LARGEUR and 0 <= brut[1] <= HAUTEUR)
    ):
        raise SignatureRefusee("La signature n'a pas pu être lue : signez de nouveau.")
    return brut[0], brut[1]


def verifier_numerisation(contenu: bytes) -> str:
    """The type of a scan, read in its bytes, never in its name: PDF, JPEG or PNG, without anything that runs.

    >>> verifier_numerisation(b"MZ\\x90")
    Traceback (most recent call last):
        ...
    cordee.metier.contrats.regles.signature.SignatureRefusee: Ce fichier n'est ni un PDF, ni une photo (JPEG, PNG) : \
numérisez la page signée.

    Raises:
        SignatureRefusee: another type, too heavy, empty, unreadable, protected, or with something that runs.
    """
    if len(contenu) > TAILLE_MAX:
        raise SignatureRefusee("Ce fichier dépasse 8 Mo : numérisez en noir et blanc ou en plus petit.")
    genre = next((g for debut, g in _ENTETES.items() if contenu.startswith(debut)), "")
    if not genre:
        raise SignatureRefusee("Ce fichier n'est ni un PDF, ni une photo (JPEG, PNG) : numérisez la page signée.")
    if genre == "application/pdf":
        _verifier_pdf(contenu)
    elif not _image_entiere(contenu, genre):
        raise SignatureRefusee("Cette photo est incomplète ou abîmée : prenez-la de nouveau.")
    return genre


def _verifier_pdf(contenu: bytes) -> None:
    try:
        lecteur = PdfReader(io.BytesIO(contenu), strict=False)
        if lecteur.is_encrypted:
            raise SignatureRefusee("Ce PDF est protégé par un mot de passe : enregistrez-le sans protection.")
        pages = len(lecteur.pages)
        actif = _porte_autre_chose(lecteur.trailer["/Root"])
    except SignatureRefusee:
        raise
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        raise SignatureRefusee("Ce PDF est illisible : numérisez la page de nouveau.") from None
    if not 1 <= pages <= PAGES_MAX:
        raise SignatureRefusee(f"Ce PDF doit compter de 1 à {PAGES_MAX} pages.")
    if actif:
        raise SignatureRefusee("Ce PDF contient autre chose que des pages : numérisez la page signée.")


def _porte_autre_chose(racine: Any) -> bool:
    """Whether anything that runs, opens or joins a file hangs on the document, however it is packed.

    Every object is looked at once; a file too tangled to be walked is refused as well.
    """
    pile, vus, reste = [racine], set(), OBJETS_MAX
    while pile:
        reste -= 1
        if reste < 0:
            return True
        objet = pile.pop()
        if isinstance(objet, IndirectObject):
            if objet.idnum in vus:
                continue
            vus.add(objet.idnum)
            objet = objet.get_object()
        if isinstance(objet, DictionaryObject):
            if _ACTIF.intersection(objet.keys()) or str(objet.get("/S", "")) in _ACTIF:
                return True
            pile += [objet.raw_get(cle) for cle in objet]
        elif isinstance(objet, ArrayObject):
            pile += list(objet)
    return False


def _image_entiere(contenu: bytes, genre: str) -> bool:
    """Its end is there: neither cut, nor a header stuck on something else."""
    if genre == "image/png":
        return contenu.rstrip(b"\0").endswith(b"IEND\xaeB`\x82") and contenu[12:16] == b"IHDR"
    return b"\xff\xd9" in contenu[-64:]
