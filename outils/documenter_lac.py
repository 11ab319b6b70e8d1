"""Writes ``docs/lac.md`` and ``cordee/pilotage/lac/schema.json`` from the tables of the lake.

Usage: ``.venv/bin/python outils/documenter_lac.py``. A test fails when they no longer say what the code does: a change
of shape asks for another ``VERSION`` (``cordee/pilotage/lac/schema.py``).
"""

from __future__ import annotations

import os
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
PAGE = RACINE / "docs" / "lac.md"
SCHEMA = RACINE / "cordee" / "pilotage" / "lac" / "schema.json"
ENTETE = """# The lake: its tables

Written from the code by `outils/documenter_lac.py`; descriptions are the ones analysts read. Why it is made so:
[ADR 12](adr/0012-figures-are-read-from-a-lake.md), [ADR 30](adr/0030-a-published-figure-does-not-move.md).
People and households (*pseudonyme*) bear 63 bits of HMAC-SHA256 of their row's number. An open period ends on
9999-12-31. A table is copied again where its source says that rows changed.

| command | what it does |
|---|---|
| `cordee lac rafraichir` | copies what changed, then computes today's figures |
| `cordee lac reconstruire` | copies everything again |
| `cordee lac verifier` | counts the lake and the database side by side, reads every file again |
| `cordee lac instantane LIBELLE --au AAAA-MM-JJ` | keeps a published state; `cordee lac instantanes` lists them |
| `cordee lac exporter DOSSIER` | Parquet and `schema.json` for a union of départements, under another key |
"""


def page() -> str:
    """The whole page."""
    from cordee.pilotage.lac.schema import VERSION
    from cordee.pilotage.lac.tables import TABLES

    lignes = [ENTETE, f"Version of the shape: {VERSION}.", ""]
    for t in TABLES:
        lignes += [
            f"## `{t.nom}`",
            "",
            f"{t.description} Source : `{t.source}`.",
            "",
            "| column | type | |",
            "|---|---|---|",
        ]
        for c in t.colonnes:
            de_qui = f"pseudonyme ({t.numeros[c.nom]})" if c.nom in t.numeros else ""
            lignes.append(f"| `{c.nom}` | {c.type} | {de_qui} |")
        lignes.append("")
    return "\n".join(lignes)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings")
    import django

    django.setup()
    from cordee.pilotage.lac.schema import en_texte, schema

    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(en_texte(schema()), encoding="utf-8")
