"""The texts an installation starts with, read once from ``textes/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DOSSIER = Path(__file__).resolve().parent / "textes"


@cache
def _lus(langue: str) -> dict[str, Any]:
    chemin = DOSSIER / f"{langue}.yaml"
    return dict(yaml.safe_load(chemin.read_text("utf-8"))) if chemin.is_file() else {}


def texte_de_depart(genre: str, canal: str, langue: str = "fr") -> Mapping[str, str]:
    """The blocks of a text as delivered; empty when there is none.

    >>> "{date_courte}" in texte_de_depart("rappel", "sms")["texte"], texte_de_depart("rappel", "courrier")
    (True, {})
    """
    return dict(_lus(langue).get(genre, {}).get(canal, {}))
