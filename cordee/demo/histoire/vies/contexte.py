"""Who worked where, and when: what lives need to know of the organisation. Plain values, no database."""

from __future__ import annotations

from bisect import bisect, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

EXPERIMENTATION: Final = frozenset({"94028", "94017", "94079"})
"""Créteil, Champigny-sur-Marne, Villiers-sur-Marne (published: S0)."""
_ACCOMPAGNENT: Final = frozenset({
    RoleAgent.REFERENT, RoleAgent.OPERATEUR, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.CHARGE_EMPLOI,
})  # fmt: skip
_PREFERES: Final = (RoleAgent.REFERENT, RoleAgent.OPERATEUR, RoleAgent.TRAVAILLEUR_SOCIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureVie:
    """A structure: its kind of référent body (``categorie``), its seat, how many people it may follow.

    ``parent``: whose file tells of its people (the direction of the employment operator for its agencies).
    ``communes``: where its people come from, when that is known.
    """

    id: int
    type: TypeStructure
    code: str = ""
    categorie: str = ""
    commune: str = ""
    nom: str = ""
    adresse: str = ""
    parent: int | None = None
    capacite: int | None = None
    debut: date = date.min
    fin: date | None = None
    communes: frozenset[str] = frozenset()

    def ouverte(self, au: date) -> bool:
        return self.debut <= au and (self.fin is None or au < self.fin)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentVie:
    """A role of an agent in a structure. ``poids``: her share of the people there (caseloads are not equal)."""

    id: int
    structure: int
    role: RoleAgent
    debut: date = date.min
    fin: date | None = None
    poids: float = 1.0

    def en_poste(self, au: date) -> bool:
        return self.debut <= au and (self.fin is None or au < self.fin)


@dataclass(frozen=True, slots=True)
class _Tirage:
    """Agents to draw from, with their cumulated weights."""

    agents: tuple[AgentVie, ...]
    cumuls: tuple[float, ...]

    def tirer(self, alea: Random) -> AgentVie | None:
        if not self.agents:
            return None
        return self.agents[bisect(self.cumuls, alea.random() * self.cumuls[-1], hi=len(self.agents) - 1)]


@dataclass(slots=True, kw_only=True)
class ContexteVies:
    """The organisation as lives meet it.

    Args:
        systeme: agent of files and of time; also signs what the former tool knew.
        structures, agents: everything that ever existed, with dates.
        fichiers: (payer, reference date) → id of the file that told the facts, when they are known.
    """

    graine: int
    systeme: int
    structures: tuple[StructureVie, ...]
    agents: tuple[AgentVie, ...]
    fichiers: Mapping[tuple[str, date], int] = field(default_factory=dict)
    par_id: dict[int, StructureVie] = field(init=False)
    plateforme: StructureVie = field(init=False)
    _par_type: dict[TypeStructure, tuple[StructureVie, ...]] = field(init=False)
    _postes: dict[int, list[AgentVie]] = field(init=False)
    _tirages: dict[tuple[object, ...], _Tirage] = field(init=False, default_factory=dict)
    _jours: dict[int | RoleAgent, tuple[date, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.par_id = {s.id: s for s in self.structures}
        par_type: dict[TypeStructure, list[StructureVie]] = {}
        for s in self.structures:
            par_type.setdefault(s.type, []).append(s)
        self._par_type = {t: tuple(liste) for t, liste in par_type.items()}
        self.plateforme = par_type[TypeStructure.PLATEFORME][0]
        self._postes = {}
        for agent in self.agents:
            self._postes.setdefault(agent.structure, []).append(agent)

    # Agents ----------------------------------------------------------------------------------------------------------
    def referent(self, structure: int, au: date, alea: Random) -> AgentVie | None:
        """Who may be named référent in a structure on a day, each in proportion of her caseload."""
        return self._tirage(structure, au).tirer(alea)

    def postes(self, structure: int) -> list[AgentVie]:
        """Everybody who ever worked there."""
        return self._postes.get(structure, [])

    def responsable(self, structure: int, au: date) -> int:
        """Who decides in a structure: its head, else whoever works there, else the former tool."""
        postes = self._postes.get(structure, ())
        for agent in postes:
            if agent.role is RoleAgent.CHEF_STRUCTURE and agent.en_poste(au):
                return agent.id
        return next((a.id for a in postes if a.en_poste(au)), self.systeme)

    def de_role(self, role: RoleAgent, au: date, alea: Random) -> int:
        """Some agent of a role on a day."""
        cle = (role, self._periode(role, au))
        if (tirage := self._tirages.get(cle)) is None:
            agents = [a for a in self._de_role(role) if a.en_poste(au)]
            tirage = self._tirages[cle] = _tirage_de(agents)
        agent = tirage.tirer(alea)
        return agent.id if agent else self.systeme

    def _tirage(self, structure: int, au: date) -> _Tirage:
        cle = (structure, self._periode(structure, au))
        if (tirage := self._tirages.get(cle)) is None:
            presents = [a for a in self._postes.get(structure, ()) if a.role in _ACCOMPAGNENT and a.en_poste(au)]
            preferes = [a for a in presents if a.role in _PREFERES]
            tirage = self._tirages[cle] = _tirage_de(preferes or presents, au)
        return tirage

    def _periode(self, groupe: int | RoleAgent, au: date) -> int:
        """Rank of the period of a day: nobody comes, leaves or settles within it, whoever asks first."""
        jours = self._jours.get(groupe)
        if jours is None:
            agents = self._postes.get(groupe, ()) if isinstance(groupe, int) else self._de_role(groupe)
            jours = self._jours[groupe] = tuple(sorted({jour for a in agents for jour in _changements(a)}))
        return bisect_right(jours, au)

    def _de_role(self, role: RoleAgent) -> list[AgentVie]:
        return [a for a in self.agents if a.role is role]

    # Structures ------------------------------------------------------------------------------------------------------
    def du_type(self, type_: TypeStructure, au: date) -> list[StructureVie]:
        """Open structures of a type (all of them when none was open yet: the former tool knew them by other names)."""
        toutes = [s for s in self._par_type.get(type_, ()) if s.categorie]
        return [s for s in toutes if s.ouverte(au)] or toutes

    def voisine(self, type_: TypeStructure, commune: str, au: date, alea: Random) -> StructureVie | None:
        """The structure of a type that serves a commune: its own, else always the same one for that commune."""
        choix = self.du_type(type_, au)
        if not choix:
            return None
        for s in choix:
            if commune in s.communes if s.communes else s.commune == commune:
                return s
        rang = int(commune) if commune.isdigit() else alea.randrange(1000)
        return choix[rang % len(choix)]

    def selon_capacite(self, type_: TypeStructure, au: date, alea: Random) -> StructureVie | None:
        """A structure of a type, in proportion of what it may follow."""
        choix = self.du_type(type_, au)
        return alea.choices(choix, [s.capacite or 100 for s in choix])[0] if choix else None

    def du_secteur(self, structure: int | None, commune: str, au: date, alea: Random) -> StructureVie | None:
        """The body of the sector if it may be référent and has room, else the social centre of the commune."""
        s = self.par_id.get(structure or 0)
        if s is not None and s.categorie in _LOCALES and _a_de_la_place(s, alea):
            return s
        return self.voisine(TypeStructure.EDS, commune, au, alea)

    def equipe_specialisee(self, au: date, alea: Random, *, age: int, independante: bool) -> StructureVie | None:
        """The team of the Département for her: own business, youth, else towards activity or back into a rhythm."""
        equipes = {s.code: s for s in self._par_type.get(TypeStructure.EQUIPE_SPECIALISEE, ()) if s.ouverte(au)}
        if independante:
            return equipes.get("EQ-TI")
        return equipes.get("EQ-JEU" if age < _JEUNE else "EQ-ACT" if alea.random() < _VERS_ACTIVITE else "EQ-REM")


PART_SOUS_CONVENTION: Final = 0.45
"""Share of the people of their sector whom CCAS and associations take: 116 to 180 a year each (PDIE, 2018-2022)."""
_SOUS_CONVENTION: Final = frozenset({TypeStructure.CCAS, TypeStructure.ASSOCIATION})
_JEUNE: Final = 30
_VERS_ACTIVITE: Final = 0.65
_LOCALES: Final = frozenset({
    str(GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL), str(GenreOrganismeReferent.DELEGATAIRE),
})  # fmt: skip


def _a_de_la_place(s: StructureVie, alea: Random) -> bool:
    return s.type not in _SOUS_CONVENTION or alea.random() < PART_SOUS_CONVENTION


def _tirage_de(agents: list[AgentVie], au: date | None = None) -> _Tirage:
    """``au``: who has just arrived is given more people, whoever has her count fewer."""
    poids = [a.poids * (1.0 if au is None else _part(au, a.debut)) for a in agents]
    return _Tirage(tuple(agents), tuple(accumulate(poids)))


def _changements(agent: AgentVie) -> Iterator[date]:
    """The days on which what she may be given changes."""
    yield agent.debut
    if agent.fin is not None:
        yield agent.fin
    if agent.debut > date.min:
        yield from (agent.debut + timedelta(days=limite) for limite, _ in _NOUVELLES)


def _part(au: date, arrivee: date) -> float:
    jours = (au - arrivee).days
    return next((part for limite, part in _NOUVELLES if jours < limite), _INSTALLEE)


_NOUVELLES: Final = ((300, 2.4), (700, 1.2))
_INSTALLEE: Final = 0.7
