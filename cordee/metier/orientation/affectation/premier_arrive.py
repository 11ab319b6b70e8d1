"""First come, first served on the same day: who has waited longest takes the cheapest place left, one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cordee.metier.orientation.affectation.couts import INTERDIT
from cordee.metier.orientation.affectation.resolution import Resultat, cout_du_remplissage, prix_attente


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
    total, deja = resultat.cout_fixe, places.venues.copy()
    loin = np.iinfo(np.int32).max
    for d, ligne in attendent:
        possibles = np.where((ligne == INTERDIT) | complets, loin, ligne)
        poste = int(possibles.argmin()) if len(possibles) else 0
        if not len(possibles) or possibles[poste] == loin:
            total += resultat.flot.penalite + prix_attente(couts, d)
            continue
        choix[d.id] = poste
        total += int(ligne[poste])
        places.prendre(couts, poste)
        maison = couts.maison_du_poste[poste]
        if places.postes[poste] <= 0:
            complets[poste] = True
        if places.structures[maison] == 0:
            complets |= couts.maison_du_poste == maison
    for poste in np.flatnonzero(places.venues > deja).tolist():
        total += cout_du_remplissage(couts, poste, int(places.venues[poste] - deja[poste]), int(deja[poste]))
    return PremierArrive(choix, total)
