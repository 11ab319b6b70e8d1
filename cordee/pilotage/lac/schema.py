"""The shape of the lake: which version of it files follow, and under which key."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any, Final

from cordee.pilotage.lac.pseudonymes import empreinte_de_la_cle
from cordee.pilotage.lac.tables import TABLES

VERSION: Final = 1
"""Raised by whoever changes a table, a column or a type: ``schema.json`` holds the shape of this version, a test reads
both, and ``outils/documenter_lac.py`` writes them again.
"""


def forme() -> str:
    """Changes with the columns of the lake, what fills them, and the key: a lake of another shape is made again."""
    return f"{VERSION}-{_des_tables()}-{empreinte_de_la_cle()}"


@cache
def _des_tables() -> str:
    return hashlib.sha256(repr(TABLES).encode()).hexdigest()[:16]


def schema() -> dict[str, Any]:
    """The shape of the lake as data: what ``schema.json`` pins, and what goes with an export."""
    return {
        "schema_version": VERSION,
        "tables": {
            t.nom: {
                "description": t.description,
                "colonnes": {
                    c.nom: {"type": c.type, **({"pseudonyme": t.numeros[c.nom]} if c.nom in t.numeros else {})}
                    for c in t.colonnes
                },
            }
            for t in TABLES
        },
    }


def en_texte(objet: dict[str, Any]) -> str:
    """As it stands in a file."""
    return json.dumps(objet, ensure_ascii=False, indent=1) + "\n"
