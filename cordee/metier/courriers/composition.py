"""The compiler of letters: data in, tagged PDF out, each letter at the size that holds in its pages."""

from __future__ import annotations

import json
import logging
import re
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst

from cordee.metier.courriers import polices
from cordee.metier.courriers.enums import GenreCourrier

journal = logging.getLogger(__name__)

MODELES = Path(__file__).resolve().parent / "modeles"
POLICES_DE_SECOURS = ("Libertinus Serif", "DejaVu Sans Mono")
ESSAIS_MAXIMUM = 20
LOT_LOURD = 50  # letters; the compiler keeps what it laid out for its ten next runs, 2 MB a letter
PASSES_D_OUBLI = 12


@dataclass(frozen=True, slots=True)
class Format:
    """The pages a kind of letter should hold in, and the sizes of text to try for that, in points, largest first."""

    pages: int
    corps: tuple[float, ...] = (11, 10.5, 10)


MESSAGE = "message"  # what was sent by e-mail or text message, printed as it was sent
FORMATS: Mapping[str, Format] = {
    MESSAGE: Format(pages=1),
    GenreCourrier.CONVOCATION: Format(pages=1),
    GenreCourrier.NOTIFICATION_ORIENTATION: Format(pages=2),
    GenreCourrier.NOMINATION_REFERENT: Format(pages=1),
    GenreCourrier.CONTRAT_ENGAGEMENT: Format(pages=2),
    GenreCourrier.FEUILLE_DE_ROUTE: Format(pages=1, corps=(13, 12, 11.5, 11, 10.5, 10)),
    GenreCourrier.ATTESTATION_ACCOMPAGNEMENT: Format(pages=1, corps=(12, 11, 10)),
    GenreCourrier.GRIEFS: Format(pages=2),
    GenreCourrier.AUDITION: Format(pages=1),
    GenreCourrier.COMMUNICATION_DOSSIER: Format(pages=1),
    GenreCourrier.CLASSEMENT: Format(pages=1),
    GenreCourrier.DECISION_SUSPENSION: Format(pages=2),
    GenreCourrier.DECISION_SUPPRESSION: Format(pages=2),
    GenreCourrier.DECISION_FIN_DE_DROIT: Format(pages=2),
    GenreCourrier.LEVEE_MESURE: Format(pages=1),
    GenreCourrier.ACCUSE_RECOURS: Format(pages=1),
    GenreCourrier.REPONSE_RECOURS: Format(pages=1),
    GenreCourrier.INVITATION: Format(pages=1),
    GenreCourrier.RAPPEL: Format(pages=1),
    GenreCourrier.RENDEZ_VOUS_DEPLACE: Format(pages=1),
    GenreCourrier.RENDEZ_VOUS_ANNULE: Format(pages=1),
    GenreCourrier.EXCUSES: Format(pages=1),
    GenreCourrier.PRISE_DE_NOUVELLES: Format(pages=1),
    GenreCourrier.REFUS_REORIENTATION: Format(pages=2),
    GenreCourrier.EXPLICATION_PROPOSITION: Format(pages=3),
    GenreCourrier.CONVOCATION_EP: Format(pages=2),
    GenreCourrier.SUITE_EP: Format(pages=1),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF, and the first and last page (from 1) of each of its letters."""

    pdf: bytes
    bornes: list[tuple[int, int]]


class Atelier:
    """The Typst compiler of this process, made once and shared by its threads."""

    def __init__(self, dossier: Path | None) -> None:
        self._polices = _familles(dossier)
        self._verrou = threading.Lock()
        self._absents: set[str] = set()
        self._compilateur = _compilateur(MODELES / "principal.typ", dossier)

    def composer(self, entree: Mapping[str, Any], *, le: datetime) -> Document:
        """Set the letters of ``entree``; those longer than their kind should be are tried again in smaller sizes.

        Ten points is the least. A letter that no size shortens keeps its first one and takes more pages.
        """
        lettres = [{**d, "corps": FORMATS[d["modele"]].corps[0]} for d in entree["lettres"]]
        with self._verrou:
            document = self._compiler({**entree, "lettres": lettres}, le=le)
            longues = _trop_longues(lettres, document)
            if longues:
                self._reduire(longues, entree, le=le)
                document = self._compiler({**entree, "lettres": lettres}, le=le)
            if len(lettres) > LOT_LOURD:
                self._oublier(le=le)
        return document

    def _oublier(self, *, le: datetime) -> None:
        """Run empty until the cache has let the last batch go: ten batches in a row would take 9 GB."""
        for passe in range(PASSES_D_OUBLI):
            self._compiler({"titre": str(passe), "auteur": "", "lettres": []}, le=le)

    def _reduire(self, longues: list[tuple[dict[str, Any], int]], entree: Mapping[str, Any], *, le: datetime) -> None:
        """Give each letter the largest size that takes the fewest pages, trying no further than its aim."""
        choix = [(lettre, pages, lettre["corps"]) for lettre, pages in longues]
        for rang in range(1, max(len(FORMATS[lettre["modele"]].corps) for lettre, _ in longues)):
            encore = [
                i
                for i, (d, n, _) in enumerate(choix)
                if n > pages_voulues(d) and rang < len(FORMATS[d["modele"]].corps)
            ]
            if not encore:
                break
            for i in encore:
                choix[i][0]["corps"] = FORMATS[choix[i][0]["modele"]].corps[rang]
            essai = self._compiler({**entree, "lot": None, "lettres": [choix[i][0] for i in encore]}, le=le)
            for i, (debut, fin) in zip(encore, essai.bornes, strict=True):
                lettre, pages, _ = choix[i]
                if fin - debut + 1 < pages:
                    choix[i] = (lettre, fin - debut + 1, lettre["corps"])
        for lettre, _, corps in choix:
            lettre["corps"] = corps

    def _compiler(self, entree: Mapping[str, Any], *, le: datetime) -> Document:
        """One pass of Typst. A character no typeface has is replaced, rather than losing a whole batch for it."""
        base = json.dumps({"recto_verso": False, "lot": None, "polices": self._polices, **entree}, ensure_ascii=False)
        for _ in range(ESSAIS_MAXIMUM):
            texte = base.translate({ord(c): _remplacant(c) for c in self._absents})
            try:
                pdf = self._compilateur.compile(
                    sys_inputs={"entree": texte}, format="pdf", pdf_standards=["ua-1"], timestamp=int(le.timestamp())
                )
            except typst.TypstError as erreur:
                nouveaux = _caracteres_absents(f"{erreur.message}\n{erreur.diagnostic}") - self._absents
                if not nouveaux:
                    raise
                journal.warning("%d characters have no glyph and are replaced", len(nouveaux))
                self._absents |= nouveaux
            else:
                bornes = json.loads(self._compilateur.query("<bornes>", field="value", one=True))
                return Document(pdf=cast("bytes", pdf), bornes=[(debut, fin) for debut, fin in bornes])
        raise RuntimeError("too many characters without a glyph")


def pages_voulues(lettre: Mapping[str, Any]) -> int:
    """How many pages a letter should hold in; a translation and pictograms have a page of their own."""
    return FORMATS[lettre["modele"]].pages + bool(lettre.get("traduction")) + bool(lettre.get("pictogrammes"))


def _trop_longues(lettres: Sequence[dict[str, Any]], document: Document) -> list[tuple[dict[str, Any], int]]:
    """The letters in ordinary print that take more pages than they should, with how many."""
    return [
        (lettre, fin - debut + 1)
        for lettre, (debut, fin) in zip(lettres, document.bornes, strict=True)
        if fin - debut + 1 > pages_voulues(lettre) and not lettre["grands_caracteres"]
    ]


def _caracteres_absents(message: str) -> set[str]:
    r"""The characters a PDF/UA error says it cannot show. Rust writes ``\u{1f600}`` for the unprintable ones.

    >>> sorted(_caracteres_absents('the text `"日"` could not'))
    ['日']
    """
    textes = re.findall(r'the text `"(.*?)"`', message)
    return {c for t in textes for c in re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), t)}


def _remplacant(caractere: str) -> str:
    """A plain form of the character when there is one (Ａ is A), else a question mark."""
    simple = unicodedata.normalize("NFKD", caractere)
    return simple if simple != caractere and simple.isascii() and simple.isalnum() else "?"


@lru_cache(maxsize=1)
def atelier() -> Atelier:
    """The compiler of this process."""
    return Atelier(polices.dossier_polices())


# Sheets that are not letters: a template of another room, one compiler each ------------------------------------------
def composer_feuille(modele: Path, entree: Mapping[str, Any], *, le: datetime) -> bytes:
    """A sheet (attendance, minutes, round of visits) as a tagged PDF (PDF/UA-1).

    Args:
        modele: the template, in the ``modeles`` folder of its room.
        entree: what it prints, in French already; ``polices`` is added to it.
        le: the instant of the sheet: the same data at the same instant give the same file.

    A character no typeface has is replaced, as in letters.
    """
    compilateur, verrou, familles = _presse(modele)
    base = json.dumps({**entree, "polices": familles}, ensure_ascii=False)
    absents: set[str] = set()
    for _ in range(ESSAIS_MAXIMUM):
        texte = base.translate({ord(c): _remplacant(c) for c in absents})
        try:
            with verrou:
                pdf = compilateur.compile(
                    sys_inputs={"entree": texte}, format="pdf", pdf_standards=["ua-1"], timestamp=int(le.timestamp())
                )
        except typst.TypstError as erreur:
            nouveaux = _caracteres_absents(f"{erreur.message}\n{erreur.diagnostic}") - absents
            if not nouveaux:
                raise
            absents |= nouveaux
        else:
            return cast("bytes", pdf)
    raise RuntimeError("too many characters without a glyph")


@lru_cache(maxsize=8)
def _presse(modele: Path) -> tuple[typst.Compiler, threading.Lock, list[str]]:
    """The compiler of a sheet, made once per process and shared by its threads; its typefaces."""
    dossier = polices.dossier_polices()
    return _compilateur(modele, dossier), threading.Lock(), _familles(dossier)


def _familles(dossier: Path | None) -> list[str]:
    """Typefaces by preference."""
    return [*([polices.FAMILLE] if dossier else []), *POLICES_DE_SECOURS]


def _compilateur(modele: Path, dossier: Path | None) -> typst.Compiler:
    return typst.Compiler(
        modele,
        root=modele.parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[dossier] if dossier else []),
    )
