"""What could not be taken safely: encrypted, the NIR replaced by a token before anything is stored (V1).

Drawer of pure texts: what a piece becomes before it is kept, how it is shown, how what an agent typed comes back.
"""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Final

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement
from cordee.metier.personnes.regles import CONTEXTE_NIR, nir_provisoire, voiler_matricule
from cordee.socle.chiffrement import chiffrer, dechiffrer, empreinte
from cordee.socle.nir import nir13

_CONTEXTE: Final = "fichiers.element_rejete"
ILLISIBLE: Final = "illisible"
MASQUE: Final = "NIR masqué"
_PREFIXE: Final = "jeton-"
_PROVISOIRE: Final = "-provisoire"
_JETON: Final = re.compile(rf"{_PREFIXE}(?:[0-9a-f]{{64}}(?:{_PROVISOIRE})?|{ILLISIBLE})")
_MARQUE: Final = re.compile(rf"{MASQUE} n° (\d{{1,4}})")
# The content of a NIR element, closed or not: it stops at the next mark.
_BALISE_NIR: Final = re.compile(r"(<NIR(?:\s[^<>]*)?>)(\s*)([^<]*?)(\s*)(?=<|\Z)", re.IGNORECASE)
# A number of 13 or 15 characters shaped as a NIR, written together or in groups.
_SEP: Final = r"[ .\-_/\u00a0]?"
_NIR_LIBRE: Final = re.compile(
    rf"(?<![0-9A-Za-z])[1-478]{_SEP}\d\d{_SEP}\d\d{_SEP}(?:\d\d|2[ABab]){_SEP}\d{{3}}{_SEP}\d{{3}}(?:{_SEP}\d\d)?"
    r"(?![0-9A-Za-z])",
    re.ASCII,
)
# The beneficiary's number pads seven digits to fifteen: it only looks like a NIR, and the household is known by it.
_MATRICULE: Final = re.compile(r"<(MATRICULE\w*)>([^<]*)</\1>")
_LATINS: Final = frozenset({"iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin1", "latin-1"})


def en_texte(brut: bytes, encodage: str) -> str:
    """The text of a piece of a file, no letter lost whatever the file claims about itself.

    A file that says ISO-8859-1 is often Windows-1252; one that says UTF-8 may hold bytes of either.

    >>> en_texte("Zoé Cœur".encode("cp1252"), "iso-8859-1"), en_texte("Zoé".encode("latin-1"), "utf-8")
    ('Zoé Cœur', 'Zoé')
    """
    if encodage.lower() in _LATINS:
        return "".join(map(_lettre, brut))
    morceaux, reste = [], brut
    while reste:
        try:
            morceaux.append(reste.decode("utf-8"))
            break
        except UnicodeDecodeError as faute:
            bon, mauvais = reste[: faute.start], reste[faute.start : faute.end]
            morceaux += [bon.decode("utf-8"), *map(_lettre, mauvais)]
            reste = reste[faute.end :]
    return "".join(morceaux)


def _lettre(octet: int) -> str:
    """One byte of Windows-1252; the five that it leaves undefined stand for themselves."""
    return bytes([octet]).decode("cp1252", "ignore") or chr(octet)


def jeton(nir: str) -> str:
    """What stands for a NIR in what is kept: its keyed hash, which recognises a person and gives no number.

    >>> jeton("pas un NIR")
    'jeton-illisible'
    """
    lu = nir13(nir)
    if not lu:
        return _PREFIXE + ILLISIBLE
    suite = _PROVISOIRE if nir_provisoire(lu) else ""
    return f"{_PREFIXE}{empreinte(lu, contexte=CONTEXTE_NIR).hex()}{suite}"


def empreinte_du_jeton(texte: str) -> bytes | None:
    """The keyed hash a token carries; ``None`` when the text is no token, or that of an unreadable NIR.

    >>> empreinte_du_jeton("jeton-illisible"), empreinte_du_jeton("jeton-00ff-provisoire")
    (None, b'\\x00\\xff')
    """
    if not texte.startswith(_PREFIXE):
        return None
    try:
        return bytes.fromhex(texte.removeprefix(_PREFIXE).removesuffix(_PROVISOIRE))
    except ValueError:
        return None


