"""Rates that say how sure they are, and what may be concluded from them (REQ-43). Pure.

A difference between two groups is not a proof of anything: an interval is drawn around each rate, and only a group
whose interval stands apart from that of all the others is worth a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median
from typing import Final

Z95: Final = 1.959964
MINIMUM: Final = 30
"""People in a group under which nothing is concluded about it."""
RIEN_A_AFFIRMER: Final = (
    "Les intervalles se recouvrent : ces chiffres ne permettent pas d'affirmer une différence entre les groupes."
)


@dataclass(frozen=True, slots=True)
class Taux:
    """``numerateur`` among ``denominateur``, with its 95 % interval (Wilson); all in parts of one."""

    numerateur: int
    denominateur: int

    @property
    def valeur(self) -> float | None:
        return self.numerateur / self.denominateur if self.denominateur else None

    @property
    def intervalle(self) -> tuple[float, float] | None:
        """Between which the true rate probably is.

        >>> tuple(round(borne, 3) for borne in Taux(5, 50).intervalle)
        (0.043, 0.214)
        >>> Taux(0, 0).intervalle is None
        True
        """
        return wilson(self.numerateur, self.denominateur) if self.denominateur else None


def wilson(k: int, n: int, *, z: float = Z95) -> tuple[float, float]:
    """The Wilson interval of a proportion: sound for rare events and small groups.

    >>> [round(borne, 3) for borne in wilson(0, 20)]
    [0.0, 0.161]
    """
    p, z2 = k / n, z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    demi = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, centre - demi), min(1.0, centre + demi)


@dataclass(frozen=True, slots=True)
class Groupe:
    """One group of a dimension; ``cache``: too few people to be told apart."""

    libelle: str
    taux: Taux
    cache: bool = False


def a_regarder(groupes: Sequence[Groupe], tous: Taux, *, z: float = Z95) -> list[tuple[Groupe, bool]]:
    """The groups whose rate is away from that of all the others, and whether it is above.

    Each group is compared with everybody else. The more groups, the more one of them stands out by chance: the
    interval widens accordingly (Bonferroni).

    >>> femmes, hommes = Groupe("Femmes", Taux(20, 1000)), Groupe("Hommes", Taux(60, 1000))
    >>> [(g.libelle, dessus) for g, dessus in a_regarder([femmes, hommes], Taux(80, 2000))]
    [('Femmes', False), ('Hommes', True)]
    >>> a_regarder([Groupe("A", Taux(2, 40)), Groupe("B", Taux(3, 40))], Taux(5, 80))
    []
    """
    montres = [g for g in groupes if not g.cache and g.taux.denominateur >= MINIMUM]
    if not montres:
        return []
    z = _z_de(len(montres)) if z == Z95 else z
    trouves = []
    for g in montres:
        autres = Taux(tous.numerateur - g.taux.numerateur, tous.denominateur - g.taux.denominateur)
        if autres.denominateur < MINIMUM or autres.valeur is None or g.taux.valeur is None:
            continue
        bas, haut = wilson(g.taux.numerateur, g.taux.denominateur, z=z)
        bas_autres, haut_autres = wilson(autres.numerateur, autres.denominateur, z=z)
        if bas > haut_autres or haut < bas_autres:
            trouves.append((g, g.taux.valeur > autres.valeur))
    return trouves


def _z_de(comparaisons: int) -> float:
    """The quantile that keeps one chance in twenty of a false alarm over all the comparisons."""
    return NormalDist().inv_cdf(1 - 0.05 / (2 * comparaisons))


def conclusion(groupes: Sequence[Groupe], tous: Taux) -> str:
    """The sentence of what may be concluded about one rate over one dimension, in French.

    >>> conclusion([Groupe("Femmes", Taux(2, 40)), Groupe("Hommes", Taux(3, 40))], Taux(5, 80))
    "Les intervalles se recouvrent : ces chiffres ne permettent pas d'affirmer une différence entre les groupes."
    >>> conclusion([Groupe("Femmes", Taux(1, 9))], Taux(1, 9))
    'Trop peu de personnes pour conclure quoi que ce soit.'
    """
    if sum(not g.cache and g.taux.denominateur >= MINIMUM for g in groupes) < 2:  # two to compare
        return "Trop peu de personnes pour conclure quoi que ce soit."
    ecarts = a_regarder(groupes, tous)
    if not ecarts:
        return RIEN_A_AFFIRMER
    dits = " ; ".join(f"{g.libelle} ({'plus' if dessus else 'moins'} que les autres)" for g, dessus in ecarts)
    return (
        f"À regarder : {dits}. L'écart dépasse ce que le hasard explique d'ordinaire ; il ne dit pas pourquoi : les "
        "situations ne sont pas les mêmes d'un groupe à l'autre."
    )


@dataclass(frozen=True, slots=True)
class Delais:
    """How long a step takes: number of times, median and ninth decile in days."""

    nombre: int
    mediane: float | None
    neuvieme_decile: float | None


def delais(jours: Sequence[int]) -> Delais:
    """
    >>> delais([1, 2, 3, 30])
    Delais(nombre=4, mediane=2.5, neuvieme_decile=30)
    >>> delais([])
    Delais(nombre=0, mediane=None, neuvieme_decile=None)
    """
    if not jours:
        return Delais(0, None, None)
    ordonnes = sorted(jours)
    return Delais(len(ordonnes), median(ordonnes), ordonnes[min(len(ordonnes) - 1, int(len(ordonnes) * 0.9))])
