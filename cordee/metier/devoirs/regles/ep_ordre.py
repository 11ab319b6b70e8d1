"""The order of a session: hearings first and timed (R24), two people of one household apart (R26).

Those who come wait as little as possible and never meet their spouse in the corridor: two files of one household are
never neighbours, and nothing in the order tells that they belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class AOrdonner:
    """One file to place. ``foyer``: those who share it are kept apart; ``heure``: an hour already announced."""

    cle: int
    audition: bool
    foyer: int | None = None
    heure: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: its number from 1, and the hour a hearing begins."""

    cle: int
    numero: int
    heure: datetime | None


@dataclass(frozen=True, slots=True)
class Durees:
    """Minutes given to a hearing and to a file on papers."""

    audition: int
    dossier: int


def ordonner(dossiers: Sequence[AOrdonner], *, debut: datetime, durees: Durees) -> list[Place]:
    """Number the files of a session: hearings first, in the order given, each with its hour.

    An hour already announced to somebody is kept, whatever else changes: she has been told. The others take the first
    free times. Two files of one household are separated as soon as there is a third to put between them.

    >>> a = [AOrdonner(1, False), AOrdonner(2, True, foyer=7), AOrdonner(3, True, foyer=7), AOrdonner(4, True)]
    >>> [(p.cle, p.heure.hour * 60 + p.heure.minute if p.heure else None)
    ...  for p in ordonner(a, debut=datetime(2026, 3, 5, 9), durees=Durees(20, 10))]
    [(2, 540), (4, 560), (3, 580), (1, None)]
    >>> [p.heure.minute for p in ordonner(a[1:3], debut=datetime(2026, 3, 5, 9), durees=Durees(20, 10))]
    [0, 40]
    """
    annonces = sorted((d for d in dossiers if d.audition and d.heure), key=lambda d: (d.heure, d.cle))
    libres = [d for d in dossiers if d.audition and not d.heure]
    auditions = _placer(annonces, libres, debut=debut, pas=timedelta(minutes=durees.audition))
    suivis = _separer([d for d in dossiers if not d.audition], apres=auditions[-1][0].foyer if auditions else None)
    ordre = [*auditions, *((d, None) for d in suivis)]
    return [Place(d.cle, numero, heure) for numero, (d, heure) in enumerate(ordre, start=1)]


def voisins(dossiers: Sequence[AOrdonner]) -> list[tuple[int, int]]:
    """Pairs of neighbours of one household, in an order already made: what could not be separated.

    >>> voisins([AOrdonner(1, True, foyer=7), AOrdonner(2, True, foyer=7), AOrdonner(3, True)])
    [(1, 2)]
    """
    return [(a.cle, b.cle) for a, b in pairwise(dossiers) if a.foyer is not None and a.foyer == b.foyer]


def _placer(
    annonces: list[AOrdonner], libres: list[AOrdonner], *, debut: datetime, pas: timedelta
) -> list[tuple[AOrdonner, datetime]]:
    places = {d.heure: d for d in annonces if d.heure is not None}
    restent = list(libres)
    combien = len(annonces) + len(libres)
    for heure in (debut + n * pas for n in range(2 * combien + 2)):
        if not restent:
            break
        if heure in places:
            continue
        autour = {places[h].foyer for h in (heure - pas, heure + pas) if h in places} - {None}
        choisi = next((d for d in restent if d.foyer not in autour), None)
        if choisi is not None:  # else the hour is left to whoever comes later: a pause keeps spouses apart
            restent.remove(choisi)
            places[heure] = choisi
    suite = max(places, default=debut - pas)
    places |= {suite + n * pas: d for n, d in enumerate(restent, start=1)}
    return [(d, h) for h, d in sorted(places.items())]


def _separer(dossiers: Sequence[AOrdonner], *, apres: int | None = None) -> list[AOrdonner]:
    """The same files, neighbours of one household set apart: the first in order that is no relative of the last one.

    A household that still holds as many files as there are places to keep them apart goes first.
    """
    restent, ordre, dernier = list(dossiers), [], apres
    while restent:
        possibles = [d for d in restent if d.foyer is None or d.foyer != dernier] or restent
        urgents = [d for d in possibles if d.foyer is not None and _pesant(d.foyer, restent)]
        choisi = (urgents or possibles)[0]
        restent.remove(choisi)
        ordre.append(choisi)
        dernier = choisi.foyer
    return ordre


def _pesant(foyer: int, restent: Sequence[AOrdonner]) -> bool:
    siens = sum(d.foyer == foyer for d in restent)
    return siens > 1 and 2 * siens > len(restent)
