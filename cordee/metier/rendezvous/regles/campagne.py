"""Giving a slot to each person of a campaign: who, where, when. Pure, deterministic, fast.

The order of the rule (REQ-26, REQ-27; R38, R43, R47):

1. whoever the law makes wait least comes first (``ordonner``), or the longest wait, or a reproducible draw;
2. the structure of her sector, then what receives the whole département, then, when asked, a neighbouring sector: the
   one with most room left among those near;
3. the earliest slot that leaves the letter time to arrive: of all those she can use, it is the one that fewest others
   can use (their first days differ, their last day hardly does), so that none is left empty while somebody waits;
4. the two members of a couple on the same half-day, one after the other; never on the same day when one of them asked
   for discretion;
5. somebody who needs an interpreter has a slot where her language is spoken, a longer one, or two that follow each
   other: half as long again (R47).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cordee.metier.rendezvous.enums import OrdreCampagne

PROCHES = timedelta(hours=2)
VOISINES_COMPAREES = 5
DEMI_JOURNEE = timedelta(hours=3)
SEMAINE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Place:
    """A slot with room. ``libres``: how many people it still takes. Times are those of Paris.

    ``file``: the professional, or the desks, that hold it: what tells which slot follows it.
    """

    id: int
    structure: int
    debut: datetime
    fin: datetime
    libres: int
    file: int = 0
    langue: str = ""


@dataclass(frozen=True, slots=True)
class Besoin:
    """One person to convene.

    ``des``: first day she may be asked for; ``jusqu_a``: last day. ``foyer``: shared by the members of a couple (0:
    alone). ``separee``: never on the same day as the other member. ``minutes``: the least her interview takes;
    ``langue``: the language of her interpreter. ``prises``: hours when she is expected elsewhere; ``exclus``: days when
    the other member is, and she must not.
    """

    personne: int
    structure: int | None
    limite: date
    depuis: date
    des: date
    jusqu_a: date
    foyer: int = 0
    separee: bool = False
    minutes: int = 0
    langue: str = ""
    prises: tuple[tuple[datetime, datetime], ...] = ()
    exclus: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one person is asked to come.

    ``suite``: the slot that follows, held too. ``debordement``: not in her sector.
    """

    personne: int
    place: int
    structure: int
    debut: datetime
    suite: int | None = None
    debordement: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Every placement in the order of the rule, and those for whom no slot is left."""

    placements: tuple[Placement, ...]
    sans_place: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Penurie:
    """What one structure lacks: people without a slot, and the half-days that would hold them."""

    structure: int | None
    manque: int
    demi_journees: int


def ordonner(besoins: Iterable[Besoin], ordre: OrdreCampagne, *, graine: int = 0) -> list[Besoin]:
    """The order in which slots are given. The order in which people are listed never matters.

    ``HASARD``: a draw that anybody can do again from the number kept with the campaign: everybody has the same chance,
    so that those called later are compared with those called first (``domain`` §6.3).
    """
    if ordre is OrdreCampagne.HASARD:
        return sorted(besoins, key=lambda b: (_tirage(graine, b.personne), b.personne))
    if ordre is OrdreCampagne.ANCIENNETE:
        return sorted(besoins, key=lambda b: (b.depuis, b.limite, b.personne))
    return sorted(besoins, key=lambda b: (b.limite, b.depuis, b.personne))


def _tirage(graine: int, personne: int) -> bytes:
    return hashlib.sha256(f"{graine}:{personne}".encode()).digest()


def planifier(
    besoins: Sequence[Besoin], places: Iterable[Place], *, communes: frozenset[int] = frozenset(),
    voisines: Mapping[int | None, Sequence[int]] | None = None, par_semaine: int = 0,
) -> Plan:  # fmt: skip
    """Who comes where and when.

    Args:
        besoins: in the order in which slots are given (``ordonner``).
        places: slots with room, in any order.
        communes: structures that receive the whole département (the platform).
        voisines: for each structure, the others from the nearest; empty: no overflow.
        par_semaine: people received at most by one structure in one week (0: as many as slots).
    """
    grille = _Grille(places, par_semaine=par_semaine)
    communs = sorted(communes)
    poses: dict[int, Placement] = {}
    du_foyer: defaultdict[int, list[Placement]] = defaultdict(list)

    def essayer(b: Besoin, structures: Iterable[int], *, debordement: bool = False) -> bool:
        pose = grille.placer(b, structures, du_foyer[b.foyer] if b.foyer else (), debordement=debordement)
        if pose is not None:
            poses[b.personne] = pose
            if b.foyer:
                du_foyer[b.foyer].append(pose)
        return pose is not None

    restent = []
    for b in _couples_ensemble(besoins):
        siennes = [] if b.structure is None else [b.structure]
        if not essayer(b, [*siennes, *(c for c in communs if c != b.structure)]):
            restent.append(b)
    sans_place = []
    for b in restent:
        proches = (voisines or {}).get(b.structure, ())[:VOISINES_COMPAREES]
        ordre = sorted(proches, key=lambda s: (-grille.part_libre(s), proches.index(s)))
        if not essayer(b, ordre, debordement=True):
            sans_place.append(b.personne)
    return Plan(tuple(poses[b.personne] for b in besoins if b.personne in poses), tuple(sorted(sans_place)))


def penuries(sans_place: Iterable[Besoin], *, minutes: int, places: int = 1) -> list[Penurie]:
    """What to open so that everybody has a slot, the structure that lacks most first.

    Args:
        minutes: length of a slot; places: people received at once.

    >>> jour = date(2026, 2, 17)
    >>> seuls = [Besoin(n, 7, jour, jour, jour, jour) for n in range(9)]
    >>> penuries(seuls, minutes=45)
    [Penurie(structure=7, manque=9, demi_journees=3)]
    """
    manques = Counter(b.structure for b in sans_place)
    tient = max(int(DEMI_JOURNEE / timedelta(minutes=minutes)), 1) * max(places, 1)
    lignes = [Penurie(s, n, -(-n // tient)) for s, n in manques.items()]
    return sorted(lignes, key=lambda p: (-p.manque, p.structure is None, p.structure or 0))


def _couples_ensemble(besoins: Sequence[Besoin]) -> list[Besoin]:
    """The second member of a couple right after the first."""
    membres: defaultdict[int, list[Besoin]] = defaultdict(list)
    for b in besoins:
        if b.foyer:
            membres[b.foyer].append(b)
    vus: set[int] = set()
    suite = []
    for b in besoins:
        for membre in membres.get(b.foyer) or [b]:
            if membre.personne not in vus:
                vus.add(membre.personne)
                suite.append(membre)
    return suite


@dataclass(slots=True)
class _File:
    """The slots of one structure in order of time. ``suivant``: from each, the next that may still have room."""

    places: list[Place]
    libres: list[int] = field(init=False)
    debuts: list[datetime] = field(init=False)
    suivant: list[int] = field(init=False)
    par_debut: dict[tuple[datetime, int], int] = field(init=False)
    ouvertes: int = field(init=False)
    prises: int = 0

    def __post_init__(self) -> None:
        self.places.sort(key=lambda p: (p.debut, not p.langue, p.id))
        self.libres = [p.libres for p in self.places]
        self.debuts = [p.debut for p in self.places]
        self.suivant = list(range(len(self.places) + 1))
        self.par_debut = {(p.debut, p.file): i for i, p in enumerate(self.places)}
        self.ouvertes = sum(self.libres)
        for i, n in enumerate(self.libres):
            if n <= 0:
                self.suivant[i] = i + 1

    def des(self, i: int) -> int:
        """The first slot with room from rank ``i``."""
        racine = i
        while self.suivant[racine] != racine:
            racine = self.suivant[racine]
        while self.suivant[i] != racine:
            self.suivant[i], i = racine, self.suivant[i]
        return racine

    def suffit(self, i: int, b: Besoin) -> bool:
        """Whether this slot alone is long enough for her: where her language is spoken, any is."""
        place = self.places[i]
        return not b.langue or place.langue == b.langue or place.fin - place.debut >= timedelta(minutes=b.minutes)

    def suite(self, i: int) -> int | None:
        """The slot with room that follows it, with the same professional."""
        place = self.places[i]
        rang = self.par_debut.get((place.fin, place.file))
        return rang if rang is not None and self.libres[rang] > 0 else None

    def prendre(self, i: int) -> None:
        self.libres[i] -= 1
        self.prises += 1
        if self.libres[i] == 0:
            self.suivant[i] = i + 1


class _Grille:
    """All slots, by structure."""

    def __init__(self, places: Iterable[Place], *, par_semaine: int) -> None:
        groupes: defaultdict[int, list[Place]] = defaultdict(list)
        for place in places:
            groupes[place.structure].append(place)
        self.files = {structure: _File(liste) for structure, liste in groupes.items()}
        self.par_semaine = par_semaine
        self.semaines: Counter[tuple[int, date]] = Counter()

    def part_libre(self, structure: int) -> float:
        """Share of its slots that are still free: overflow goes where it weighs least (REQ-27)."""
        une = self.files.get(structure)
        return (une.ouvertes - une.prises) / une.ouvertes if une and une.ouvertes else 0.0

    def placer(
        self, b: Besoin, structures: Iterable[int], autres: Sequence[Placement], *, debordement: bool = False
    ) -> Placement | None:
        """The first slot she can use in the first of these structures that has one."""
        for structure in structures:
            une = self.files.get(structure)
            rang = self._chercher(une, b, autres) if une is not None else None
            if une is None or rang is None:
                continue
            place, suite = une.places[rang], None if une.suffit(rang, b) else une.suite(rang)
            une.prendre(rang)
            if suite is not None:
                une.prendre(suite)
            self.semaines[structure, _lundi(place.debut)] += 1
            return Placement(
                b.personne, place.id, structure, place.debut, une.places[suite].id if suite is not None else None,
                debordement,
            )  # fmt: skip
        return None

    def _chercher(self, une: _File, b: Besoin, autres: Sequence[Placement]) -> int | None:
        if not b.separee:
            for autre in autres:
                if (rang := self._premiere(une, b, pres_de=autre.debut)) is not None:
                    return rang
        return self._premiere(une, b, exclus={a.debut.date() for a in autres} if b.separee else set())

    def _premiere(
        self, une: _File, b: Besoin, *, pres_de: datetime | None = None, exclus: Set[date] = frozenset()
    ) -> int | None:
        rang = bisect_left(une.debuts, _minuit(une, b.des) if pres_de is None else pres_de)
        while (rang := une.des(rang)) < len(une.places):
            place = une.places[rang]
            jour = place.debut.date()
            if jour > b.jusqu_a or (pres_de is not None and place.debut - pres_de > PROCHES):
                return None
            if self._pleine(place):
                rang = bisect_left(une.debuts, _minuit(une, _lundi(place.debut) + SEMAINE))
                continue
            if jour >= b.des and jour not in exclus and jour not in b.exclus and _convient(une, rang, b):
                return rang
            rang += 1
        return None

    def _pleine(self, place: Place) -> bool:
        return bool(self.par_semaine) and self.semaines[place.structure, _lundi(place.debut)] >= self.par_semaine


def _convient(une: _File, rang: int, b: Besoin) -> bool:
    """In a language of hers, long enough, and she is not expected elsewhere."""
    place = une.places[rang]
    fin = place.fin
    if place.langue and place.langue != b.langue:
        return False
    if not une.suffit(rang, b):
        suite = une.suite(rang)
        if suite is None or une.places[suite].langue:
            return False
        fin = une.places[suite].fin
    return all(autre_fin <= place.debut or debut >= fin for debut, autre_fin in b.prises)


def _lundi(instant: datetime) -> date:
    jour = instant.date()
    return jour - timedelta(days=jour.weekday())


def _minuit(une: _File, jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, tzinfo=une.debuts[0].tzinfo if une.debuts else None)
