"""What the triggers of ``parcours`` hold, said as queries over all rows: for a load that checks them once.

Migration ``0003_garanties`` is the reference: « one open étape each » is held person by person by two deferred triggers
with one function. Here is the whole of it, as one set; ``tests/metier/parcours/test_garanties.py`` holds both equal.
"""

from __future__ import annotations

from typing import Final

from cordee.socle.chargement import Declencheur

_DESIGNE_FERMEE: Final = """
SELECT FROM parcours_situation s JOIN parcours_etape e ON e.id = s.etape_id WHERE e.fermee_le IS NOT NULL
"""
_OUVERTE_SANS_SITUATION: Final = """
SELECT FROM parcours_etape e LEFT JOIN parcours_situation s ON s.etape_id = e.id
WHERE e.fermee_le IS NULL AND s.personne_id IS NULL
"""
UNE_ETAPE_OUVERTE: Final = (
    Declencheur(
        "parcours_situation", "situation_designe_une_etape_ouverte", _DESIGNE_FERMEE,
        "Une situation désigne une étape fermée.",
    ),
    Declencheur(
        "parcours_etape", "etape_ouverte_et_designee", _OUVERTE_SANS_SITUATION,
        "Une étape ouverte n'est désignée par aucune situation.",
    ),
)  # fmt: skip
"""The two triggers go together: either, alone, checks both halves for the rows of its own table."""
