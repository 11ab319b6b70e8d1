"""The problem of the allocation, as plain values: who waits, who may receive, how many places, what is forbidden.

Nothing here knows a name, a sex or a nationality (domain §6.4): people are numbers with the needs that the cost reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.orientation.affectation.bareme import Bareme
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.reglementation.organismes_referents import GenreOrganismeReferent


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """One person oriented who waits for a référent (or for a structure, when the decided one refused her).

    ``structure``: the one the decision designates. ``refusee``: it said it cannot receive her. ``acquise``: it accepted
    her, or has no agreement to give (services of the Département): its own limit no longer bars her.
    ``attente_jours``: since she waits. ``specialite``: the trade her situation calls for. ``accessible``: she asked for
    an accessible place. ``anciens``: agents who were her référents (R55). ``agents_exclus``, ``structures_exclues``:
    conflicts of interest (V13). ``lecteurs``: the only agents who may open her file, when it is sensitive. ``foyer``:
    her couple waits too.
    """

    id: int
    voie: str
    categorie: GenreOrganismeReferent
    structure: int | None
    refusee: bool = False
    acquise: bool = False
    commune: str = ""
    public: PublicSecteur | None = None
    attente_jours: int = 0
    specialite: Specialite | None = None
    langue: str = ""
    interprete: bool = False
    accessible: bool = False
    anciens: frozenset[int] = frozenset()
    agents_exclus: frozenset[int] = frozenset()
    structures_exclues: frozenset[int] = frozenset()
    lecteurs: frozenset[int] | None = None
    foyer: int | None = None

    @property
    def profil(self) -> tuple[object, ...]:
        """All that the cost and the reasons read: two people of one profile are alike to the allocation."""
        return (self.voie, self.categorie, self.structure, self.refusee, self.acquise, self.commune, self.public,
                self.specialite, self.langue, self.interprete, self.accessible, self.anciens, self.agents_exclus,
                self.structures_exclues, self.lecteurs)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Maison:
    """A structure that may be référente. ``places``: people it may still receive (``None``: only its agents limit it).

    ``empechement``: why it receives nobody new (closed, convention ended: L5411-5-1 IV 3°, V14), ``""`` when it does.
    ``sert``: (commune, public) of its sector rules. ``departementale``: it serves everybody, whatever the commune.
    ``accessible`` ``None``: unknown.
    """

    id: int
    type: TypeStructure
    categorie: GenreOrganismeReferent
    commune: str = ""
    places: int | None = None
    empechement: str = ""
    specialite: Specialite | None = None
    sert: frozenset[tuple[str, PublicSecteur]] = frozenset()
    departementale: bool = False
    accessible: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poste:
    """An agent of a structure who may be named. ``capacite`` and ``charge`` in hundredths of a person (R18).

    ``total``: people she may follow at once, ``places`` of whom may still come; ``places`` weigh what people who
    arrive weigh on average. ``empechement``: why she receives nobody new (absent, no capacity).
    """

    agent: int
    structure: int
    role: RoleAgent
    capacite: int
    charge: int = 0
    suivies: int = 0
    total: int = 0
    places: int = 0
    specialites: frozenset[Specialite] = frozenset()
    langues: frozenset[str] = frozenset()
    empechement: str = ""

    @property
    def cle(self) -> tuple[int, int]:
        return self.structure, self.agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Probleme:
    """Everything the allocation reads. ``distances``: (commune, commune) → whole kilometres, the smaller code first.

    ``verrous``: person → (structure, agent), decided by a human: they take a place first, beyond capacity if need be.
    """

    demandes: tuple[Demande, ...]
    maisons: tuple[Maison, ...]
    postes: tuple[Poste, ...]
    bareme: Bareme
    distances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    verrous: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def distance(self, une: str, autre: str) -> int | None:
        """Kilometres between the centres of two communes; ``None`` when one is unknown."""
        if une == autre:
            return 0 if une else None
        return self.distances.get((min(une, autre), max(une, autre)))
