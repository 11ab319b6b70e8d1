"""Labels of the codes: ``codes.toml`` for the beneficiaries file, ``codes_voisins.toml`` for the flows beside it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final

_INDICATEUR: Final = {"1": "Oui", "0": "Non"}


def _charger(nom: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath(nom).read_text(encoding="utf-8"))


LIBELLES: Final = _charger("codes.toml")
"""Element name → code → label, for the elements of the beneficiaries file that are checked against a list."""
VOISINS: Final = _charger("codes_voisins.toml")
"""The same for the flows beside it (requests, debts, payments, contacts) and for open lists (funds, streets)."""
LISTES: Final = {balise: frozenset(codes) for balise, codes in LIBELLES.items()}
"""Element name → its known codes."""


def libelle(balise: str, code: str) -> str:
    """What a code means, in French.

    >>> libelle("ETATDOSRSA", "2")
    'Droit ouvert et versable'
    >>> libelle("NUMORG", "941")
    'CAF de Créteil'
    >>> libelle("ETATDOSRSA", "9"), libelle("ETATDOSRSA", "")
    ('code inconnu « 9 »', 'non renseigné')
    """
    if not code:
        return "non renseigné"
    codes = _INDICATEUR if balise.startswith("TOP") else LIBELLES.get(balise) or VOISINS.get(balise, {})
    return codes.get(code, f"code inconnu « {code} »")
