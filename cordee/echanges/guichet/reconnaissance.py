"""What a file is, by its first bytes; its name says nothing. Pure: nothing is written, nobody is believed.

Among XML files only the employment operator's is told apart here: the reader of the payers' flows
(:mod:`cordee.echanges.caf.lecture`) names the other ones it refuses, with what is wrong.
"""

from __future__ import annotations

import codecs
import csv
import re
from pathlib import Path
from typing import Final

from cordee.echanges.contacts import colonnes
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.ouverture import debut
from cordee.socle.enums import EnumLibelle

ATTENDUS: Final = (
    "Les fichiers attendus : bénéficiaires de la CAF ou de la MSA (XML), contacts de la CNAF (CSV), opérateur de "
    "l'emploi (XML), tableau d'un partenaire (CSV, XLSX, XLS ou ODS)."
)
_TEXTE: Final = 64 * 1024
_LIGNES_VUES: Final = 20
_NEUTRE: Final = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_OPERATEUR: Final = re.compile(rb"<fichier-PE-CG[\s/>]", re.ASCII)
_PAGE_WEB: Final = re.compile(rb"<(?:!DOCTYPE\s+html|html|head|body)[\s>]", re.ASCII | re.IGNORECASE)
_SIGNATURES: Final = (
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"II*\0", "une image"),
    (b"MM\0*", "une image"),
    (b"{\\rtf", "un document de traitement de texte"),
    (b"Rar!", "une archive RAR : extrayez-en le fichier, puis déposez celui-ci"),
    (b"7z\xbc\xaf", "une archive 7-Zip : extrayez-en le fichier, puis déposez celui-ci"),
    (b"BZh", "une archive bzip2 : extrayez-en le fichier, puis déposez celui-ci"),
    (b"\xfd7zXZ", "une archive xz : extrayez-en le fichier, puis déposez celui-ci"),
    (b"-----BEGIN PGP", "un fichier chiffré : déchiffrez-le, puis déposez le résultat"),
)  # fmt: skip
_ANCIEN_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_BOM_AUTRES: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_COMMANDES: Final = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1A}


class Genre(EnumLibelle):
    """The families of files; each has its own reader."""

    BENEFICIAIRES = "beneficiaires", "Fichier XML d'un organisme payeur"
    CONTACTS = "contacts", "Fichier des contacts de la CNAF"
    OPERATEUR_EMPLOI = "operateur_emploi", "Fichier de l'opérateur de l'emploi"
    TABLEAU = "tableau", "Tableau (CSV, XLSX, XLS ou ODS)"


def reconnaitre(chemin: Path) -> Genre:
    """The family of a file, compressed (gzip) or not. Another reading than the name: ``contacts.xml`` may be a PDF.

    Raises:
        FichierRefuse: absent, empty, or something else; the sentence says what it is and what to do.
    """
    tete = debut(chemin, _TEXTE)
    if not tete.strip(b" \t\r\n\0\x1a\xef\xbb\xbf"):
        raise FichierRefuse("Le fichier est vide.")
    for signature, nom in _SIGNATURES:
        if tete.startswith(signature):
            raise FichierRefuse(f"Le fichier est {nom}. {ATTENDUS}")
    if tete.startswith(b"PK"):
        return _classeur(tete)
    if tete.startswith(_ANCIEN_OFFICE):
        return Genre.TABLEAU  # XLS: its reader says so when it is something else
    if tete.startswith(_BOM_AUTRES) or _binaire(tete):
        raise FichierRefuse(
            "Le fichier n'est pas dans un encodage attendu (ISO-8859-1, Windows-1252 ou UTF-8) : redemandez-le, ou "
            f"enregistrez-le en UTF-8. {ATTENDUS}"
        )
    if tete.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return _xml(tete.removeprefix(codecs.BOM_UTF8))
    return Genre.CONTACTS if colonnes.reconnaitre(chemin) else _tableau(tete)


def _classeur(tete: bytes) -> Genre:
    """A ZIP holds a spreadsheet (XLSX, ODS), or what must be taken out of it."""
    if b"opendocument.spreadsheet" in tete[:200]:
        return Genre.TABLEAU
    if b"[Content_Types].xml" in tete or b"xl/" in tete:
        if b"word/" in tete or b"ppt/" in tete:
            raise FichierRefuse(f"Le fichier est un document de traitement de texte. {ATTENDUS}")
        return Genre.TABLEAU
    raise FichierRefuse(f"Le fichier est une archive ZIP : extrayez-en le fichier, puis déposez celui-ci. {ATTENDUS}")


def _binaire(tete: bytes) -> bool:
    """Whether it holds what no text does. Padding at the end of old transfers is not counted."""
    return not _COMMANDES.isdisjoint(tete.rstrip(b"\0\x1a")[:4096])


def _xml(tete: bytes) -> Genre:
    position = _NEUTRE.match(tete)
    reste = tete[position.end() if position else 0 :]
    if _PAGE_WEB.match(reste):
        raise FichierRefuse(
            "Le fichier est une page web : ce n'est pas un flux de bénéficiaires, ni un tableau. Téléchargez le "
            f"fichier lui-même, puis déposez-le. {ATTENDUS}"
        )
    return Genre.OPERATEUR_EMPLOI if _OPERATEUR.match(reste) else Genre.BENEFICIAIRES


def _tableau(tete: bytes) -> Genre:
    """A text whose first lines are cut in the same number of cells, two at least."""
    try:
        texte = tete.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = tete.decode("cp1252", "replace")
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip()]
    if len(tete) == _TEXTE:
        lignes = lignes[:-1]  # cut by our own reading
    lignes = lignes[:_LIGNES_VUES]
    for separateur in colonnes.SEPARATEURS:
        nombres = {len(champs) for champs in csv.reader(lignes, delimiter=separateur)}
        if lignes and len(nombres) == 1 and nombres.pop() > 1:
            return Genre.TABLEAU
    raise FichierRefuse(f"Le fichier est un texte qui n'a pas la forme d'un tableau. {ATTENDUS}")
