"""First come, first served on the same day: who has waited longest takes the best place left, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from cordee.metier.orientation.affectation.couts import INTERDIT
from cordee.metier.orientation.affectation.resolution import Resultat, paliers_de, prix_attente

_LOIN: Final = 2**40


@dataclass(frozen=True, slots=True)
class PremierArrive:
    """``choix``: as ``Resultat.choix``, same locks and couples. ``cout``: on the scale of ``Resultat.cout``."""

    choix: dict[int, int]
    cout: int


def premier_arrive(resultat: Resultat) -> PremierArrive:
    """What the usual way would have done with the same people, places, locks and couples."""
    couts, places = resultat.couts, resultat.avant.copie()
    choix = {pk: poste for pk, poste in resultat.choix.items() if pk in resultat.fixes}
    attendent = [(d, groupe.ligne) for groupe in resultat.groupes for d in groupe.personnes]
    attendent.sort(key=lambda couple: (-couple[0].attente_jours, couple[0].id))
    complets = (places.postes <= 0) | (places.structures[couts.maison_du_poste] == 0)
    total, marches = resultat.cout_fixe, _marches(resultat)
    prochaines = np.array([m[0] if m else 0 for m in marches], dtype=np.int64)
    for d, ligne in attendent:
        possibles = np.where((ligne == INTERDIT) | complets, _LOIN, ligne + prochaines)
        poste = int(possibles.argmin()) if len(possibles) else 0
        if not len(possibles) or possibles[poste] == _LOIN:
            total += resultat.flot.penalite + prix_attente(couts, d)
            continue
        choix[d.id] = poste
        total += int(possibles[poste]) + int(resultat.prix[poste])  # what it takes from those who are expected
        places.prendre(couts, poste)
        marches[poste].pop(0)
        prochaines[poste] = marches[poste][0] if marches[poste] else 0
        maison = couts.maison_du_poste[poste]
        if places.postes[poste] <= 0:
            complets[poste] = True
        if places.structures[maison] == 0:
            complets |= couts.maison_du_poste == maison
    return PremierArrive(choix, total)


def _marches(resultat: Resultat) -> list[list[int]]:
    """Per post, the extra points of each of its next places."""
    return [
        [points for nombre, points in paliers for _ in range(nombre)]
        for paliers in paliers_de(resultat.couts, resultat.avant)
    ]
