"""Appointments that nobody will receive as things stand, and the slot proposed to each (R5, R56, R62)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import ChoixCanal, canaux_ouverts
from cordee.metier.organismes.models import AbsenceAgent, Affectation, Agent, en_cours
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifFermeture, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, Fermeture, RendezVous
from cordee.metier.rendezvous.regles.plages import minutes_necessaires
from cordee.metier.rendezvous.regles.repartition import Attendu, Libre, meilleurs, repartir, suites
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres, structures_de_l_agenda
from cordee.metier.rendezvous.selectors.occupations import occupations
from cordee.socle.horloge import PARIS, jour

M = MotifFermeture
PROCHE: Final = timedelta(days=4)
"""Under this delay a letter would arrive too late: people are told by message or phone."""
CANAUX_PROCHES = (Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE)
JOURS_CHERCHES: Final = 21
AUTRES: Final = 8


@dataclass(frozen=True, slots=True)
class Proposition:
    """An appointment, the slot proposed instead, and how the person will be told. ``creneau`` null: none is free.

    ``autres``: the next best ones, to choose from. ``collegues``: those who are free at that very hour and could take
    the appointment over without a slot.
    """

    rdv: RendezVous
    creneau: Creneau | None
    choix: ChoixCanal | None
    autres: tuple[Creneau, ...] = ()
    collegues: tuple[Agent, ...] = ()

    @property
    def meme_heure(self) -> bool:
        """Same hour, same place, same way: only the professional changes, she has nothing to be told beforehand."""
        return self.creneau is not None and sur_place_identique(self.rdv, self.creneau)

    @property
    def possible(self) -> bool:
        """A slot was found and the person can be told (or need not be)."""
        return self.creneau is not None and (self.meme_heure or (self.choix is not None and not self.choix.aller_vers))


@dataclass(frozen=True, slots=True)
class Propositions:
    """Proposals for a set of appointments, by hour."""

    lignes: list[Proposition] = field(default_factory=list)

    @property
    def possibles(self) -> list[Proposition]:
        return [p for p in self.lignes if p.possible]


def sur_place_identique(rdv: RendezVous, creneau: Creneau) -> bool:
    """Whether a colleague can take the appointment over without anything changing for the person."""
    ancien = rdv.creneau
    meme_lieu = creneau.lieu_id == (ancien.lieu_id if ancien else None)
    return (
        creneau.debut == rdv.debut
        and creneau.structure_id == rdv.structure_id
        and creneau.modalite == rdv.modalite
        and meme_lieu
    )


def a_reaffecter(
    *, du: datetime, au: datetime, droits: Habilitation | None = None, structures: Collection[int] | None = None,
    agent: Agent | None = None,
) -> QuerySet[RendezVous]:  # fmt: skip
    """Expected appointments of ``[du, au)`` that nobody will receive, by hour, annotated ``raison``.

    Their slot was closed, their agent is absent at that hour, left, or no longer works there, or the structure is
    closed that day. ``droits``: only in the agendas this agent sees.
    """
    absences = AbsenceAgent.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=OuterRef("debut")), agent=OuterRef("agent"), debut__lt=OuterRef("fin")
    )
    postes = Affectation.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=OuterRef("jour_rdv")), agent=OuterRef("agent"), debut__lte=OuterRef("jour_rdv")
    )
    fermetures = Fermeture.objects.filter(
        Q(lieu__isnull=True) | Q(lieu=OuterRef("creneau__lieu")), structure=OuterRef("structure"),
        debut__lte=OuterRef("jour_rdv"), fin__gt=OuterRef("jour_rdv"),
    )  # fmt: skip
    avec_agent = Q(agent__isnull=False)
    attendus = RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gte=du, debut__lt=au)
    if structures is not None:
        attendus = attendus.filter(structure__in=list(structures))
    if droits is not None and (siennes := structures_de_l_agenda(droits)) is not None:
        attendus = attendus.filter(structure__in=list(siennes))
    if agent is not None:
        attendus = attendus.filter(agent=agent)
    return (
        attendus.annotate(jour_rdv=TruncDate("debut", tzinfo=PARIS))
        .annotate(
            raison=Case(
                When(avec_agent & Exists(absences), then=Value(M.ABSENCE.value)),
                When(avec_agent & (Q(agent__actif=False) | ~Exists(postes)), then=Value(M.DEPART.value)),
                When(Exists(fermetures), then=Value(M.FERMETURE.value)),
                When(creneau__statut="ferme", then="creneau__motif_fermeture"),
                default=Value(""),
                output_field=CharField(),
            )
        )
        .exclude(raison="")
        .select_related("personne", "structure", "agent", "creneau__lieu")
        .order_by("debut", "pk")
    )


def proposer(
    rendez_vous: Iterable[RendezVous], *, le: datetime, apres: datetime | None = None,
    sauf_agents: Collection[int] = (), jusqu_au: datetime | None = None,
) -> Propositions:  # fmt: skip
    """A free slot of the same structure and kind for each appointment: the same day if any, else the nearest.

    Nothing is written. Seven queries or so whatever the number of appointments.

    Args:
        apres: slots begin after this instant (now by default).
        sauf_agents: whose slots are not proposed (the colleague who is away).
        jusqu_au: slots begin before (three weeks after the last appointment by default).
    """
    rdvs = list(rendez_vous)
    if not rdvs:
        return Propositions()
    debut = max(le, apres or le)
    fin = jusqu_au or max(debut, *(r.debut for r in rdvs)) + timedelta(days=JOURS_CHERCHES)
    candidats = creneaux_libres(du=debut, au=fin, structures={r.structure_id for r in rdvs}, langue=None).filter(
        genre__in={r.genre for r in rdvs}, modalite__in={r.modalite for r in rdvs}
    )
    attendus = attendus_de(rdvs)
    libres = libres_de(candidats, sauf_agents=sauf_agents)
    donnes = repartir(attendus, libres)
    suivants = {a.cle: meilleurs(a, libres, nombre=AUTRES) for a in attendus}
    par_pk = Creneau.objects.select_related("structure", "agent", "lieu").in_bulk(
        {x.cle for lot in suivants.values() for x in lot} | {x.cle for x in donnes.values() if x is not None}
    )
    canaux = canaux_de(rdvs, le=le)
    libres_a_l_heure = collegues_libres(rdvs, sauf=sauf_agents, le=le)
    lignes = []
    for rdv in rdvs:
        libre = donnes[rdv.pk]
        autres = tuple(par_pk[x.cle] for x in suivants[rdv.pk] if libre is None or x.cle != libre.cle)
        ferme = getattr(rdv, "raison", "") == M.FERMETURE  # nobody can take over in a closed place
        collegues = () if ferme else libres_a_l_heure[rdv.pk]
        creneau = par_pk[libre.cle] if libre else None
        lignes.append(Proposition(rdv, creneau, canaux.get(rdv.personne_id), autres, collegues))
    return Propositions(lignes)


def collegues_libres(
    rdvs: Sequence[RendezVous], *, le: datetime, sauf: Collection[int] = ()
) -> dict[int, tuple[Agent, ...]]:
    """For each appointment, colleagues of its structure with the same role as its agent, or none, who are there and
    have nobody at that hour. Four queries."""
    du, au = min(r.debut for r in rdvs), max(r.fin for r in rdvs)
    postes = list(
        Affectation.objects.filter(en_cours(jour(du)), structure__in={r.structure_id for r in rdvs}, agent__actif=True)
        .exclude(agent__in=[*sauf, *(r.agent_id for r in rdvs if r.agent_id)])
        .select_related("agent")
        .order_by("agent__nom", "agent__prenom", "agent_id")
    )
    roles = {(p.agent_id, p.structure_id): p.role for p in Affectation.objects.filter(
        en_cours(jour(du)), agent__in=[r.agent_id for r in rdvs if r.agent_id])}  # fmt: skip
    ids = [p.agent_id for p in postes]
    prises: dict[int, list[tuple[datetime, datetime]]] = {}
    attendus = RendezVous.objects.filter(agent__in=ids, statut=StatutRendezVous.PREVU, debut__lt=au, fin__gt=du)
    absents = AbsenceAgent.objects.filter(Q(fin__isnull=True) | Q(fin__gt=du), agent__in=ids, debut__lt=au)
    loin = au + timedelta(days=1)
    for lignes in (attendus, absents):
        for agent, debut, fin in lignes.values_list("agent", "debut", "fin"):
            prises.setdefault(agent, []).append((debut, fin or loin))
    return {
        r.pk: tuple(
            p.agent for p in postes
            if p.structure_id == r.structure_id
            and p.role == roles.get((r.agent_id or 0, r.structure_id), p.role)
            and not any(debut < r.fin and r.debut < fin for debut, fin in prises.get(p.agent_id, ()))
        )[:AUTRES]
        for r in rdvs
    }  # fmt: skip


def canaux_de(rdvs: Sequence[RendezVous], *, le: datetime) -> dict[int, ChoixCanal]:
    """How each person is told that her appointment moves: no letter when it would arrive too late."""
    proches = {r.personne_id for r in rdvs if r.debut - le < PROCHE}
    autres = {r.personne_id for r in rdvs} - proches
    genre, au = GenreCourrier.CONVOCATION, jour(le)
    choix = canaux_ouverts(personnes=proches, genre=genre, au=au, ordre=CANAUX_PROCHES) if proches else {}
    return choix | (canaux_ouverts(personnes=autres, genre=genre, au=au) if autres else {})


def libres_de(creneaux: QuerySet[Any], *, sauf_agents: Collection[int] = ()) -> list[Libre]:
    """Free slots (``creneaux_libres``) as the rule that shares them out reads them. One query, no row built."""
    lignes = [
        ligne
        for ligne in creneaux.values_list(
            "pk", "agent", "plage", "debut", "fin", "genre", "structure", "modalite", "langue", "libres"
        )
        if ligne[1] not in sauf_agents
    ]
    suivants = suites(ligne[:6] for ligne in lignes)
    return [
        Libre(
            cle=pk, structure=structure, genre=genre, modalite=modalite, debut=debut, fin=fin, places=libres,
            langue=langue, suite=suivants.get(pk),
        )
        for pk, _, _, debut, fin, genre, structure, modalite, langue, libres in lignes
    ]  # fmt: skip


def attendus_de(rdvs: Sequence[RendezVous]) -> list[Attendu]:
    """Appointments to move, the earliest first, and when their people are expected elsewhere. One query."""
    occupees = occupations({r.personne_id for r in rdvs}, sauf=[r.pk for r in rdvs])
    return [
        Attendu(
            cle=r.pk, structure=r.structure_id, genre=r.genre, modalites=frozenset({r.modalite}), debut=r.debut,
            langue=r.interprete,
            minutes=minutes_avec_interprete(r.genre, r.interprete),
            occupee=occupees.get(r.personne_id, ()),
        )
        for r in sorted(rdvs, key=lambda r: (r.debut, r.pk))
    ]  # fmt: skip


def minutes_avec_interprete(genre: str, langue: str) -> int:
    """The time needed when an interpreter is; 0 otherwise, and in a collective session."""
    if not langue or genre == GenreRendezVous.COLLECTIF:
        return 0
    return minutes_necessaires(GenreRendezVous(genre), interprete=True)


def modalites_admises(modalite: str) -> frozenset[str]:
    """The ways that suit: the one asked for, or any but a home visit."""
    toutes = {str(m) for m in ModaliteRendezVous} - {str(ModaliteRendezVous.DOMICILE)}
    return frozenset({modalite}) if modalite else frozenset(toutes)
