"""What every command shares: exit codes, Django made ready, JSON on stdout."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

FAIT, REFUSE, MAL_EMPLOYE, INTERROMPU = 0, 1, 2, 130


def preparer_django() -> None:
    """Load the settings (which starts the embedded database where it is used) and the applications."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings")
    import django

    django.setup()


def imprimer_json(objet: Any) -> None:
    """Print ``objet`` as one JSON value: dates in ISO 8601, durations in seconds, decimals as numbers, sets sorted."""
    print(json.dumps(objet, ensure_ascii=False, indent=2, default=_en_json))


def _en_json(valeur: Any) -> Any:
    match valeur:
        case date() | datetime() | time():
            return valeur.isoformat()
        case timedelta():
            return valeur.total_seconds()
        case Decimal():
            return int(valeur) if valeur == valeur.to_integral_value() else float(valeur)
        case UUID() | Path():
            return str(valeur)
        case set() | frozenset():
            return sorted(valeur)
        case _ if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
            return {champ.name: getattr(valeur, champ.name) for champ in dataclasses.fields(valeur)}
    raise TypeError(f"{type(valeur).__name__} ne s'écrit pas en JSON")


def date_iso(texte: str) -> date:
    """A date typed on the command line.

    >>> date_iso("2026-11-06")
    datetime.date(2026, 11, 6)
    """
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {texte} » n'est pas une date (AAAA-MM-JJ)") from None
