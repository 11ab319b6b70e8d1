"""The durations a text states, checked against the rules it applies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NOMBRES = MappingProxyType(
    {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10, "douze": 12,
     "quinze": 15, "vingt": 20, "trente": 30}
)  # fmt: skip
_DUREE = re.compile(
    rf"\b(\d+|{'|'.join(_NOMBRES)})\s+(jour|semaine|mois|an|année)(?:s(?!\w)|(?!\w))(\s+ouvrés?)?", re.IGNORECASE
)


def durees_enoncees(texte: str) -> frozenset[tuple[int, str]]:
    """Every duration in days, weeks, months or years that a text states, as (number, unit).

    >>> sorted(durees_enoncees("Vous avez deux mois, puis 10 jours ouvrés ; 15 heures par semaine, le 17 mai."))
    [(2, 'mois'), (10, 'jour ouvré')]
    """
    return frozenset(
        (
            _NOMBRES.get(nombre.lower()) or int(nombre),
            unite.lower() + (" ouvré" if ouvres else ""),
        )
        for nombre, unite, ouvres in _DUREE.findall(texte)
    )


def ecarts_de_delais(texte: str, attendus: Mapping[str, str]) -> list[str]:
    """What separates the durations a letter states from those of the rules it applies; empty when they agree.

    Args:
        texte: the text of the letter.
        attendus: wording of each deadline by rule id, such as ``{"recours_prealable": "2 mois"}``.

    >>> ecarts_de_delais("Vous avez 2 mois.", {"recours_prealable": "deux mois"})
    []
    >>> ecarts_de_delais("Vous avez 3 mois.", {"recours_prealable": "deux mois"})
    ['« recours_prealable » (deux mois) manque', '« 3 mois » ne vient d’aucune règle']
    """
    enonces = durees_enoncees(texte)
    durees = {regle: durees_enoncees(valeur) for regle, valeur in attendus.items()}
    manquants = [f"« {r} » ({attendus[r]}) manque" for r, d in durees.items() if not d or not d <= enonces]
    connus = frozenset().union(*durees.values())
    return manquants + [f"« {n} {unite} » ne vient d’aucune règle" for n, unite in sorted(enonces - connus)]
