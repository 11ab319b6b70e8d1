"""Reads of the desk: today's list, whose turn it is, what the day counts; the collective sessions."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import EtatAccueil, GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle.horloge import PARIS

S = StatutRendezVous
E = EtatAccueil
UN_JOUR = timedelta(days=1)
_FAITES = frozenset({E.RECUE, E.REPARTIE, E.ABSENTE, E.EXCUSEE})


@dataclass(frozen=True, slots=True)
class LigneAccueil:
    """One appointment of the day as the desk sees it at ``maintenant``."""

    rdv: RendezVous
    etat: EtatAccueil
    maintenant: datetime

    @property
    def attente(self) -> int | None:
        """Minutes since she arrived, until she was received or left; ``None`` before."""
        if self.rdv.arrive_le is None:
            return None
        fin = self.rdv.recu_le or self.rdv.parti_le or self.maintenant
        return max(0, int((fin - self.rdv.arrive_le).total_seconds() // 60))

    @property
    def retard(self) -> int:
        """Minutes late when she arrived; before, minutes since the hour; 0 on time."""
        if self.rdv.venue:
            return 0
        repere = self.rdv.arrive_le or self.maintenant
        return max(0, int((repere - self.rdv.debut).total_seconds() // 60))

    @property
    def faite(self) -> bool:
        """Nothing is awaited of the desk on this line any more."""
        return self.etat in _FAITES

    @property
    def peut_etre_absente(self) -> bool:
        """Her hour, and the delay she announced, are past: an absence may be noted."""
        delai = timedelta(minutes=self.rdv.retard_annonce or 0)
        return self.rdv.arrive_le is None and self.maintenant >= self.rdv.debut + delai


@dataclass(frozen=True, slots=True)
class BilanJournee:
    """What the day counts. ``attente_mediane``: minutes between arrival and interview; ``None`` before the first."""

    attendues: int
    en_attente: int
    recues: int
    absentes: int
    excusees: int
    sans_rendez_vous: int
    attente_mediane: int | None


@dataclass(frozen=True, slots=True)
class Seance:
    """A collective session: everybody convened to the same place at the same hour (one slot when it has one)."""

    structure_id: int
    structure: str
    debut: datetime
    fin: datetime
    creneau_id: int | None
    inscrites: int
    a_noter: int

    @property
    def passee(self) -> bool:
        """Nothing is left to note."""
        return self.a_noter == 0


def bornes(jour: date) -> tuple[datetime, datetime]:
    """A day, as people in France live it: half-open."""
    debut = datetime.combine(jour, time(0), tzinfo=PARIS)
    return debut, datetime.combine(jour + UN_JOUR, time(0), tzinfo=PARIS)


def journee(
    *, pour: Agent, jour: date, structures: Collection[int], maintenant: datetime, droits: Habilitation | None = None
) -> list[LigneAccueil]:
    """Everybody expected on the spot that day in these structures, or come without being expected, by hour.

    One query (two without ``droits``), inside the agent's perimeter.
    """
    lignes = (
        rendez_vous_visibles(pour=pour, au=jour, droits=droits)
        .filter(debut__gte=bornes(jour)[0], debut__lt=bornes(jour)[1], structure__in=list(structures))
        .filter(modalite=ModaliteRendezVous.PHYSIQUE)
        .exclude(statut=S.ANNULE)
        .select_related("personne", "structure", "agent", "creneau")
        .order_by("debut", "personne__nom", "pk")
    )
    return [LigneAccueil(r, etat_accueil(r), maintenant) for r in lignes]


def rendez_vous_visibles(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[RendezVous]:
    """Appointments of the people an agent sees, those noted on a row merged since included."""
    droits = droits or habilitation(pour, au=au)
    return RendezVous.objects.annotate(qui=Coalesce("personne__canonique_id", "personne_id")).filter(
        q_visibles("qui", pour=pour, au=au, droits=droits)
    )


def etat_accueil(rdv: RendezVous) -> EtatAccueil:
    """Where she stands at the desk.

    Raises:
        ValueError: a cancelled appointment has no line at the desk.
    """
    statut = S(rdv.statut)
    if statut is S.ANNULE:
        raise ValueError("a cancelled appointment has no line at the desk")
    if statut is S.HONORE or (statut is S.SANS_RENDEZ_VOUS and (rdv.recu_le or rdv.arrive_le is None)):
        return E.RECUE
    if rdv.parti_le is not None:
        return E.REPARTIE
    if rdv.arrive_le is not None:
        return E.EN_ATTENTE
    if statut is S.ABSENT:
        return E.ABSENTE
    if statut is S.EXCUSE:
        return E.EXCUSEE
    return E.EN_RETARD if rdv.retard_annonce else E.ATTENDUE


def tour(lignes: Iterable[LigneAccueil]) -> list[LigneAccueil]:
    """Whoever waits, in the order of the interviews.

    First those whose hour has come, by the later of their hour and their arrival (coming late loses the turn, coming
    early does not win it); then people who came without an appointment, by arrival; then those who are early.
    """

    def rang(ligne: LigneAccueil) -> tuple[int, datetime, int]:
        arrivee = ligne.rdv.arrive_le or ligne.rdv.debut
        if ligne.rdv.venue:
            return (1, arrivee, ligne.rdv.pk)
        return (0 if ligne.rdv.debut <= ligne.maintenant else 2, max(ligne.rdv.debut, arrivee), ligne.rdv.pk)

    attendent = (ligne for ligne in lignes if ligne.etat is E.EN_ATTENTE)
    return sorted((x for x in attendent if x.rdv.genre != GenreRendezVous.COLLECTIF), key=rang)


def bilan(lignes: Sequence[LigneAccueil]) -> BilanJournee:
    """The day in a few numbers."""
    par_etat = {etat: [x for x in lignes if x.etat is etat] for etat in E}
    attentes = [x.attente for x in par_etat[E.RECUE] if x.attente is not None]
    return BilanJournee(
        attendues=len(par_etat[E.ATTENDUE]) + len(par_etat[E.EN_RETARD]),
        en_attente=len(par_etat[E.EN_ATTENTE]),
        recues=len(par_etat[E.RECUE]),
        absentes=len(par_etat[E.ABSENTE]),
        excusees=len(par_etat[E.EXCUSEE]) + len(par_etat[E.REPARTIE]),
        sans_rendez_vous=sum(1 for x in lignes if x.rdv.statut == S.SANS_RENDEZ_VOUS),
        attente_mediane=round(median(attentes)) if attentes else None,
    )


def chercher(lignes: Iterable[LigneAccueil], texte: str) -> list[LigneAccueil]:
    """The lines a typed text may mean: each word begins a name, a first name, or the hour (« 9:30 », « 930 »)."""
    mots = _mots(texte)
    return [x for x in lignes if all(_commence(x.rdv, mot) for mot in mots)]


def prochains(*, personnes: Collection[int], depuis: datetime) -> dict[int, RendezVous]:
    """The next appointment expected of each person (canonical id), whatever the place: one query."""
    lignes = (
        RendezVous.objects.annotate(qui=Coalesce("personne__canonique_id", "personne_id"))
        .filter(qui__in=list(personnes), statut=S.PREVU, debut__gte=depuis)
        .select_related("structure", "agent")
        .order_by("-debut")
    )
    return {r.qui: r for r in lignes}


# Collective sessions ------------------------------------------------------------------------------------------------
def seances(
    *, pour: Agent, structures: Collection[int], du: date, au: date, droits: Habilitation | None = None
) -> list[Seance]:
    """Collective sessions that begin in [``du``, ``au``), by hour. One query (two without ``droits``)."""
    lignes = (
        rendez_vous_visibles(pour=pour, au=du, droits=droits)
        .filter(genre=GenreRendezVous.COLLECTIF, structure__in=list(structures))
        .filter(debut__gte=bornes(du)[0], debut__lt=bornes(au)[0])
        .exclude(statut=S.ANNULE)
        .values("structure_id", "structure__nom", "debut", "fin", "creneau_id")
        .annotate(inscrites=Count("pk"), a_noter=Count("pk", filter=Q(statut=S.PREVU)))
        .order_by("debut", "structure__nom", "creneau_id")
    )
    return [
        Seance(
            x["structure_id"], x["structure__nom"], x["debut"], x["fin"], x["creneau_id"], x["inscrites"], x["a_noter"]
        )
        for x in lignes
    ]


def inscrites(
    *, pour: Agent, au: date, structure: int, debut: datetime, creneau: int | None, droits: Habilitation | None = None
) -> list[RendezVous]:
    """The people of one session, by name."""
    lignes = rendez_vous_visibles(pour=pour, au=au, droits=droits).filter(
        genre=GenreRendezVous.COLLECTIF, structure=structure, debut=debut, creneau=creneau
    )
    return list(
        lignes.exclude(statut=S.ANNULE)
        .select_related("personne", "structure", "creneau__lieu", "agent")
        .order_by("personne__nom", "personne__prenom", "pk")
    )


# Parts --------------------------------------------------------------------------------------------------------------
def _mots(texte: str) -> list[str]:
    sans_accent = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c if c.isalnum() else " " for c in sans_accent if not unicodedata.combining(c)).split()


def _commence(rdv: RendezVous, mot: str) -> bool:
    p, heure = rdv.personne, rdv.debut.astimezone(PARIS)
    noms = _mots(f"{p.nom} {p.nom_naissance} {p.prenom}")
    if mot.isdecimal():
        return any(h.startswith(mot) for h in (f"{heure:%H%M}", f"{heure:%H%M}".lstrip("0"), f"{heure:%M}"))
    return any(nom.startswith(mot) for nom in noms)
