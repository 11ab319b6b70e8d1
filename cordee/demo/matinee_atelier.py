"""What the scenes of the morning share: hours that make sense, free slots, acts that may be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeVar

from cordee.demo.organisation import Organisation
from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation.calendrier import ajouter_jours_ouvres, est_jour_ouvre
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

T = TypeVar("T")
DUREE: Final = 45
_CRENEAUX: Final = tuple(
    time(h, m) for h, m in ((9, 0), (9, 45), (10, 30), (11, 15), (13, 30), (14, 15), (15, 0), (15, 45))
)

_REUNION: Final = time(14, 0)


@dataclass(slots=True)
class Atelier:
    """The organisation, the instant, the source of chance, and what was done. One seed, one story."""

    organisation: Organisation
    graine: int
    le: datetime
    alea: Random = field(init=False)
    actes: Counter[str] = field(init=False, default_factory=Counter)
    refus: Counter[str] = field(init=False, default_factory=Counter)
    _agents: dict[int, Agent] = field(init=False, default_factory=dict)
    _pris: dict[int, list[tuple[datetime, datetime]]] = field(init=False, default_factory=dict)
    _attendues: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.alea = Random(f"{self.graine}:matinee")  # noqa: S311 - a story, not a secret
        prevus = list(
            RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gte=self.instant(self.au, time(0)))
            .values_list("agent_id", "debut", "fin", "personne_id")
        )  # fmt: skip
        for agent, debut, fin, _ in prevus:
            if agent:
                self._pris.setdefault(agent, []).append((debut, fin))
        self._attendues = {personne for *_, personne in prevus}

    @property
    def au(self) -> date:
        return jour(self.le)

    # Time -----------------------------------------------------------------------------------------------------------
    @staticmethod
    def instant(le_jour: date, heure: time) -> datetime:
        return datetime.combine(le_jour, heure, tzinfo=PARIS)

    def ouvre(self, n: int) -> date:
        """The n-th working day after today (before it if negative). Today counts as one."""
        return self.au if n == 0 else ajouter_jours_ouvres(self.au, n)

    def il_y_a(self, n: int, *, depuis: datetime | None = None) -> datetime:
        """Some working hour n working days ago; not before ``depuis``, never to come."""
        voulu = self.instant(self.ouvre(-n), time(9 + self.alea.randrange(8), self.alea.randrange(0, 60, 5)))
        if depuis is not None and voulu <= depuis:
            voulu = depuis + timedelta(hours=1, minutes=self.alea.randrange(40))
        return min(voulu, self.le - timedelta(minutes=1))

    def ce_matin(self) -> datetime:
        """A quarter of an hour ago, or the last working evening when it is too early."""
        avant = self.le - timedelta(minutes=15)
        if est_jour_ouvre(self.au) and time(8, 30) <= avant.astimezone(PARIS).time() <= time(18):
            return avant
        return min(self.instant(self.ouvre(-1), time(16, 40)), avant)

    # Acts -----------------------------------------------------------------------------------------------------------
    def tenter(self, quoi: str, acte: Callable[..., T], **valeurs: Any) -> T | None:
        """Do an act; when the product refuses it, the agent would do something else: it is only counted."""
        try:
            fait = acte(**valeurs)
        except ErreurMetier as refus:
            self.refus[f"{quoi} : {refus}"] += 1
            return None
        self.actes[quoi] += 1
        return fait

    def agent(self, pk: int) -> Agent:
        if pk not in self._agents:
            self._agents[pk] = Agent.objects.get(pk=pk)
        return self._agents[pk]

    def donner_rendez_vous(
        self, personne: Personne, *, structure: Structure, agent: Agent | None, le_jour: date, convoquee_le: datetime,
        par: Agent, genre: GenreRendezVous,
    ) -> RendezVous | None:  # fmt: skip
        """Convene a person for the first free slot of the agent on that day, by letter or else by text message."""
        debut = self._creneau(agent.pk if agent else 0, le_jour)
        if debut is None or personne.pk in self._attendues or debut <= convoquee_le:
            return None
        modalite = ModaliteRendezVous.TELEPHONE if self.alea.random() < 0.1 else ModaliteRendezVous.PHYSIQUE

        commun: dict[str, Any] = {
            "personne": personne, "genre": genre, "modalite": modalite, "structure": structure, "agent": agent,
            "lieu": f"{structure.nom}, {structure.adresse}", "debut": debut, "duree_minutes": DUREE, "par": par,
            "le": convoquee_le,
        }  # fmt: skip
        rdv = None
        for canal in (Canal.COURRIER, Canal.SMS):
            rdv = rdv or self.tenter("convocations", rendezvous.convoquer, canal=canal, **commun)
        self._attendues.add(personne.pk)  # or cannot be written to: nobody tries again
        if rdv is not None and agent is not None:
            self.reserver(agent, debut, debut + timedelta(minutes=DUREE))
        return rdv

    def reunir(self, personne: Personne, *, structure: Structure, agent: Agent, le_jour: date) -> RendezVous | None:
        """Invite a person to an information meeting: several people at the same hour with the same agent."""
        rdv = self.tenter(
            "invitations à une information collective", rendezvous.convoquer, personne=personne,
            genre=GenreRendezVous.COLLECTIF, modalite=ModaliteRendezVous.PHYSIQUE, structure=structure, agent=agent,
            lieu=f"{structure.nom}, {structure.adresse}", debut=self.instant(le_jour, _REUNION), duree_minutes=90,
            canal=Canal.COURRIER, par=agent, le=self.il_y_a(6),
        )  # fmt: skip
        if rdv is not None:
            self._attendues.add(personne.pk)
        return rdv

    def reserver(self, agent: Agent, debut: datetime, fin: datetime) -> bool:
        """Keep an hour of an agent's day, unless it is taken."""
        if not self._libre(agent.pk, debut, fin):
            return False
        self._pris.setdefault(agent.pk, []).append((debut, fin))
        return True

    def _libre(self, agent: int, debut: datetime, fin: datetime) -> bool:
        return all(fin <= autre_debut or autre_fin <= debut for autre_debut, autre_fin in self._pris.get(agent, ()))

    def _creneau(self, agent: int, le_jour: date) -> datetime | None:
        """The first free hour of an agent that day; any hour for nobody in particular."""
        debuts = [self.instant(le_jour, heure) for heure in _CRENEAUX]
        if not agent:
            return self.alea.choice(debuts)
        duree = timedelta(minutes=DUREE)
        return next((debut for debut in debuts if self._libre(agent, debut, debut + duree)), None)

    def recue(self, personne_id: int) -> None:
        """Her appointment is over: she may be given another one."""
        self._attendues.discard(personne_id)

    # People ---------------------------------------------------------------------------------------------------------
    def personnes(
        self, combien: int, *, etats: Iterable[Etat], ordre: str = "personne_id", **filtres: object
    ) -> list[Situation]:
        """People standing in these states whom no appointment awaits."""
        situations = (
            Situation.objects.filter(etat__in=list(etats), personne__canonique__isnull=True, **filtres)
            .exclude(personne_id__in=self._attendues)
            .select_related("personne", "structure_secteur", "referent_agent", "referent_structure")
            .order_by(ordre, "personne_id")
        )
        return list(situations[:combien])
