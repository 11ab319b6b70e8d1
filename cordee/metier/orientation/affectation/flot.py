"""The exact optimum, and its proof: a minimum-cost flow solved by OR-Tools, checked from its residual graph.

Groups of people with the same costs → posts (an agent in a structure) → structures → out, or straight out at a price
above any rearrangement (nobody waits where a place is left). The solver gives no duals: the shortest distances from the
exit in the residual graph are duals, prove the optimum (weak duality: the bound they give equals the cost), price one
more place, and tell who would move for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from cordee.metier.orientation.affectation.couts import INTERDIT, Ligne
from cordee.socle.erreurs import ErreurMetier

Entiers = NDArray[np.int64]
Arcs = tuple[Entiers, Entiers, Entiers, Entiers]
_LOIN: Final = 2**60
_SORTIE: Final = 0


class OptimumNonProuve(ErreurMetier):
    """The solver's answer does not equal its bound: it is not shown."""


@dataclass(frozen=True, slots=True)
class Reseau:
    """The numbers of one flow.

    ``couts``: groups × posts, ``INTERDIT`` where forbidden. ``effectifs``: per group, (extra price of leaving one of
    them out, how many), the ones who wait most being the dearest. ``paliers``: per post, (places, extra points),
    ascending. ``structure``: per post. ``places``: per structure, -1 without limit.
    """

    couts: Ligne
    effectifs: Sequence[Sequence[tuple[int, int]]]
    paliers: Sequence[Sequence[tuple[int, int]]]
    structure: Entiers
    places: Entiers


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One group's person going from a post (``None``: she waited) to another."""

    groupe: int
    de: int | None
    vers: int


@dataclass(slots=True)
class Flot:
    """``flux``: (group, post) → people. ``sans``: people of each group left out. ``cout`` = ``borne``: proven optimal.

    ``prix_poste``, ``prix_structure``: distances from the exit (``LOIN`` when nobody could come). ``penalite``: price
    of one person left out.
    """

    flux: dict[tuple[int, int], int]
    sans: Entiers
    cout: int
    borne: int
    penalite: int
    prix_poste: Entiers
    prix_structure: Entiers
    dernier_palier: Entiers
    sorties_poste: Entiers | None = field(repr=False)
    dernier_pris: Entiers = field(repr=False)
    _parents: Entiers = field(repr=False)
    _postes: int
    _structures: int

    def gain_poste(self, poste: int) -> int:
        """What one more place for this agent would save, exactly, where her structure can still receive."""
        return max(0, -int(self.prix_poste[poste] + self.dernier_palier[poste]))

    def perte_poste(self, poste: int) -> int:
        """What one place less for this agent would cost (``pertes`` asked for): nothing where she has one to spare."""
        if self.sorties_poste is None:
            raise ValueError("ask for the losses: resoudre_flot(…, pertes=True)")
        return max(0, int(self.sorties_poste[poste] - self.dernier_pris[poste]))

    def gain_structure(self, structure: int) -> int:
        """What one more person allowed in this structure would save, its agents unchanged."""
        return max(0, -int(self.prix_structure[structure]))

    def mouvements_poste(self, poste: int) -> list[Mouvement]:
        """Who would move if this agent had one more place."""
        return self._mouvements(1 + self._structures + poste)

    def mouvements_structure(self, structure: int) -> list[Mouvement]:
        """Who would move if this structure could receive one more person."""
        return self._mouvements(1 + structure)

    def _mouvements(self, noeud: int) -> list[Mouvement]:
        """The shortest path from the exit to a node, read backwards: each group it crosses gives up one person."""
        premier_poste, premier_groupe = 1 + self._structures, 1 + self._structures + self._postes
        suite: list[Mouvement] = []
        groupe, vers = -1, -1
        for _ in range(len(self._parents)):
            parent = int(self._parents[noeud])
            if noeud == _SORTIE or parent < 0:
                break
            if parent >= premier_groupe:
                groupe, vers = parent - premier_groupe, noeud - premier_poste
            elif noeud >= premier_groupe:
                de = parent - premier_poste if premier_poste <= parent < premier_groupe else None
                suite.append(Mouvement(groupe, de, vers))
            noeud = parent
        return suite


