"""What is known of a person's path at one moment. Plain values: it travels to and from JSON unchanged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import ETATS
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class Fait:
    """One event as the engine reads it. ``donnees``: ids and the few values the life cycle needs."""

    id: int
    genre: GenreEvenement
    survenu_le: datetime
    donnees: dict[str, Any] = field(default_factory=dict)

    @property
    def jour(self) -> date:
        return jour(self.survenu_le)

    def date(self, cle: str) -> date | None:
        """A date of ``donnees`` (ISO text), or ``None``."""
        valeur = self.donnees.get(cle)
        return date.fromisoformat(valeur) if valeur else None


@dataclass(frozen=True, slots=True)
class Tache:
    """An étape principale or an échéance: what, who, by when, under which rule.

    ``echeance``: the day it must be done; ``terme``: the last day as the text counts it. ``evenement``: what opened it.
    """

    genre: str
    unite: Unite
    structure: int | None
    agent: int | None
    ouverte_le: date
    echeance: date
    terme: date
    regle: str
    nature: str
    evenement: int
    provisoire: bool = False
    attendu: str = ""
    objet: int | None = None

    def vers_json(self) -> dict[str, Any]:
        return {
            "genre": self.genre, "unite": str(self.unite), "structure": self.structure, "agent": self.agent,
            "ouverte_le": self.ouverte_le.isoformat(), "echeance": self.echeance.isoformat(),
            "terme": self.terme.isoformat(), "regle": self.regle, "nature": self.nature, "evenement": self.evenement,
            "provisoire": self.provisoire, "attendu": self.attendu, "objet": self.objet,
        }  # fmt: skip

    @classmethod
    def de_json(cls, d: dict[str, Any]) -> Tache:
        dates = {cle: date.fromisoformat(d[cle]) for cle in ("ouverte_le", "echeance", "terme")}
        return cls(**{**d, **dates, "unite": Unite(d["unite"])})


@dataclass(frozen=True, slots=True)
class Orientation:
    """The decision in force, as the life cycle needs it."""

    id: int
    voie: str
    categorie: str
    structure: int
    decidee_le: date
    acceptation: bool = False
    acceptee: bool = False
    envoyee_le: date | None = None
    certaine_le: date | None = None
    repart_le: date | None = None  # the month of the contract starts again (refused reorientation, notified: E12)


STATUTS_SANS_ETAPE = (Etat.HORS_SDD, Etat.SORTIE, Etat.DECEDEE)


@dataclass(slots=True)
class Situation:
    """Where a person stands. ``statut`` is ``None`` while she is on the path; ``parentheses`` suspend it, last first.

    ``chemin`` is kept when she leaves the droits et devoirs, so that a return finds it again (E16).
    """

    soumis: bool = False
    statut: Etat | None = Etat.HORS_SDD
    chemin: Etat | None = None
    parentheses: list[Etat] = field(default_factory=list)
    depuis: date | None = None
    recu_le: date | None = None
    domiciliee: bool = False
    structure_secteur: int | None = None
    rendez_vous: int | None = None
    convocations: int = 0
    absences: int = 0
    tentatives: int = 0
    rencontree_le: date | None = None
    orientation: Orientation | None = None
    referent_structure: int | None = None
    referent_agent: int | None = None
    coreferent_structure: int | None = None
    coreferent_agent: int | None = None
    relais: int | None = None  # the hand-over that waits for an answer, and towards whom
    relais_structure: int | None = None
    relais_agent: int | None = None
    contrat: int | None = None
    contrat_le: date | None = None
    actualisation_le: date | None = None
    intensite: str = "reguliere"
    prochain_contact_le: date | None = None
    dernier_contact_le: date | None = None
    revue_le: date | None = None
    info_partenaire_le: date | None = None
    sortie_le: date | None = None
    motif_sortie: str = ""
    etape: Tache | None = None
    echeances: dict[GenreEcheance, Tache] = field(default_factory=dict)

    @property
    def etat(self) -> Etat:
        """The state the life cycle names (``cycle.ETATS``)."""
        if self.statut is Etat.DECEDEE:
            return Etat.DECEDEE
        if self.parentheses and self.parentheses[-1] is Etat.SDD_INCONNU:
            return Etat.SDD_INCONNU
        if self.statut is not None:
            return self.statut
        if self.parentheses:
            return self.parentheses[-1]
        return self.chemin or Etat.ENTRANTE

    @property
    def genre_etape(self) -> GenreEtape | None:
        return ETATS[self.etat]

    def vers_json(self) -> dict[str, Any]:
        """Only what differs from an empty situation: most of fifty thousand rows are short."""
        d: dict[str, Any] = {"statut": self.statut}
        for nom, lue, vide in zip(self.__slots__, _VALEURS(self), _VIDES, strict=True):
            if lue != vide:
                d[nom] = _vers_json(lue)
        return d

    @classmethod
    def de_json(cls, d: dict[str, Any]) -> Situation:
        v = dict(d)
        for nom in _DATES & v.keys():
            v[nom] = date.fromisoformat(v[nom])
        for nom in ("statut", "chemin"):
            if v.get(nom):
                v[nom] = Etat(v[nom])
        v["parentheses"] = [Etat(e) for e in v.get("parentheses", ())]
        v["echeances"] = {GenreEcheance(g): Tache.de_json(t) for g, t in v.get("echeances", {}).items()}
        if v.get("etape"):
            v["etape"] = Tache.de_json(v["etape"])
        if v.get("orientation"):
            o = dict(v["orientation"])
            for nom in ("decidee_le", "envoyee_le", "certaine_le", "repart_le"):
                o[nom] = date.fromisoformat(o[nom]) if o[nom] else None
            v["orientation"] = Orientation(**o)
        return cls(**v)

    def copie(self) -> Situation:
        """A copy whose lists may be changed without touching the original."""
        copie = Situation(*_VALEURS(self))
        copie.parentheses, copie.echeances = list(self.parentheses), dict(self.echeances)
        return copie


def _vers_json(valeur: Any) -> Any:
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Tache):
        return valeur.vers_json()
    if isinstance(valeur, Orientation):
        return {nom: _vers_json(getattr(valeur, nom)) for nom in valeur.__slots__}
    if isinstance(valeur, dict):
        return {str(genre): _vers_json(tache) for genre, tache in valeur.items()}
    if isinstance(valeur, list):
        return [str(etat) for etat in valeur]
    return valeur


_VALEURS = attrgetter(*Situation.__slots__)  # in the order of the fields
_VIDES = _VALEURS(Situation())
_DATES = frozenset({"depuis", "recu_le", "rencontree_le", "contrat_le", "actualisation_le", "prochain_contact_le",
                    "dernier_contact_le", "revue_le", "info_partenaire_le", "sortie_le"})  # fmt: skip
