"""Our names for the icons in use. ``icones.json`` also drives the sprite (``outils/front/construire.mjs``)."""

from __future__ import annotations

import json
from pathlib import Path

ICONES: dict[str, str] = json.loads((Path(__file__).parent / "icones.json").read_text(encoding="utf-8"))
"""Our French name → the file of the same drawing in the npm package bootstrap-icons."""

PLANCHE = "fournisseurs/icones.svg"
"""The sprite, below the static folder."""


def verifier(nom: str) -> str:
    """The name itself, when an icon bears it.

    >>> verifier("personne")
    'personne'

    Raises:
        ValueError: a name absent from ``icones.json``, so that a typing slip fails a test, not a page in silence.
    """
    if nom not in ICONES:
        raise ValueError(f"Icône inconnue : {nom!r}. Ajoutez-la à cordee/web/composants/icones.json.")
    return nom