def resoudre_flot(reseau: Reseau, *, penalite: int | None = None, pertes: bool = False) -> Flot:
    """The cheapest allocation of as many people as possible, proven.

    Args:
        penalite: price of leaving one person out; by default above any rearrangement of the others.
        pertes: also what one place less would cost (the other end of the interval of its price).

    Raises:
        OptimumNonProuve: the bound and the cost differ (never seen; then nothing is proposed).

    """
    nb_groupes, nb_postes = reseau.couts.shape
    nb_structures = len(reseau.places)
    effectifs = np.array([sum(n for _, n in bandes) for bandes in reseau.effectifs], dtype=np.int64)
    penalite = _penalite(reseau) if penalite is None else penalite
    arcs, sorties = _arcs(reseau, effectifs, penalite)
    de, vers, capacites, couts = arcs
    noeuds = 1 + nb_structures + nb_postes + nb_groupes
    offres = np.zeros(noeuds, dtype=np.int64)
    offres[noeuds - nb_groupes :] = effectifs
    offres[_SORTIE] = -effectifs.sum()
    flux = _resoudre(de, vers, capacites, couts, offres)
    distances, parents = _distances(noeuds, arcs, flux)
    sorties_poste = None
    if pertes:
        vers_la_sortie, _ = _distances(noeuds, (vers, de, capacites, couts), flux)
        sorties_poste = vers_la_sortie[1 + nb_structures : 1 + nb_structures + nb_postes]
    cout = int((flux * couts).sum())
    reduits = couts + distances[de] - distances[vers]
    borne = int((np.minimum(reduits, 0) * capacites).sum() - (distances * offres).sum())
    if cout != borne:
        raise OptimumNonProuve("L'affectation trouvée n'est pas prouvée la meilleure : elle n'est pas proposée.")
    premier_poste, premier_groupe = 1 + nb_structures, 1 + nb_structures + nb_postes
    vers_poste = (de >= premier_groupe) & (vers != _SORTIE) & (flux > 0)
    utiles = zip(
        (de[vers_poste] - premier_groupe).tolist(), (vers[vers_poste] - premier_poste).tolist(),
        flux[vers_poste].tolist(), strict=True,
    )  # fmt: skip
    sans = np.zeros(nb_groupes, dtype=np.int64)
    np.add.at(sans, de[sorties] - premier_groupe, flux[sorties])
    return Flot(
        flux={(g, p): n for g, p, n in utiles}, sans=sans, cout=cout, borne=borne, penalite=penalite,
        prix_poste=distances[premier_poste:premier_groupe], prix_structure=distances[1:premier_poste],
        dernier_palier=np.array([b[-1][1] if b else 0 for b in reseau.paliers], dtype=np.int64),
        sorties_poste=sorties_poste, dernier_pris=_dernier_pris(reseau, de, vers, flux), _parents=parents,
        _postes=nb_postes, _structures=nb_structures,
    )  # fmt: skip


def _dernier_pris(reseau: Reseau, de: Entiers, vers: Entiers, flux: Entiers) -> Entiers:
    """Per post, the extra points of the last place taken."""
    premier = 1 + len(reseau.places)
    prises = np.zeros(premier + reseau.couts.shape[1], dtype=np.int64)
    sortants = (de >= premier) & (de < len(prises)) & (vers < premier) & (vers > _SORTIE)
    np.add.at(prises, de[sortants], flux[sortants])
    return np.array([_marche(b, int(n)) for b, n in zip(reseau.paliers, prises[premier:], strict=True)], dtype=np.int64)


def _marche(paliers: Sequence[tuple[int, int]], prises: int) -> int:
    """Extra points of place number ``prises`` (0: none is taken)."""
    for nombre, points in paliers:
        if prises <= nombre:
            return points if prises else 0
        prises -= nombre
    return paliers[-1][1] if paliers else 0


def _penalite(reseau: Reseau) -> int:
    """Above the price of any rearrangement: a chain of moves passes each post once at most."""
    couts = int(reseau.couts.max(initial=0)) + max((p for b in reseau.paliers for _, p in b), default=0)
    attente = max((prix for bandes in reseau.effectifs for prix, _ in bandes), default=0)
    return (couts + attente + 1) * (int(reseau.couts.shape[1]) + 2)


