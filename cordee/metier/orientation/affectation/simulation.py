"""A period lived day by day: what each way of allocating costs in the end (tests, benchmark; ADR 0020)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cordee.metier.orientation.affectation.fil import resoudre_au_fil
from cordee.metier.orientation.affectation.probleme import Demande, Probleme
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre

SANS_PLACE: Final = 1_000
"""Points of a person left without anybody, the same for every way compared."""


@dataclass(frozen=True, slots=True)
class Periode:
    """How a period ended: people with a référent, people without, points of the former and price of the latter."""

    affectees: int
    sans: int
    cout: int


def simuler(probleme: Probleme, jours: Sequence[Sequence[Demande]], *, attendues: Sequence[Demande] = ()) -> Periode:
    """Allocate each day's people with the places left by the days before.

    Args:
        attendues: people expected over the whole period; each day keeps places for its share of them still to come.
            Empty: each day is served as if it were the last. One single day: hindsight.
    """
    affectees = sans = cout = 0
    places = probleme
    for rang, arrivees in enumerate(jours):
        jour = replace(places, demandes=tuple(arrivees))
        restent = attendues[len(attendues) * (rang + 1) // len(jours) :]
        resultat = resoudre_au_fil(jour, restent) if restent else resoudre(jour)
        affectees += len(resultat.choix)
        sans += len(arrivees) - len(resultat.choix)
        cout += _points(resultat)
        places = _apres(places, resultat)
    return Periode(affectees, sans, cout + sans * SANS_PLACE)


def _points(resultat: Resultat) -> int:
    """Criteria only: neither the prices of the places nor their filling."""
    couts = resultat.couts
    demandes = {d.id: d for d in couts.probleme.demandes}
    return sum(
        sum((couts.detail(demandes[pk], couts.postes[rang]) or {}).values()) for pk, rang in resultat.choix.items()
    )


def _apres(places: Probleme, resultat: Resultat) -> Probleme:
    """The same structures and agents with the places that are left."""
    prises = Counter(resultat.couts.postes[rang].cle for rang in resultat.choix.values())
    par_maison = Counter(structure for structure, _ in prises.elements())
    return replace(
        places,
        postes=tuple(replace(p, places=p.places - prises[p.cle]) for p in places.postes),
        maisons=tuple(
            m if m.places is None else replace(m, places=m.places - par_maison[m.id]) for m in places.maisons
        ),
    )  # fmt: skip
