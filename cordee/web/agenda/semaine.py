"""What a week of the agenda shows: days, slots, who holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutCreneau, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, Fermeture, RendezVous
from cordee.metier.rendezvous.selectors import agenda
from cordee.reglementation.calendrier import jours_feries
from cordee.socle.horloge import PARIS, jour
from cordee.web.socle.identites import nom_court

UN_JOUR = timedelta(days=1)
SEMAINE = timedelta(days=7)
JOURS_OUVRES = 5
ICONES = {
    ModaliteRendezVous.PHYSIQUE: "lieu",
    ModaliteRendezVous.TELEPHONE: "appel",
    ModaliteRendezVous.VISIO: "voir",
    ModaliteRendezVous.DOMICILE: "accueil",
}
_MONTRES = (StatutRendezVous.PREVU, StatutRendezVous.HONORE, StatutRendezVous.ABSENT)


_LUS = ("personne", "agent", "debut", "fin", "genre", "modalite", "statut", "interprete", "creneau", "suite")


@dataclass(frozen=True, slots=True)
class Tenue:
    """Who holds a place: a name when the agent may see her file, only « occupé » otherwise."""

    personne_id: int
    nom: str
    interprete: str = ""

    @property
    def visible(self) -> bool:
        return bool(self.nom)


@dataclass(slots=True)
class LigneAgenda:
    """One slot, or one appointment made by hand (``creneau`` null)."""

    debut: datetime
    fin: datetime
    genre: GenreRendezVous
    modalite: ModaliteRendezVous
    agent: Agent | None
    creneau: Creneau | None = None
    tenues: list[Tenue] = field(default_factory=list)
    suite: bool = False
    occupe: bool = False
    """The agent has an appointment made by hand over these hours: the slot cannot be booked."""

    @property
    def ferme(self) -> bool:
        return self.creneau is not None and self.creneau.statut == StatutCreneau.FERME

    @property
    def libres(self) -> int:
        c = self.creneau
        return 0 if c is None or self.ferme or self.occupe else max(0, c.places + c.surplus - c.prises)

    @property
    def icone(self) -> str:
        return ICONES[self.modalite]

    @property
    def sorte(self) -> str:
        """The look of the line; said in words beside."""
        if self.ferme:
            return "ferme"
        if self.creneau is None:
            return "main"
        return "libre" if self.libres else "pris"


@dataclass(slots=True)
class Groupe:
    """The slots of a team at the same hour, for the same thing: what is left, and who comes."""

    lignes: list[LigneAgenda]

    @property
    def premiere(self) -> LigneAgenda:
        return self.lignes[0]

    @property
    def seule(self) -> bool:
        return len(self.lignes) == 1

    @property
    def ouvertes(self) -> int:
        """Places, overbooking included, slots closed left out."""
        return sum(1 if x.creneau is None else x.creneau.places + x.creneau.surplus for x in self.lignes if not x.ferme)

    @property
    def libres(self) -> int:
        return sum(x.libres for x in self.lignes)

    @property
    def fermes(self) -> int:
        return sum(x.ferme for x in self.lignes)

    @property
    def tenues(self) -> list[tuple[Tenue, Agent | None]]:
        return [(t, x.agent) for x in self.lignes for t in x.tenues]

    @property
    def sorte(self) -> str:
        if self.fermes == len(self.lignes):
            return "ferme"
        return "libre" if self.libres else "pris"


@dataclass(slots=True)
class JourAgenda:
    """One day: why nobody is received, if so, and its lines by hour."""

    jour: date
    aujourdhui: bool
    ferie: str = ""
    fermeture: str = ""
    lignes: list[LigneAgenda] = field(default_factory=list)

    @property
    def groupes(self) -> list[Groupe]:
        """The lines by hour, kind and way: a team of thirty is read on one screen."""
        par_heure: dict[tuple[object, ...], list[LigneAgenda]] = defaultdict(list)
        for ligne in self.lignes:
            langue = ligne.creneau.langue if ligne.creneau else ""
            par_heure[ligne.debut, ligne.fin, ligne.genre, ligne.modalite, langue].append(ligne)
        return [Groupe(lignes) for lignes in par_heure.values()]

    @property
    def libres(self) -> int:
        return sum(ligne.libres for ligne in self.lignes)

    @property
    def prises(self) -> int:
        return sum(len(ligne.tenues) for ligne in self.lignes if not ligne.suite)


def lundi_de(jour_: date) -> date:
    """The Monday of its week."""
    return jour_ - timedelta(days=jour_.weekday())


def lundi_utile(jour_: date) -> date:
    """The Monday of the week to look at: the next one on a Saturday or a Sunday."""
    return lundi_de(jour_ + 2 * UN_JOUR if jour_.weekday() >= JOURS_OUVRES else jour_)


def semaine(
    *, lundi: date, structure: Structure | None, agent: Agent | None, genre: str, pour: Agent, droits: Habilitation,
    au: date,
) -> list[JourAgenda]:  # fmt: skip
    """Monday to Friday (and the weekend when somebody is received). Five queries whatever the number of slots."""
    debut = datetime.combine(lundi, time(), tzinfo=PARIS)
    fin = datetime.combine(lundi + SEMAINE, time(), tzinfo=PARIS)
    creneaux = agenda(du=debut, au=fin, agent=agent, structure=structure)
    mains = RendezVous.objects.filter(debut__gte=debut, debut__lt=fin, creneau=None, statut__in=_MONTRES)
    mains = mains.filter(Q(agent=agent) if agent is not None else Q(structure=structure))
    if genre:
        creneaux, mains = creneaux.filter(genre=genre), mains.filter(genre=genre)
    a_la_main = list(mains.select_related("personne").only(*_LUS, "personne__prenom", "personne__nom"))
    lus = list(creneaux.select_related(None))
    _nommer_agents([*lus, *a_la_main])
    lignes = _des_creneaux(lus, a_la_main, pour=pour, droits=droits, au=au)
    fermetures = list(Fermeture.objects.filter(structure=structure, debut__lt=lundi + SEMAINE, fin__gt=lundi))
    jours = []
    for n in range(7):
        ce_jour = lundi + n * UN_JOUR
        siennes = sorted(lignes[ce_jour], key=lambda ligne: (ligne.debut, str(ligne.agent or "")))
        ferie = jours_feries(ce_jour.year).get(ce_jour, "")
        if n < JOURS_OUVRES or siennes:
            fermee = next((f.motif for f in fermetures if f.lieu_id is None and f.debut <= ce_jour < f.fin), "")
            jours.append(JourAgenda(ce_jour, ce_jour == au, ferie, fermee, siennes))
    return jours


def _nommer_agents(lignes: Iterable[Creneau | RendezVous]) -> None:
    """Each agent is read once, whatever the number of lines she holds."""
    lignes = list(lignes)
    agents = Agent.objects.in_bulk({ligne.agent_id for ligne in lignes if ligne.agent_id is not None})
    for ligne in lignes:
        if ligne.agent_id is not None:
            ligne.agent = agents[ligne.agent_id]


def _des_creneaux(
    creneaux: list[Creneau], mains: list[RendezVous], *, pour: Agent, droits: Habilitation, au: date
) -> dict[date, list[LigneAgenda]]:
    ids = [c.pk for c in creneaux]
    tenus = list(
        RendezVous.objects.filter(Q(creneau__in=ids) | Q(suite__in=ids), statut__in=_MONTRES)
        .select_related("personne")
        .only("creneau", "suite", "interprete", "personne__prenom", "personne__nom")
        .order_by("pk")
    )
    noms = _noms([*tenus, *mains], pour=pour, droits=droits, au=au)
    tenues: dict[int, list[Tenue]] = defaultdict(list)
    suites: set[int] = set()
    for rdv in tenus:
        tenue = Tenue(rdv.personne_id, noms.get(rdv.personne_id, ""), rdv.interprete)
        if rdv.creneau_id is not None:
            tenues[rdv.creneau_id].append(tenue)
        if rdv.suite_id is not None:
            tenues[rdv.suite_id].append(tenue)
            suites.add(rdv.suite_id)
    par_jour: dict[date, list[LigneAgenda]] = defaultdict(list)
    pris: dict[int | None, list[RendezVous]] = defaultdict(list)
    for rdv in mains:
        if rdv.agent_id and rdv.statut == StatutRendezVous.PREVU:
            pris[rdv.agent_id].append(rdv)
    for c in creneaux:
        occupe = any(r.debut < c.fin and c.debut < r.fin for r in pris.get(c.agent_id, ()))
        par_jour[jour(c.debut)].append(
            LigneAgenda(
                c.debut, c.fin, GenreRendezVous(c.genre), ModaliteRendezVous(c.modalite), c.agent, c, tenues[c.pk],
                c.pk in suites, occupe,
            )
        )  # fmt: skip
    for rdv in mains:
        tenue = Tenue(rdv.personne_id, noms.get(rdv.personne_id, ""), rdv.interprete)
        par_jour[jour(rdv.debut)].append(
            LigneAgenda(
                rdv.debut, rdv.fin, GenreRendezVous(rdv.genre), ModaliteRendezVous(rdv.modalite), rdv.agent, None,
                [tenue],
            )
        )  # fmt: skip
    return par_jour


def _noms(rdvs: Iterable[RendezVous], *, pour: Agent, droits: Habilitation, au: date) -> dict[int, str]:
    """The names this agent may read, those of people whose file she may open."""
    personnes = {r.personne_id: r.personne for r in rdvs}
    visibles = personnes_visibles(pour=pour, au=au, droits=droits).filter(pk__in=list(personnes))
    return {
        pk: nom_court(personnes[pk].prenom, personnes[pk].nom) or "Sans nom"
        for pk in visibles.values_list("pk", flat=True)
    }
