"""One life being lived: the situation, the events, the rows. Every event goes through the product's engine."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any, Final

from cordee.demo.histoire.modele import AdulteHistoire, EvenementVecu, Numeros, VieVecue
from cordee.demo.histoire.vies.contexte import EXPERIMENTATION, ContexteVies
from cordee.demo.histoire.vies.temps import MINUTE
from cordee.demo.modele import Individu, Menage
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.regles import Fait, Ligne, Situation, derouler
from cordee.metier.parcours.regles.deroulement import ETAPE

Acte = Callable[["Vie", datetime], None]
RATTACHEMENT: Final = "personnes_rattachement"
RENDEZ_VOUS: Final = "rendezvous_rendezvous"
DIAGNOSTIC: Final = "orientation_diagnostic"
ORIENTATION: Final = "orientation_orientation"
CONTRAT: Final = "contrats_contrat"
ENGAGEMENT: Final = "contrats_engagement"
CONTACT: Final = "suivi_contactsuivi"
INFORMATION: Final = "suivi_informationpartenaire"
MESURE: Final = "devoirs_mesuredecidee"
PERSONNE: Final = "personnes_personne"
MAJ: Final = "maj:"
"""Before a table's name: rows that change columns of rows written by others (``id`` and the columns)."""


@dataclass(slots=True)
class Traits:
    """What is hers and lasts: drawn once."""

    fuyante: bool
    sms: float
    handicap: bool
    rythme: float
    connue: float
    oubliee: float
    conduite: float


@dataclass(slots=True)
class Vie:
    """The state of the simulation of one person."""

    adulte: AdulteHistoire
    contexte: ContexteVies
    numeros: Numeros
    alea: Random
    traits: Traits
    situation: Situation
    maintenant: datetime
    reprise: bool = False
    contrat_connu: int | None = None
    evenements: list[EvenementVecu] = field(default_factory=list)
    ouvertes: list[Ligne] = field(default_factory=list)
    fermees: list[Ligne] = field(default_factory=list)
    objets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    agenda: list[tuple[datetime, int, Acte]] = field(default_factory=list)
    rangs: int = 0
    # Rows that may still change
    acces: dict[str, dict[str, Any]] = field(default_factory=dict)
    convocations: list[dict[str, Any]] = field(default_factory=list)
    orientation: dict[str, Any] | None = None
    contrats: list[dict[str, Any]] = field(default_factory=list)
    informations: dict[int, dict[str, Any]] = field(default_factory=dict)
    rdv: dict[str, Any] | None = None
    rdv_agent: int | None = None
    # What has been decided and not done yet
    signature_le: datetime | None = None
    oubliee_jusqu_au: datetime | None = None
    relances: int = 0
    entree_de: date | None = None
    en_attente_de: set[str] = field(default_factory=set)

    # Time ------------------------------------------------------------------------------------------------------------
    @property
    def jour(self) -> date:
        return self.maintenant.date()

    def plus_tard(self, quand: datetime, acte: Acte) -> None:
        """Put an act in the agenda; it looks by itself at whether it still makes sense."""
        self.rangs += 1
        heapq.heappush(self.agenda, (quand, self.rangs, acte))

    # Who she is ------------------------------------------------------------------------------------------------------
    def vue(self, jour: date) -> tuple[Menage, Individu]:
        """Her household and herself as the last photo before a day shows them; the first one before them all."""
        photos = self.adulte.photos
        rang = bisect_right(photos, jour, key=_reference)
        _, menage, individu = photos[max(rang - 1, 0)]
        return menage, individu

    @property
    def commune(self) -> str:
        commune = self.vue(self.jour)[0].adresse.commune
        return commune.insee if commune else ""

    @property
    def experimentee(self) -> bool:
        return self.commune in EXPERIMENTATION

    def age(self) -> int:
        return self.adulte.individu.age(self.jour)

    @property
    def ancienne_le(self) -> date:
        """When her household first asked, as far as the first photo tells."""
        return self.adulte.photos[0][1].date_demande

    # Rows ------------------------------------------------------------------------------------------------------------
    def ligne(self, table: str, **colonnes: Any) -> dict[str, Any]:
        """A new row, with its id."""
        rangee = {"id": self.numeros.suivant(table), "personne_id": self.adulte.personne_id, **colonnes}
        self.objets.setdefault(table, []).append(rangee)
        return rangee

    def modifier(self, table: str, identifiant: int | None, **colonnes: Any) -> None:
        """Change a row that this life did not write (a life that goes on from a stored situation)."""
        if identifiant is not None and (self.reprise or table == PERSONNE):
            self.objets.setdefault(MAJ + table, []).append({"id": identifiant, **colonnes})

    # Events ----------------------------------------------------------------------------------------------------------
    def noter(
        self, genre: GenreEvenement, quand: datetime, donnees: dict[str, Any] | None = None, *, par: int,
        objet_type: str = "", objet_id: int | None = None,
    ) -> EvenementVecu:  # fmt: skip
        """Live an event: the engine moves the situation; what it opens finds its treatment in ``echeances``."""
        if quand <= self.maintenant:
            quand = self.maintenant + MINUTE
        fait = Fait(self.numeros.suivant("parcours_evenement"), genre, quand, donnees or {})
        avant = self.situation
        self.situation, lignes = derouler(avant, (fait,), self.ouvertes)
        self.ouvertes = []
        for ligne in lignes:
            (self.ouvertes if ligne.fermee_le is None else self.fermees).append(ligne)
        self.maintenant = quand
        vecu = EvenementVecu(fait, quand, par, objet_type, objet_id)
        self.evenements.append(vecu)
        return vecu

    def nouvelles_echeances(self) -> list[GenreEcheance]:
        """Échéances open that no treatment has been planned for yet."""
        ouvertes = self.situation.echeances
        if not ouvertes:
            return []
        cles = {f"{g}:{t.evenement}" for g, t in ouvertes.items()}
        nouvelles = [g for g, t in ouvertes.items() if f"{g}:{t.evenement}" not in self.en_attente_de]
        self.en_attente_de |= cles
        return nouvelles

    @property
    def sur_le_chemin(self) -> bool:
        return self.situation.statut is None and self.situation.chemin is not None

    def etat(self) -> Etat:
        return self.situation.etat

    def resultat(self) -> VieVecue:
        return VieVecue(
            self.adulte.personne_id, self.evenements, self.situation, [*self.fermees, *self.ouvertes], self.objets
        )


def lignes_ouvertes(situation: Situation) -> list[Ligne]:
    """The rows that a stored situation keeps open."""
    lignes = [Ligne(str(genre), tache) for genre, tache in situation.echeances.items()]
    if situation.etape is not None:
        lignes.append(Ligne(ETAPE, situation.etape))
    return lignes


def _reference(photo: tuple[date, Menage, Individu]) -> date:
    return photo[0]