def est_jeton(texte: str) -> bool:
    """Whether a text stands for a NIR."""
    return texte.startswith(_PREFIXE)


def jeton_provisoire(texte: str) -> bool:
    """Whether the NIR a token stands for was one given while waiting for the definitive one."""
    return est_jeton(texte) and texte.endswith(_PROVISOIRE)


def sans_nir(texte: str) -> str:
    """A piece of a file with a token in the place of every NIR: in its element, closed or not, in an attribute, in
    free text. Lines stay where they were.

    >>> sans_nir("<NIR>inconnu</NIR><NIR> </NIR>")
    '<NIR>jeton-illisible</NIR><NIR> </NIR>'
    >>> sans_nir("<MATRICULE>205599000000000</MATRICULE>")
    '<MATRICULE>205599000000000</MATRICULE>'

    The number of a household of the MSA, when it is a NIR, gives its pseudonym: the household is still known by it.

    >>> "271047512345678" in sans_nir("<MATRICULE>271047512345678</MATRICULE>")
    False
    """
    texte = _MATRICULE.sub(lambda m: f"<{m[1]}>{voiler_matricule(m[2])}</{m[1]}>", texte)
    texte = _BALISE_NIR.sub(lambda m: m[1] + m[2] + _remplacer(m[3]) + m[4], texte)
    gardes = [m.span() for m in _MATRICULE.finditer(texte)]

    def libre(m: re.Match[str]) -> str:
        garde = any(debut <= m.start() and m.end() <= fin for debut, fin in gardes)
        return m[0] if garde or nir13(m[0]) is None else jeton(m[0])

    return _NIR_LIBRE.sub(libre, texte)


def _remplacer(contenu: str) -> str:
    return contenu if not contenu or _JETON.fullmatch(contenu) else jeton(html.unescape(contenu))


def masquer(texte: str) -> str:
    """A piece as it is shown: neither number nor hash.

    >>> masquer("<NIR>jeton-illisible</NIR>")
    '<NIR>NIR masqué n° 1</NIR>'
    """
    rangs = iter(range(1, texte.count(_PREFIXE) + 2))
    return _JETON.sub(lambda _: f"{MASQUE} n° {next(rangs)}", texte)


def demasquer(saisi: str, base: str) -> str:
    """What was typed, with the tokens of ``base`` put back where its marks stand. A mark of nothing is unreadable.

    >>> demasquer("<NIR>NIR masqué n° 1</NIR>", "<NIR>jeton-illisible</NIR>")
    '<NIR>jeton-illisible</NIR>'
    """
    jetons = _JETON.findall(base)

    def rendre(m: re.Match[str]) -> str:
        rang = int(m[1])
        return jetons[rang - 1] if 1 <= rang <= len(jetons) else _PREFIXE + ILLISIBLE

    return _MARQUE.sub(rendre, saisi)


def element(
    *, fichier: FichierRecu, genre: GenreElement, rang: int, ligne: int, repere: str, code: str, motif: str, texte: str,
    le: datetime,
) -> ElementRejete:  # fmt: skip
    """A row, not yet saved (bulk_create follows). ``texte`` must carry tokens instead of NIR already."""
    return ElementRejete(
        fichier=fichier, genre=genre, rang=rang, ligne=ligne, repere=_montrable(repere)[:40], code=code[:40],
        motif=_montrable(motif)[:300], bloc_chiffre=sceller(texte), cree_le=le,
    )  # fmt: skip


def _montrable(texte: str) -> str:
    """What is told of an element holds no NIR, nor its hash."""
    return _JETON.sub(MASQUE, sans_nir(texte))


def sceller(texte: str) -> bytes:
    """Encrypt a piece that is kept."""
    return chiffrer(texte, contexte=_CONTEXTE)


def ouvrir(scelle: bytes) -> str:
    """The piece as it was kept."""
    return dechiffrer(bytes(scelle), contexte=_CONTEXTE)
