"""Labels of the codes of the beneficiaries file. The data stand in ``codes.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final

_INDICATEUR: Final = {"1": "Oui", "0": "Non"}


def _charger() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))


LIBELLES: Final = _charger()
"""Element name → code → label."""
LISTES: Final = {balise: frozenset(codes) for balise, codes in LIBELLES.items()}
"""Element name → its known codes."""


def libelle(balise: str, code: str) -> str:
    """What a code means, in French.

    >>> libelle("ETATDOSRSA", "2")
    'Droit ouvert et versable'
    >>> libelle("ETATDOSRSA", "9"), libelle("ETATDOSRSA", "")
    ('code inconnu « 9 »', 'non renseigné')
    """
    if not code:
        return "non renseigné"
    codes = _INDICATEUR if balise.startswith("TOP") else LIBELLES.get(balise, {})
    return codes.get(code, f"code inconnu « {code} »")
