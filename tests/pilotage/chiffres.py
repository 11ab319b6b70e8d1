"""The figures that the source documents publish, and what the synthetic département may differ from them by.

A tolerance is that of the full département (47,265 persons). At a smaller scale, figures drawn on exact quotas keep it
and those that come out of lives are looser. The contradictions of the sources are not settled here: a figure stands
with its own date, perimeter and denominator; those left out say why (``ABSENTES``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

FIN_2021, MAI_2022, FIN_2025 = date(2021, 12, 31), date(2022, 5, 31), date(2025, 12, 31)
PLEINE_ECHELLE: Final = 47_265
HASARD: Final = 0.08
"""Two standard deviations of about a thousand people, in share; a quarter of it in points of a rate near one half."""
EXPERIMENTATION: Final = ("94028", "94017", "94079")
"""Créteil, Champigny-sur-Marne, Villiers-sur-Marne."""

ABSENTES: Final = {
    "F014": "« majorité depuis plus de cinq ans » : contredit les 40 % de F013, dont on garde le périmètre",
    "F018": "47 500 allocataires en 2022 : autre périmètre que les 45 000 de F035",
    "F019": "142 000 personnes couvertes : 2,99 par foyer, implausible",
    "F032": "progression sur un an avant le premier fichier connu",
    "F037": "le calcul donne 16,4 % de baisse, non 15",
    "F045": "l'accès à l'emploi se mesure avec les évaluations, non ici",
}


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One published figure. ``attendu``: at full scale. ``tolerance``: in points for a rate, in share for a number.

    ``quota``: drawn exactly by the simulator; otherwise it comes out of lives. ``derive``: worked out from sources.
    ``au_moins``: published as « plus de »: never below at full scale; in a sample, by chance only (``HASARD``).
    """

    code: str
    au: date
    attendu: float
    tolerance: float
    source: str
    territoires: tuple[str, ...] = ()
    quota: bool = False
    derive: bool = False
    au_moins: bool = False

    def bornes(self, *, nombre: bool, echelle: float) -> tuple[float, float]:
        """Lowest and highest accepted values at that scale (1: the full département)."""
        large = self.tolerance if self.quota or echelle == 1 else self.tolerance * 1.6
        dessous = (0.0 if echelle == 1 else HASARD) if self.au_moins else None
        if nombre:
            attendu = self.attendu * echelle
            return attendu * (1 - (large if dessous is None else dessous)) - 1, attendu * (1 + large) + 1
        return self.attendu - (large if dessous is None else 100 * dessous / 4), self.attendu + large


CHIFFRES: Final = (
    Chiffre("personnes_sdd", FIN_2021, 47_265, 0.002, "F001", quota=True),
    Chiffre("personnes_sdd_femmes", FIN_2021, 23_748, 0.002, "F002", quota=True),
    Chiffre("personnes_sdd_hommes", FIN_2021, 23_517, 0.002, "F003", quota=True),
    Chiffre("part_moins_25_ans", FIN_2021, 2, 0.5, "F004", quota=True),
    Chiffre("part_25_29_ans", FIN_2021, 16, 0.5, "F005", quota=True),
    Chiffre("part_30_39_ans", FIN_2021, 29.5, 0.5, "F007", quota=True),
    Chiffre("part_40_49_ans", FIN_2021, 23.5, 0.5, "F008", quota=True),
    Chiffre("part_50_59_ans", FIN_2021, 19, 0.5, "F009 - F010", quota=True),
    Chiffre("part_60_ans_et_plus", FIN_2021, 10, 0.5, "F010", quota=True),
    Chiffre("part_avec_enfants", FIN_2021, 40.8, 0.5, "F011", quota=True),
    Chiffre("part_anciennete_1_an", FIN_2021, 85, 0.7, "F012", quota=True),
    Chiffre("part_anciennete_5_ans", FIN_2021, 40, 0.7, "F013", quota=True),
    Chiffre("foyers_allocataires", FIN_2021, 45_000, 0.002, "F035", quota=True),
    Chiffre("position_rupe", FIN_2021, 23_000, 0.07, "F027"),
    Chiffre("position_rus", FIN_2021, 24_000, 0.07, "F028"),
    Chiffre("taux_contrat", FIN_2021, 11, 1.5, "F033"),
    Chiffre("contrats_en_cours", MAI_2022, 5_518, 0.06, "F029"),
    Chiffre("taux_contrat_departement", MAI_2022, 25, 3, "F030"),
    Chiffre("foyers_allocataires", date(2024, 3, 31), 43_000, 0.02, "presse, mars 2024"),
    Chiffre("foyers_allocataires", FIN_2025, 37_600, 0.015, "F036"),
    Chiffre("personnes_sdd", FIN_2025, 39_500, 0.03, "E10 (37 600 × 1,05)", derive=True),
    Chiffre("taux_contrat", FIN_2025, 50, 5, "F034 (plus de 50 %)", au_moins=True),
    Chiffre("accompagnement_intensif", FIN_2025, 11_000, 0.1, "F038 (plus de 11 000)", au_moins=True),
    Chiffre("taux_parcours_professionnel", date(2024, 2, 29), 24, 4, "F044", EXPERIMENTATION),
    Chiffre("taux_parcours_professionnel", date(2025, 2, 28), 42.6, 4, "F043", EXPERIMENTATION),
)
