"""What a printed document is made of: blocks that JSON holds, drawn alike in a page, a PDF, a workbook. Pure.

A document is ``{titre, sous_titre, departement, mention, reperes, chapitres: [{cle, titre, blocs}]}``. Any room that
prints a piece makes one (``pdf.pdf(titre, blocs)``). Nothing in it is markup: texts are texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cordee.pilotage.dessins.graphiques import Graphique

Bloc = dict[str, Any]
Document = dict[str, Any]
Cellule = str | int | float | None


def paragraphe(texte: str, *, petit: bool = False) -> Bloc:
    """Words. ``petit``: definitions, perimeter, what is hidden and why."""
    return {"genre": "paragraphe", "texte": texte, "petit": petit}


def intertitre(texte: str, *, niveau: int = 3) -> Bloc:
    """A heading inside a chapter (whose own is of level 2)."""
    return {"genre": "intertitre", "texte": texte, "niveau": niveau}


def puces(elements: Sequence[str]) -> Bloc:
    return {"genre": "puces", "elements": list(elements)}


def encadre(titre: str, textes: Sequence[str]) -> Bloc:
    """What must not be missed: a contradiction, a limit, what may and may not be concluded."""
    return {"genre": "encadre", "titre": titre, "textes": list(textes)}


def definitions(paires: Sequence[tuple[str, str]], *, titre: str = "") -> Bloc:
    """Terms and what they mean."""
    return {"genre": "definitions", "titre": titre, "paires": [list(p) for p in paires if p[1]]}


def tableau(
    legende: str, colonnes: Sequence[str], lignes: Sequence[Sequence[str]], *, note: str = "",
    donnees: Sequence[Sequence[Cellule]] | None = None, textes: int = 1,
) -> Bloc:  # fmt: skip
    """A table, already in words. ``textes``: how many of its first columns hold words, the others hold figures.

    Args:
        donnees: the same lines as numbers, for the workbook (the words by default).
    """
    return {
        "genre": "tableau", "legende": legende, "colonnes": list(colonnes), "lignes": [list(x) for x in lignes],
        "note": note, "textes": textes, "donnees": [list(x) for x in donnees] if donnees is not None else None,
    }  # fmt: skip


def dessin(spec: Graphique, phrase: str, *, largeur: int = 640, hauteur: int = 300) -> Bloc:
    """A chart and the sentence that says what is seen. ``svg``: added by the worker (``avec_dessins``)."""
    return {"genre": "dessin", "spec": spec, "phrase": phrase, "largeur": largeur, "hauteur": hauteur, "svg": ""}


def citation(texte: str, *, titre: str, source: str) -> Bloc:
    """A qualitative note: its words, what it is, where and when it was heard, who wrote it down."""
    return {"genre": "citation", "texte": texte, "titre": titre, "source": source}


def chapitre(cle: str, titre: str, blocs: Sequence[Bloc]) -> dict[str, Any]:
    return {"cle": cle, "titre": titre, "blocs": list(blocs)}


def document(
    titre: str, chapitres: Sequence[Mapping[str, Any]], *, sous_titre: str = "", departement: str = "",
    mention: str = "", reperes: Sequence[tuple[str, str]] = (),
) -> Document:  # fmt: skip
    """Chapters under a title. ``mention``: « Projet », written on each page. ``reperes``: dates, snapshot, seal."""
    return {
        "titre": titre, "sous_titre": sous_titre, "departement": departement, "mention": mention,
        "reperes": [list(r) for r in reperes], "chapitres": [dict(c) for c in chapitres],
    }  # fmt: skip


def blocs_de(d: Document, genre: str) -> list[tuple[str, Bloc]]:
    """The blocks of a kind, each with the title of its chapter."""
    return [(c["titre"], b) for c in d["chapitres"] for b in c["blocs"] if b["genre"] == genre]


def empreinte(contenu: Any) -> str:
    """sha-256 of what a document says, whatever the order of its keys.

    >>> empreinte({"a": 1, "b": 2}) == empreinte({"b": 2, "a": 1}), len(empreinte({}))
    (True, 64)
    """
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()