def _arcs(reseau: Reseau, effectifs: Entiers, penalite: int) -> tuple[Arcs, NDArray[np.bool_]]:
    """(from, to, capacity, cost) of every arc, and which ones leave people out. Node 0 is the exit."""
    nb_structures, nb_postes = len(reseau.places), reseau.couts.shape[1]
    premier_poste, premier_groupe = 1 + nb_structures, 1 + nb_structures + nb_postes
    groupes, postes = np.nonzero(reseau.couts != INTERDIT)
    bandes = [(p, n, points) for p, paliers in enumerate(reseau.paliers) for n, points in paliers]
    restes = [(g, n, prix) for g, bandes_ in enumerate(reseau.effectifs) for prix, n in bandes_]
    total = int(effectifs.sum())
    p_, n_, c_ = _colonnes(bandes)
    g_, e_, a_ = _colonnes(restes)
    de = np.concatenate([
        groupes + premier_groupe, p_ + premier_poste, 1 + np.arange(nb_structures), g_ + premier_groupe,
    ])  # fmt: skip
    vers = np.concatenate([
        postes + premier_poste, 1 + reseau.structure[p_], np.zeros(nb_structures, dtype=np.int64),
        np.zeros(len(g_), dtype=np.int64),
    ])  # fmt: skip
    capacites = np.concatenate([
        effectifs[groupes], n_, np.where(reseau.places < 0, total, reseau.places), e_,
    ])  # fmt: skip
    couts = np.concatenate([
        reseau.couts[groupes, postes].astype(np.int64), c_, np.zeros(nb_structures, dtype=np.int64), a_ + penalite,
    ])  # fmt: skip
    sorties = np.zeros(len(de), dtype=bool)
    sorties[len(de) - len(g_) :] = True
    return (de, vers, capacites, couts), sorties


def _colonnes(lignes: Sequence[tuple[int, int, int]]) -> tuple[Entiers, Entiers, Entiers]:
    table = np.array(lignes, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _resoudre(de: Entiers, vers: Entiers, capacites: Entiers, couts: Entiers, offres: Entiers) -> Entiers:
    solveur = min_cost_flow.SimpleMinCostFlow()
    arcs = solveur.add_arcs_with_capacity_and_unit_cost(de, vers, capacites, couts)
    solveur.set_nodes_supplies(np.arange(len(offres)), offres)
    if solveur.solve() != solveur.OPTIMAL:
        raise OptimumNonProuve("Le calcul de l'affectation n'a pas abouti : réessayez, ou prévenez l'administrateur.")
    flux: Entiers = np.asarray(solveur.flows(arcs), dtype=np.int64)
    return flux


def _distances(noeuds: int, arcs: Arcs, flux: Entiers) -> tuple[Entiers, Entiers]:
    """Shortest distances from the exit in the residual graph, and the parent of each node (Bellman-Ford). With the ends
    of the arcs swapped: distances *to* the exit.

    An optimal flow leaves no negative cycle: a few rounds settle.
    """
    de, vers, capacites, couts = arcs
    avant, arriere = flux < capacites, flux > 0
    u = np.concatenate([de[avant], vers[arriere]])
    v = np.concatenate([vers[avant], de[arriere]])
    c = np.concatenate([couts[avant], -couts[arriere]])
    ordre = np.argsort(v, kind="stable")
    u, v, c = u[ordre], v[ordre], c[ordre]
    debuts = np.flatnonzero(np.r_[True, v[1:] != v[:-1]]) if len(v) else np.zeros(0, dtype=np.int64)
    cibles = v[debuts]
    longueurs = np.diff(np.r_[debuts, len(v)])
    distances = np.full(noeuds, _LOIN, dtype=np.int64)
    distances[_SORTIE] = 0
    parents = np.full(noeuds, -1, dtype=np.int64)
    for _ in range(noeuds):
        par_arc = np.where(distances[u] >= _LOIN, _LOIN, distances[u] + c)
        meilleures = np.minimum.reduceat(par_arc, debuts) if len(debuts) else par_arc
        mieux = meilleures < distances[cibles]
        if not mieux.any():
            return distances, parents
        egaux = np.flatnonzero(par_arc == np.repeat(meilleures, longueurs))
        premiers = egaux[np.searchsorted(egaux, debuts)]
        parents[cibles[mieux]] = u[premiers[mieux]]
        distances[cibles[mieux]] = meilleures[mieux]
    raise OptimumNonProuve("L'affectation trouvée peut encore être améliorée : elle n'est pas proposée.")
