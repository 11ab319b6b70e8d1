"""CER and PPAE of before 2025: they end at their term, and are converted (E04, E15)."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.regles.anciens import validite


@pytest.mark.parametrize(
    ("genre", "debut", "fin", "valable", "mots"),
    [
        ("cer", date(2024, 3, 1), date(2024, 9, 1), False, "le silence ne l'a pas renouvelé"),
        ("cer", date(2026, 1, 1), date(2026, 12, 1), True, "à convertir en contrat d'engagement avant le 01/01/2027"),
        ("ppae", date(2024, 3, 1), None, True, "sans terme connu"),
        ("contrat_engagement", date(2025, 3, 1), None, True, "sans date de fin"),
        ("contrat_engagement", date(2025, 3, 1), date(2025, 9, 1), False, "Terminé"),
        ("contrat_engagement", None, None, False, "Pas encore signé"),
    ],
)
def test_what_counts_as_a_contract_is_dated(
    genre: str, debut: date | None, fin: date | None, valable: bool, mots: str
) -> None:
    lue = validite(genre=GenreContrat(genre), debut=debut, fin=fin, au=date(2026, 11, 22))
    assert (lue.valable, mots in lue.phrase) == (valable, True)
