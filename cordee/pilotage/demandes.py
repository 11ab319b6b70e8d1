"""Where the list behind a figure stands, and the people in it, kept by this process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cordee.pilotage import listes
from cordee.pilotage.entetes import definition
from cordee.pilotage.enums import Niveau
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.models import Calcul


@dataclass(frozen=True, slots=True)
class Demande:
    """A list asked for. ``gardee``: the state of the lake its kept value comes from; else ``version``, the lake's."""

    version: str
    gardee: str
    code: str
    au: date
    niveau: Niveau
    territoire: str


def demande_de(version: str, code: str, au: date, niveau: Niveau, territoire: str) -> Demande:
    """Where the list of a figure stands. The same list is not read again because the lake learnt of something else."""
    calcul = Calcul.objects.filter(au=au).values_list("version_lac", "listes").first()
    if calcul is None:
        return Demande(version, "", code, au, niveau, territoire)
    return Demande("", calcul[1].get(code, calcul[0]), code, au, niveau, territoire)


@lru_cache(maxsize=64)
def liste_de(d: Demande) -> tuple[int, ...]:
    """The people behind a figure, as rows of the database. Whoever asks has read the figure: the lake is there."""
    manifeste = lire_manifeste()
    if manifeste is None:
        return ()
    mesure = definition(d.code)
    return tuple(listes.personnes(manifeste, mesure, d.au, niveau=d.niveau, territoire=d.territoire, version=d.gardee))
