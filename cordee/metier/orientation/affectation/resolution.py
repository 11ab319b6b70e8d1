"""From the problem to the allocation: locks first, couples next as one unit, then everybody at once, proven optimal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from cordee.metier.orientation.affectation.bareme import SEMAINES_COMPTEES
from cordee.metier.orientation.affectation.couts import INTERDIT, Couts, Ligne
from cordee.metier.orientation.affectation.enums import MotifSansSolution, RegleCouples
from cordee.metier.orientation.affectation.flot import Entiers, Flot, Reseau, resoudre_flot
from cordee.metier.orientation.affectation.probleme import Demande, Probleme

AUCUN: Final = -1
M = MotifSansSolution


@dataclass(slots=True)
class Places:
    """What is left: per post and per structure (-1: without limit), and how many newcomers each post already took."""

    postes: Entiers
    structures: Entiers
    venues: Entiers

    @classmethod
    def de(cls, couts: Couts) -> Places:
        limites = [-1 if m.places is None else m.places for m in couts.maisons]
        return cls(
            np.array([0 if p.empechement else p.places for p in couts.postes], dtype=np.int64),
            np.array(limites, dtype=np.int64),
            np.zeros(len(couts.postes), dtype=np.int64),
        )

    def copie(self) -> Places:
        return Places(self.postes.copy(), self.structures.copy(), self.venues.copy())

    def libre(self, couts: Couts, poste: int) -> bool:
        return bool(self.postes[poste] > 0 and self.structures[couts.maison_du_poste[poste]] != 0)

    def prendre(self, couts: Couts, poste: int, nombre: int = 1) -> None:
        """Takes places, beyond the limit if a human locked it so."""
        maison = couts.maison_du_poste[poste]
        self.postes[poste] = max(0, self.postes[poste] - nombre)
        if self.structures[maison] > 0:
            self.structures[maison] = max(0, self.structures[maison] - nombre)
        self.venues[poste] += nombre


@dataclass(slots=True)
class Groupe:
    """People whose costs are the same. ``personnes``: who waits most first, then by number."""

    ligne: Ligne
    personnes: list[Demande] = field(default_factory=list)


@dataclass(slots=True)
class Resultat:
    """The allocation. ``choix``: person → rank of her post in ``couts.postes``. ``motifs``: why nobody, for the others.

    ``cout`` equals ``borne``: what locks and couples cost, then the proven optimum of the rest. ``fixes``: people whose
    post was not chosen by the flow. ``avant``: places before the flow. ``restantes``: those
    left after it. ``prix``: per post, the extra points of its places (day by day; zero otherwise), in ``cout``.
    """

    couts: Couts
    choix: dict[int, int]
    motifs: dict[int, MotifSansSolution]
    verrouillees: frozenset[int]
    couples: dict[int, int]
    cout_fixe: int
    groupes: list[Groupe]
    groupe_de: dict[int, int]
    flot: Flot
    avant: Places
    restantes: Places
    prix: Ligne

    @property
    def cout(self) -> int:
        return self.cout_fixe + self.flot.cout

    @property
    def borne(self) -> int:
        return self.cout_fixe + self.flot.borne

    @property
    def fixes(self) -> frozenset[int]:
        return self.verrouillees | self.couples.keys()

    @property
    def points(self) -> int:
        """Points of those who have a référent, without the prices of waiting and of the places kept."""
        attente = sum(
            self.flot.penalite + prix_attente(self.couts, d)
            for g in self.groupes
            for d in g.personnes
            if d.id not in self.choix
        )
        gardes = sum(int(self.prix[poste]) for pk, poste in self.choix.items() if pk not in self.fixes)
        return self.cout - attente - gardes


def resoudre(
    probleme: Probleme, *, prix: Mapping[tuple[int, int], int] | None = None, pertes: bool = False
) -> Resultat:
    """The allocation of least cost of as many people as possible. The same people, in any order, give the same answer.

    Args:
        prix: extra points per (structure, agent), what a place will be worth to those who are still to come
            (``fil.prix_attendus``); none: everything is decided today.
        pertes: also work out what one place less would cost.
    """
    couts = Couts(probleme)
    demandes = sorted(probleme.demandes, key=lambda d: d.id)
    places, choix = Places.de(couts), {}
    motifs: dict[int, MotifSansSolution] = {}
    for d in demandes:
        if d.id in probleme.verrous:
            rang = couts.rang_poste.get(probleme.verrous[d.id], AUCUN)
            if rang == AUCUN or couts.detail(d, couts.postes[rang]) is None:
                motifs[d.id] = M.VERROU_IMPOSSIBLE
            else:
                choix[d.id] = rang
                places.prendre(couts, rang)
    verrouillees = frozenset(choix)
    libres = [d for d in demandes if d.id not in choix and d.id not in motifs]
    couples = _couples(couts, libres, places)
    choix |= couples
    fixe = _cout_des_choix(couts, [d for d in demandes if d.id in choix], choix, places)
    reste = [d for d in libres if d.id not in choix]
    groupes = grouper(couts, reste)
    avant = places.copie()
    supplement = _supplement(couts, prix)
    flot = resoudre_flot(_reseau(couts, groupes, places, supplement), pertes=pertes)
    groupe_de = {d.id: rang for rang, groupe in enumerate(groupes) for d in groupe.personnes}
    for d, poste in _repartir(groupes, flot):
        choix[d.id] = poste
        places.prendre(couts, poste)
    for d in reste:
        if d.id not in choix:
            motifs[d.id] = M.CAPACITE if d.id in groupe_de else couts.motif(d)
    return Resultat(
        couts=couts, choix=choix, motifs=motifs, verrouillees=verrouillees, couples=couples, cout_fixe=fixe,
        groupes=groupes, groupe_de=groupe_de, flot=flot, avant=avant, restantes=places, prix=supplement,
    )  # fmt: skip


def prix_attente(couts: Couts, d: Demande) -> int:
    """Extra price of leaving her out: the weeks she has waited (``attente_par_semaine``)."""
    return min(d.attente_jours // 7, SEMAINES_COMPTEES) * couts.bareme.criteres["attente_par_semaine"]


def grouper(couts: Couts, demandes: Iterable[Demande]) -> list[Groupe]:
    """People of the same costs together; whoever no post may receive is left out."""
    par_profil: defaultdict[tuple[object, ...], list[Demande]] = defaultdict(list)
    for d in demandes:
        par_profil[d.profil].append(d)
    groupes: dict[bytes, Groupe] = {}
    for semblables in par_profil.values():
        ligne = couts.ligne(semblables[0])
        if (ligne != INTERDIT).any():
            groupes.setdefault(ligne.tobytes(), Groupe(ligne)).personnes.extend(semblables)
    for groupe in groupes.values():
        groupe.personnes.sort(key=lambda d: (-d.attente_jours, d.id))
    return sorted(groupes.values(), key=lambda g: g.personnes[0].id)


def paliers_de(couts: Couts, places: Places) -> list[list[tuple[int, int]]]:
    """Per post, what its next places cost: (number, extra points)."""
    return [
        couts.bareme.paliers(p.total, p.total - p.places + int(venues), int(reste))
        for p, reste, venues in zip(couts.postes, places.postes, places.venues, strict=True)
    ]


def cout_du_remplissage(couts: Couts, poste: int, venues: int, deja: int = 0) -> int:
    """Extra points of ``venues`` newcomers after ``deja`` others; beyond her places each costs the dearest step."""
    p = couts.postes[poste]
    reste, total = venues, 0
    for nombre, points in couts.bareme.paliers(p.total, p.total - p.places + deja, max(p.places - deja, 0)):
        pris = min(nombre, reste)
        total, reste = total + pris * points, reste - pris
    return total + reste * couts.bareme.remplissage[-1][1]


def _reseau(couts: Couts, groupes: Sequence[Groupe], places: Places, supplement: Ligne | None = None) -> Reseau:
    nb = len(couts.postes)
    matrice = np.stack([g.ligne for g in groupes]) if groupes else np.zeros((0, nb), dtype=np.int32)
    if supplement is not None:
        matrice = np.where(matrice == INTERDIT, INTERDIT, matrice + supplement).astype(np.int32)
    effectifs = [sorted(Counter(prix_attente(couts, d) for d in g.personnes).items()) for g in groupes]
    return Reseau(matrice, effectifs, paliers_de(couts, places), couts.maison_du_poste, places.structures)


def _supplement(couts: Couts, prix: Mapping[tuple[int, int], int] | None) -> Ligne:
    return np.array([(prix or {}).get(p.cle, 0) for p in couts.postes], dtype=np.int32)


def _repartir(groupes: Sequence[Groupe], flot: Flot) -> Iterable[tuple[Demande, int]]:
    """Who goes where inside each group: everybody there costs the same, so the first in line gets the first post."""
    par_groupe: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for (groupe, poste), nombre in sorted(flot.flux.items()):
        par_groupe[groupe].append((poste, nombre))
    for rang, un_groupe in enumerate(groupes):
        postes = (poste for poste, nombre in par_groupe[rang] for _ in range(nombre))
        yield from zip(un_groupe.personnes, postes, strict=False)


def _cout_des_choix(couts: Couts, demandes: Iterable[Demande], choix: Mapping[int, int], places: Places) -> int:
    directs = sum(sum((couts.detail(d, couts.postes[choix[d.id]]) or {}).values()) for d in demandes)
    venues = np.flatnonzero(places.venues).tolist()
    return directs + sum(cout_du_remplissage(couts, poste, int(places.venues[poste])) for poste in venues)


# Couples ------------------------------------------------------------------------------------------------------------
def couples_de(demandes: Iterable[Demande]) -> list[tuple[Demande, Demande]]:
    """Two people of one household whose decisions say the same structure (or leave it open to both)."""
    par_foyer: defaultdict[int, list[Demande]] = defaultdict(list)
    for d in demandes:
        if d.foyer is not None:
            par_foyer[d.foyer].append(d)
    return [
        (deux[0], deux[1])
        for deux in par_foyer.values()
        if len(deux) == 2 and (_voulue(deux[0]) == _voulue(deux[1]))
    ]  # fmt: skip


def _voulue(d: Demande) -> int | None:
    return None if d.refusee else d.structure


def _couples(couts: Couts, demandes: Collection[Demande], places: Places) -> dict[int, int]:
    """Couples to one structure each: a flow of couples to structures, then of their members to its agents.

    Not a pure flow, hence first and apart (its two steps are each exact; the bound is stated for the rest). A couple
    that fits nowhere together goes with the others.
    """
    couples = couples_de(demandes) if couts.bareme.couples is RegleCouples.MEME_STRUCTURE else []
    if not couples:
        return {}
    lignes = {d.id: couts.ligne(d) for deux in couples for d in deux}
    ou = _structures_des_couples(couts, couples, lignes, places)
    groupes = []
    for (un, autre), structure in zip(couples, ou, strict=True):
        for d in (un, autre) if structure != AUCUN else ():
            la = np.where(couts.maison_du_poste == structure, lignes[d.id], INTERDIT).astype(np.int32)
            groupes.append(Groupe(la, [d]))
    flot = resoudre_flot(_reseau(couts, groupes, places))
    choisis = {d.id: poste for d, poste in _repartir(groupes, flot)}
    choix: dict[int, int] = {}
    for deux in couples:
        if all(d.id in choisis for d in deux):
            for d in deux:
                choix[d.id] = choisis[d.id]
                places.prendre(couts, choix[d.id])
    return choix


def _structures_des_couples(
    couts: Couts, couples: Sequence[tuple[Demande, Demande]], lignes: Mapping[int, Ligne], places: Places
) -> list[int]:
    """Per couple, the rank of its structure, or ``AUCUN``."""
    nb = len(couts.maisons)
    matrice = np.full((len(couples), nb), INTERDIT, dtype=np.int32)
    libres = places.postes > 0
    paires = np.zeros(nb, dtype=np.int64)
    for s in range(nb):
        la = couts.maison_du_poste == s
        tenues = int(places.postes[la].sum())
        paires[s] = (tenues if places.structures[s] < 0 else min(tenues, int(places.structures[s]))) // 2
        for rang, (un, autre) in enumerate(couples):
            possibles = [ligne[la & libres & (ligne != INTERDIT)] for ligne in (lignes[un.id], lignes[autre.id])]
            if all(len(p) for p in possibles):
                matrice[rang, s] = sum(int(p.min()) for p in possibles)
    effectifs = [[(max(prix_attente(couts, d) for d in deux), 1)] for deux in couples]
    flot = resoudre_flot(
        Reseau(matrice, effectifs, [[(int(n), 0)] for n in paires], np.arange(nb), np.full(nb, -1, dtype=np.int64))
    )
    ou = [AUCUN] * len(couples)
    for rang, structure in flot.flux:
        ou[rang] = structure
    return ou
