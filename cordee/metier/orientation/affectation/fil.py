"""Day by day without spoiling the rest of the period: today's people pay what a place will be worth to those to come.

Dual prices of the expected arrivals (Ahani, Gölz, Procaccia, Teytelboym, Trapp 2023: above 98 % of the hindsight
optimum where greedy stays under 90 %): the flow of today's people *and* of those expected is solved, the price of each
place read from its residual graph over several drawn futures, and today's people are allocated with these prices added
(ADR 0020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final

from cordee.metier.orientation.affectation.probleme import Demande, Probleme
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre

PLAFOND: Final = 1_000
"""Points: what the last place is worth when somebody would be left without anybody."""
SCENARIOS: Final = 8
"""Futures drawn from the expected arrivals: a place is worth the mean of what it is worth in each."""


def prix_attendus(probleme: Probleme, attendues: Sequence[Demande]) -> dict[tuple[int, int], int]:
    """Extra points of a place of each (structure, agent): what it will be worth to the people still to come.

    In each future, a price is between what one more place would save and what one less would cost: the middle is
    taken. The futures are drawn with replacement, always the same for the same input.

    Args:
        attendues: people expected in the rest of the period (their ids do not matter), e.g. those of the last one.
    """
    if not attendues:
        return {}
    sommes: Counter[tuple[int, int]] = Counter()
    for graine in range(SCENARIOS):
        alea = Random(graine)  # noqa: S311 - futures to average, not a secret
        tout = resoudre(_avec(probleme, alea.choices(attendues, k=len(attendues))), pertes=True)
        for rang, p in enumerate(tout.couts.postes):
            bornes = tout.flot.gain_poste(rang), tout.flot.perte_poste(rang)
            sommes[p.cle] += sum(min(borne, PLAFOND) for borne in bornes)
    return {cle: prix for cle, somme in sommes.items() if (prix := somme // (2 * SCENARIOS))}


def _avec(probleme: Probleme, venir: Sequence[Demande]) -> Probleme:
    """Today's people and those of a future, who have not begun to wait."""
    dernier = max((d.id for d in probleme.demandes), default=0)
    futures = (replace(d, id=dernier + rang, foyer=None, attente_jours=0) for rang, d in enumerate(venir, start=1))
    return replace(probleme, demandes=(*probleme.demandes, *futures))


def resoudre_au_fil(probleme: Probleme, attendues: Sequence[Demande]) -> Resultat:
    """Today's allocation that keeps places for the rest of the period. Everybody of today still has a place if one is
    left: the prices choose which, they never make anybody wait.
    """
    return resoudre(probleme, prix=prix_attendus(probleme, attendues))
