"""Day by day without spoiling the rest of the period: today's people pay what a place will be worth to those to come.

Dual prices of the expected arrivals (Ahani, Gölz, Procaccia, Teytelboym, Trapp 2023: above 98 % of the hindsight
optimum where greedy stays under 90 %): the flow of today's people *and* of those expected is solved, the price of each
place read from its residual graph, and today's people are allocated with these prices added (ADR 0020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cordee.metier.orientation.affectation.probleme import Demande, Probleme
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre


def prix_attendus(probleme: Probleme, attendues: Sequence[Demande]) -> dict[tuple[int, int], int]:
    """Extra points of a place of each (structure, agent): what it will be worth to the people still to come.

    Args:
        attendues: people expected in the rest of the period (their ids do not matter), e.g. those of the last one.
    """
    if not attendues:
        return {}
    dernier = max((d.id for d in probleme.demandes), default=0)
    venir = tuple(
        replace(d, id=dernier + rang, foyer=None, attente_jours=0) for rang, d in enumerate(attendues, start=1)
    )
    tout = resoudre(replace(probleme, demandes=(*probleme.demandes, *venir)))
    plafond = tout.flot.penalite - 1
    return {
        p.cle: min(max(0, -int(tout.flot.prix_poste[rang])), plafond)
        for rang, p in enumerate(tout.couts.postes)
        if tout.flot.prix_poste[rang] < 0
    }


def resoudre_au_fil(probleme: Probleme, attendues: Sequence[Demande]) -> Resultat:
    """Today's allocation that keeps places for the rest of the period. Everybody of today still has a place if one is
    left: the prices choose which, they never make anybody wait.
    """
    return resoudre(probleme, prix=prix_attendus(probleme, attendues))
