"""Documents as accessible PDF (PDF/UA-1), set by Typst as letters are. Worker and command line only.

The same content at the same instant gives the same file, byte for byte.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader

from cordee.metier.courriers.composition import composer_feuille
from cordee.metier.courriers.rendu import en_francais
from cordee.pilotage.rapports.blocs import Bloc, Document, chapitre, document
from cordee.pilotage.rapports.dessins import en_svg

MODELES: Final = Path(__file__).resolve().parent / "modeles"
PETITS: Final = (7.2, 6.8, 6.4, 6.0)
"""Sizes of the small print of the page for the assembly, largest first: it holds on one page."""
_COURBE: Final = {"largeur": 170, "hauteur": 56}
_CARTE: Final = {"largeur": 430, "hauteur": 380}


def pdf(titre: str, blocs: Sequence[Bloc], *, le: datetime, sous_titre: str = "", departement: str = "",
        reperes: Sequence[tuple[str, str]] = (), mention: str = "") -> bytes:  # fmt: skip
    """A short document (an experiment, a comparison): paragraphs, tables, charts (see ``blocs``)."""
    seul = document(
        titre, [chapitre("piece", "", blocs)], sous_titre=sous_titre, departement=departement, mention=mention,
        reperes=reperes,
    )  # fmt: skip
    return document_pdf(seul, le=le)


def document_pdf(contenu: Document, *, le: datetime) -> bytes:
    """A document of chapters. Charts not drawn yet are drawn now."""
    return composer_feuille(MODELES / "document.typ", en_francais(avec_dessins(contenu)), le=le)


def une_page(contenu: Mapping[str, Any], *, le: datetime) -> bytes:
    """The page for the assembly: on one page, the small print as small as it must be."""
    dessinee = copy.deepcopy(dict(contenu))
    _dessiner_chiffres(dessinee["chiffres"])
    if dessinee["carte"] is not None:
        dessinee["carte"]["svg"] = en_svg(dessinee["carte"]["spec"], **_CARTE)
    fichier = b""
    for petit in PETITS:
        fichier = composer_feuille(MODELES / "une_page.typ", en_francais({**dessinee, "petit": petit}), le=le)
        if nombre_de_pages(fichier) == 1:
            break
    return fichier


def avec_dessins(contenu: Document) -> Document:
    """The same document with the drawing of each chart in it."""
    dessine = copy.deepcopy(contenu)
    for c in dessine["chapitres"]:
        _dessiner(c["blocs"])
    return dessine


def avec_dessins_des_chapitres(chapitres: Mapping[str, list[Bloc]]) -> dict[str, list[Bloc]]:
    """The same blocks, drawn; the descriptions of the charts are of no more use."""
    dessines = copy.deepcopy(dict(chapitres))
    for blocs in dessines.values():
        _dessiner(blocs)
        for b in blocs:
            b.pop("spec", None)
            for c in b.get("chiffres", ()):
                c.pop("courbe", None)
    return dessines


def _dessiner(blocs: Sequence[Bloc]) -> None:
    for b in blocs:
        if b["genre"] == "dessin" and not b["svg"]:
            b["svg"] = en_svg(b["spec"], largeur=b["largeur"], hauteur=b["hauteur"])
        elif b["genre"] == "chiffres":
            _dessiner_chiffres(b["chiffres"])


def nombre_de_pages(fichier: bytes) -> int:
    return len(PdfReader(io.BytesIO(fichier)).pages)


def _dessiner_chiffres(chiffres: Sequence[dict[str, Any]]) -> None:
    for c in chiffres:
        if "svg" not in c:
            c["svg"] = en_svg(c["courbe"], **_COURBE) if c["courbe"] is not None else ""
