"""CER and PPAE, of before 2025: history with a term. They end, they are never renewed by silence, they are converted.

E04: « contrat valable » has a dated definition. E15: contracts of before 2025 stand until they are converted, at the
latest on 1 January 2027 (décret 2024-1244).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.metier.contrats.enums import GenreContrat

ANCIENS: Final = frozenset({GenreContrat.CER, GenreContrat.PPAE})
FIN_DES_ANCIENS: Final = date(2025, 1, 1)
"""None may be concluded from this day on."""
CONVERSION_AVANT: Final = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Validite:
    """Whether a contract counts on a day, and the sentence that says why."""

    valable: bool
    phrase: str
    a_convertir: bool = False


def validite(*, genre: GenreContrat, debut: date | None, fin: date | None, au: date) -> Validite:
    """The dated definition of a contract that counts (E04).

    A CER or a PPAE counts until its term, excluded, and silence never renews it. A contrat d'engagement counts once
    signed, until a reorientation or an exit ends it: an overdue update ends nothing.

    >>> validite(genre=GenreContrat.CER, debut=date(2024, 3, 1), fin=date(2024, 9, 1), au=date(2024, 9, 1)).valable
    False
    >>> validite(genre=GenreContrat.CONTRAT_ENGAGEMENT, debut=date(2025, 3, 1), fin=None, au=date(2026, 9, 1)).valable
    True
    """
    if debut is None or debut > au:
        return Validite(False, "Pas encore signé.")
    terme = fin is not None and fin <= au
    if genre is GenreContrat.CONTRAT_ENGAGEMENT:
        return Validite(not terme, "Terminé." if terme else "En vigueur, sans date de fin.")
    if terme and fin is not None:
        return Validite(False, f"Arrivé à son terme le {fin:%d/%m/%Y} : le silence ne l'a pas renouvelé.")
    quand = f"jusqu'au {fin:%d/%m/%Y}" if fin else "sans terme connu"
    return Validite(
        True, f"Valable {quand}, à convertir en contrat d'engagement avant le {CONVERSION_AVANT:%d/%m/%Y}.",
        a_convertir=au >= FIN_DES_ANCIENS,
    )  # fmt: skip
