"""XML that comes from outside: opened, bounded, its first lines checked before any parser, parsed without a network.

What is refused here never reaches libxml2: a document type (so no entity, internal or external), an encoding we do not
read, another root. Compressed input is recognised by its content, whatever its name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.ouverture import lire_comprime, ouvrir_brut, verifier_taille

SURETE: Final[dict[str, Any]] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
"""How anything is parsed. ``huge_tree`` stays off: libxml2 then bounds depth (256) and the length of a text itself."""
OPTIONS: Final[dict[str, Any]] = {**SURETE, "remove_comments": True, "remove_pis": True, "remove_blank_text": True}
"""The same, for the values alone."""
C1: Final = {
    octet: lettre for octet in range(0x80, 0xA0) if (lettre := bytes([octet]).decode("cp1252", "ignore")) != ""
}
"""A file that says ISO-8859-1 is often Windows-1252: its quotes and œ come out as control characters."""

TAILLE_MAX: Final = 4 * 1024**3
"""Bytes once decompressed: eight times the largest file announced by the carrier (500 MB)."""
FOYER_MAX: Final = 8 * 1024**2
"""Bytes without the end of one household (a real household is about 6 kB)."""
_PROLOGUE: Final = 64 * 1024
_FIN: Final = 1024
BOURRAGE: Final = b" \t\r\n\0\x1a"  # old transfer programs pad the last block
_ENCODAGES: Final = {"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin1"}
_DECLARATION: Final = re.compile(rb"<\?xml\s[^>]*?\?>", re.ASCII)
_DECLARE: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", re.ASCII)
_NEUTRE: Final = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_BALISE: Final = re.compile(rb"<([A-Za-z_][\w.-]*)(?:[\s/>]|$)", re.ASCII)
_BOM_AUTRES: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Flux:
    """A readable byte stream that counts and bounds what passes. Only ``read`` is offered, as the parser wants.

    ``fin`` is the last bytes read, ``encodage`` the one declared.
    """

    def __init__(self, brut: BinaryIO, *, taille_disque: int, racine: str = "Racine") -> None:
        self._brut = brut
        self._cloture = f"</{racine}>".encode()
        self._taille_disque = taille_disque
        self._avance = b""
        self.fin = b""
        self._jalon = 0
        self.lus = 0
        self.encodage = "utf-8"

    def read(self, taille: int = -1) -> bytes:
        """Next bytes, at most ``taille``.

        Raises:
            FichierRefuse: truncated or corrupt compression, or a bound is passed.
        """
        if self._avance:
            morceau, self._avance = self._avance[:taille], self._avance[taille:]
        else:
            morceau = lire_comprime(self._brut, taille)
        self.lus += len(morceau)
        if morceau:
            self.fin = (self.fin + morceau)[-_FIN:]
            self._borner()
        return morceau

    def regarder(self, taille: int) -> bytes:
        """First bytes, left in place."""
        morceaux, reste = [], taille
        while reste > 0 and (morceau := lire_comprime(self._brut, reste)):
            morceaux.append(morceau)
            reste -= len(morceau)
        self._avance = b"".join(morceaux)
        return self._avance

    def jalonner(self) -> None:
        """A household has ended: the count of :data:`FOYER_MAX` starts again."""
        self._jalon = self.lus

    @property
    def acheve(self) -> bool:
        """Does what was read end with the end of the document?"""
        return self.fin.rstrip(BOURRAGE).endswith(self._cloture)

    def _borner(self) -> None:
        verifier_taille(self.lus, taille_disque=self._taille_disque, maximum=TAILLE_MAX)
        if self.lus - self._jalon > FOYER_MAX:
            raise FichierRefuse(
                f"Un foyer du fichier dépasse {FOYER_MAX // 1024**2} Mo : la lecture a été arrêtée par sécurité. "
                "Vérifiez sa provenance auprès de l'organisme qui l'a envoyé."
            )


@contextmanager
def ouvrir(chemin: Path, *, racine: str = "Racine") -> Iterator[Flux]:
    """Open, decompress if need be, check the first lines (:func:`verifier_debut`). ``racine``: the element expected.

    Raises:
        FichierRefuse: absent, empty, not XML, another kind of document.
    """
    with ouvrir_brut(chemin) as (contenu, taille, magie):
        if magie.startswith(b"PK"):
            raise FichierRefuse("Le fichier est une archive ZIP : extrayez-en le fichier XML, puis importez celui-ci.")
        flux = Flux(contenu, taille_disque=taille, racine=racine)
        flux.encodage = verifier_debut(flux.regarder(_PROLOGUE), racine=racine)
        yield flux


def verifier_debut(debut: bytes, *, racine: str = "Racine") -> str:
    """Check the declaration, the absence of a document type, and the root element; give the encoding declared.

    Raises:
        FichierRefuse: with what is wrong, in French.

    >>> verifier_debut(b'<?xml version="1.0" encoding="ISO-8859-1"?><!-- vu --><Racine>')
    'iso-8859-1'
    >>> verifier_debut(b'<!DOCTYPE Racine [<!ENTITY a "b">]><Racine>')
    Traceback (most recent call last):
    ...
    cordee.echanges.fichiers.depot.FichierRefuse: Le fichier contient une déclaration de type de document (DTD), ...
    """
    if not debut.strip():
        raise FichierRefuse("Le fichier est vide.")
    if debut.startswith(_BOM_AUTRES) or b"\0" in debut[:64]:
        raise FichierRefuse("Le fichier n'est pas dans un encodage attendu (ISO-8859-1, Windows-1252 ou UTF-8).")
    debut = debut.removeprefix(codecs.BOM_UTF8)
    declaration = _DECLARATION.match(debut)
    declare = _DECLARE.search(declaration[0]) if declaration else None
    encodage = declare[1].decode("ascii").lower() if declare else "utf-8"
    if encodage not in _ENCODAGES:
        raise FichierRefuse(
            f"L'encodage annoncé, « {encodage} », n'est pas pris en charge (ISO-8859-1, Windows-1252 ou UTF-8)."
        )
    position = _NEUTRE.match(debut)
    reste = debut[position.end() if position else 0 :]
    if reste[:9].upper() == b"<!DOCTYPE":
        raise FichierRefuse(
            "Le fichier contient une déclaration de type de document (DTD), jamais présente dans un flux de ce genre : "
            "il est refusé par sécurité."
        )
    trouvee = _BALISE.match(reste)
    if trouvee is None:
        raise FichierRefuse(
            "Le fichier n'est pas un flux XML attendu (CAF, MSA, opérateur de l'emploi) : il ne commence pas par une "
            "balise XML (ligne 1)."
        )
    if trouvee[1] != racine.encode():
        raise FichierRefuse(_autre_racine(trouvee[1].decode("ascii"), racine))
    return encodage


def _autre_racine(racine: str, attendue: str) -> str:
    if attendue != "Racine":
        return f"Le fichier commence par la balise « {racine} » : « {attendue} » était attendue."
    if racine == "fichier-PE-CG":
        return "Ce fichier vient de l'opérateur de l'emploi : ce n'est pas un flux de bénéficiaires de la CAF."
    return (
        f"Le fichier commence par la balise « {racine} » : ce n'est pas un flux de bénéficiaires (« Racine » attendue)."
    )


def oublier(element: etree._Element) -> None:
    """Free what was read: the element's content and everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def refuser_si_incomplet(flux: Flux, ligne: int, *, emetteur: str = "l'organisme") -> None:
    """Say of a fault met at the very end that the end is missing.

    Raises:
        FichierRefuse: nothing is left to read, and the root is not closed.
    """
    if flux.read(1) == b"" and not flux.acheve:
        raise FichierRefuse(
            f"Le fichier est incomplet : il s'arrête à la ligne {ligne}, au milieu des données. "
            f"Redemandez-le à {emetteur}, puis réimportez-le."
        ) from None


@contextmanager
def fautes_en_francais(flux: Flux, *, emetteur: str = "l'organisme") -> Iterator[None]:
    """Turn the parser's fault into a sentence that says where."""
    try:
        yield
    except etree.XMLSyntaxError as faute:
        refuser_si_incomplet(flux, faute.lineno or 0, emetteur=emetteur)
        raise FichierRefuse(
            f"Le fichier n'est pas du XML correct : la lecture bute à la ligne {faute.lineno or 0}. "
            f"Redemandez-le à {emetteur}, puis réimportez-le."
        ) from None
