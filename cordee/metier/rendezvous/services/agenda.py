"""Convene, receive, move, cancel: each act moves the path by one event, and its letter waits to be sent."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.selectors import empechement
from cordee.metier.courriers.services import EnvoiImpossible, annuler_en_attente, emettre
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.services import rattacher
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.services.annexes import apres_annulations, apres_offres
from cordee.metier.rendezvous.services.lettres import donnees_convocation
from cordee.metier.rendezvous.services.liens import ouvrir_liens, suivre
from cordee.metier.rendezvous.services.occupation import (
    RendezVousImpossible,
    adresse_du_creneau,
    exiger_agent_libre,
    occuper,
)
from cordee.metier.rendezvous.services.places import TIENNENT, rendre, reprendre, verrouiller_creneaux
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour

OBJET = "rendez_vous"
S = StatutRendezVous
# What an appointment may become. Late arrivals are received: an absence noted too soon is corrected (R1).
SUITES = {
    S.PREVU: frozenset({S.HONORE, S.ABSENT, S.EXCUSE}),
    S.ABSENT: frozenset({S.HONORE, S.EXCUSE}),
    S.EXCUSE: frozenset({S.HONORE}),
}
# Handed over, or read on her own page: nothing has to leave.
_DIT_AUSSITOT = frozenset({Canal.GUICHET, Canal.ESPACE_PERSONNEL})
DUREE_SANS_RENDEZ_VOUS = timedelta(minutes=30)


@transaction.atomic
def convoquer(
    *, personne: Personne, genre: GenreRendezVous, modalite: ModaliteRendezVous, structure: Structure,
    agent: Agent | None, lieu: str, debut: datetime, duree_minutes: int, canal: Canal, par: Agent, le: datetime,
) -> RendezVous:  # fmt: skip
    """Offer an appointment: the row, its letter (waiting to be sent, or handed over at the counter), the event.

    A convocation rests on the mission of accompaniment (CASF L262-27), not on consent: the channel respects the
    person's opposition and her wish for discretion; a protected person's representative gets a copy.

    Raises:
        EnvoiImpossible: opposition, discretion, unknown or returned address, identity to arbitrate.
        TransitionInterdite: interrupted, left, deceased.
        RendezVousImpossible, ContrainteViolee: date in the past, or person or agent already taken at that hour.
    """
    personne = verrouiller(personne)
    fin = debut + timedelta(minutes=duree_minutes)
    if agent is not None:
        exiger_agent_libre(agent, debut, fin)
    return _offrir(
        RendezVous(
            personne=personne, genre=GenreRendezVous(genre), modalite=ModaliteRendezVous(modalite),
            structure=structure, agent=agent, lieu=lieu, debut=debut, fin=fin,
            interprete=personne.langue if personne.interprete else "",
        ),
        canal=Canal(canal), par=par, le=le,
    )  # fmt: skip


@transaction.atomic
def reserver(*, creneau: Creneau, personne: Personne, canal: Canal, par: Agent, le: datetime) -> RendezVous:
    """``convoquer`` on a slot: one of its places is taken, or nothing is written.

    A person who needs an interpreter gets half as long again (R47): a slot where her language is spoken, one planned
    longer, or this slot and the next one of the same agent, both held.

    Raises:
        RendezVousImpossible: no place left, slot closed or past, no time for an interpreter.
        EnvoiImpossible, TransitionInterdite, ContrainteViolee: as ``convoquer``.
    """
    personne = verrouiller(personne)
    return _offrir(_sur_creneau(creneau, personne, le=le), canal=Canal(canal), par=par, le=le)


def _sur_creneau(creneau: Creneau, personne: Personne, *, le: datetime) -> RendezVous:
    """Take the place (and the next slot's, for an interpreter); the appointment to be saved."""
    lu, suite = occuper(creneau, personne, le=le)
    return RendezVous(
        personne=personne, genre=lu.genre, modalite=lu.modalite, structure=lu.structure, agent=lu.agent,
        lieu=adresse_du_creneau(lu), debut=lu.debut, fin=suite.fin if suite else lu.fin, creneau=lu, suite=suite,
        interprete=personne.langue if personne.interprete else "",
    )  # fmt: skip


def _offrir(
    rdv: RendezVous, *, canal: Canal, par: Agent, le: datetime, remplace: RendezVous | None = None,
    introduction: str = "",
) -> RendezVous:  # fmt: skip
    if rdv.debut <= le:
        raise RendezVousImpossible("La date du rendez-vous est passée : choisissez une date à venir.")
    if raison := empechement(personne=rdv.personne, genre=GenreCourrier.CONVOCATION, canal=canal, au=jour(le)):
        raise EnvoiImpossible(raison)
    enregistrer(rdv)
    apres_offres([rdv], le=le)
    acte = uuid.uuid4()
    if remplace is not None:
        _consigner_annulation(remplace, MotifAnnulation.DEPLACE, par=par, le=le, acte=acte)
    consigner_un(
        genre=GenreEvenement.CONVOCATION, personne=rdv.personne, par=par, le=le, acte=acte,
        donnees={"rendez_vous": rdv.pk}, objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip
    donnees = donnees_convocation(
        rdv, deplace=remplace is not None, lien=_lien(rdv, remplace, par=par, le=le), introduction=introduction
    )
    emettre(
        personne=rdv.personne, genre=GenreCourrier.CONVOCATION, canal=canal, objet_type=OBJET, objet_id=rdv.pk,
        donnees=donnees, par=par, le=le,
        etat=EtatRemise.RECUE if canal in _DIT_AUSSITOT else None,
    )  # fmt: skip
    rattacher(
        personne=rdv.personne, structure=rdv.structure, agent=_de_la_structure(rdv, le=le),
        finalite=FinaliteRattachement.ORIENTATION, depuis=jour(le), par=par, le=le,
    )  # fmt: skip
    return rdv


def _lien(rdv: RendezVous, remplace: RendezVous | None, *, par: Agent, le: datetime) -> str:
    """The personal link of the former appointment opens the new one; a first appointment gets its own."""
    return (suivre(remplace, rdv) if remplace is not None else "") or ouvrir_liens([rdv], par=par, le=le).get(
        rdv.pk, ""
    )


@transaction.atomic
def deplacer(
    *, rendez_vous: RendezVous, version: int, canal: Canal, par: Agent, le: datetime, debut: datetime | None = None,
    duree_minutes: int | None = None, lieu: str | None = None, agent: Agent | None = None,
    creneau: Creneau | None = None, introduction: str = "",
) -> RendezVous:  # fmt: skip
    """Offer another date instead, on a slot or at an hour made by hand (one of ``creneau`` and ``debut``).

    The former appointment is cancelled and gives its place back; the new one has its own letter, which begins with
    ``introduction`` (an apology) when one is given.

    Raises:
        DonneesPerimees: somebody changed the appointment meanwhile.
        RendezVousImpossible: it is no longer expected; the slot is full, closed or past.
    """
    if (debut is None) == (creneau is None):
        raise RendezVousImpossible("Choisissez un créneau, ou une date et une heure.")
    personne = verrouiller(rendez_vous.personne)
    ancien = _verrouille(rendez_vous)
    if ancien.version != version:
        raise DonneesPerimees("Ce rendez-vous a changé entre-temps : vérifiez-le avant de le déplacer.")
    _exiger_prevu(ancien)
    if creneau is not None:
        verrouiller_creneaux(pk for pk in (ancien.creneau_id, ancien.suite_id, creneau.pk) if pk is not None)
        passer(ancien, S.ANNULE)
        nouveau = _sur_creneau(creneau, personne, le=le)
    else:
        nouveau = _a_la_main(ancien, debut, duree_minutes=duree_minutes, lieu=lieu, agent=agent or ancien.agent)
        passer(ancien, S.ANNULE)
    return _offrir(nouveau, canal=Canal(canal), par=par, le=le, remplace=ancien, introduction=introduction)


def _a_la_main(
    ancien: RendezVous, debut: datetime | None, *, duree_minutes: int | None, lieu: str | None, agent: Agent | None
) -> RendezVous:
    """The same appointment at an hour chosen freely."""
    assert debut is not None  # noqa: S101 - one of slot and hour is given (``deplacer``)
    fin = debut + (timedelta(minutes=duree_minutes) if duree_minutes else ancien.fin - ancien.debut)
    if agent is not None:
        exiger_agent_libre(agent, debut, fin, sauf=ancien)
    return RendezVous(
        personne=ancien.personne, genre=ancien.genre, modalite=ancien.modalite, structure=ancien.structure,
        agent=agent, lieu=ancien.lieu if lieu is None else lieu, debut=debut, fin=fin, interprete=ancien.interprete,
    )  # fmt: skip


@transaction.atomic
def annuler(*, rendez_vous: RendezVous, motif: MotifAnnulation, par: Agent, le: datetime) -> RendezVous:
    """Cancel an expected appointment; its letter does not leave if it has not.

    Raises:
        RendezVousImpossible: it is no longer expected.
    """
    verrouiller(rendez_vous.personne)
    rdv = _verrouille(rendez_vous)
    _exiger_prevu(rdv)
    passer(rdv, S.ANNULE)
    _consigner_annulation(rdv, MotifAnnulation(motif), par=par, le=le, acte=None)
    return rdv


@transaction.atomic
def constater(*, rendez_vous: RendezVous, statut: StatutRendezVous, par: Agent, le: datetime) -> RendezVous:
    """Record that she came, did not come, or excused herself.

    An absence before any contract calls for outreach, never for a procedure (E07). A late arrival corrects it.

    Raises:
        RendezVousImpossible: absence recorded before the hour, or state that cannot follow.
    """
    personne = verrouiller(rendez_vous.personne.canonique or rendez_vous.personne)  # noted on a row merged since
    rdv, statut = _verrouille(rendez_vous), StatutRendezVous(statut)
    if statut not in SUITES.get(S(rdv.statut), frozenset()):
        raise RendezVousImpossible(f"Ce rendez-vous est déjà « {S(rdv.statut).libelle.lower()} ».")
    if statut is S.ABSENT and le < rdv.debut:
        raise RendezVousImpossible("L'heure du rendez-vous n'est pas passée : l'absence ne peut pas être notée.")
    if statut is S.HONORE and jour(le) < jour(rdv.debut):
        raise RendezVousImpossible("Le rendez-vous est à venir : enregistrez une venue sans rendez-vous.")
    passer(rdv, statut)
    venue = statut is S.HONORE
    donnees = {"rendez_vous": rdv.pk} if venue else {"rendez_vous": rdv.pk, "excusee": statut is S.EXCUSE}
    consigner_un(
        genre=GenreEvenement.PRESENCE if venue else GenreEvenement.ABSENCE, personne=personne, par=par, le=le,
        survenu_le=min(le, rdv.debut), donnees=donnees, objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip
    return rdv


@transaction.atomic
def recevoir_sans_rendez_vous(*, personne: Personne, structure: Structure, par: Agent, le: datetime) -> RendezVous:
    """She came without an appointment, on another day or at another place: received and counted (R2)."""
    personne = verrouiller(personne)
    rdv = RendezVous(
        personne=personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
        structure=structure, agent=par, debut=le, fin=le + DUREE_SANS_RENDEZ_VOUS, statut=S.SANS_RENDEZ_VOUS,
    )  # fmt: skip
    enregistrer(rdv)
    consigner_un(
        genre=GenreEvenement.PRESENCE, personne=personne, par=par, le=le, donnees={"rendez_vous": rdv.pk},
        objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip
    rattacher(
        personne=personne, structure=structure, agent=None, finalite=FinaliteRattachement.ACCUEIL, depuis=jour(le),
        par=par, le=le,
    )  # fmt: skip
    return rdv


# Parts --------------------------------------------------------------------------------------------------------------
def _verrouille(rdv: RendezVous) -> RendezVous:
    return (
        RendezVous.objects.select_for_update(of=("self",))
        .select_related("personne", "structure", "agent")
        .get(pk=rdv.pk)
    )


def _de_la_structure(rdv: RendezVous, *, le: datetime) -> Agent | None:
    """The interviewer, where she works in the structure that receives (not when she only lends a hand there)."""
    if rdv.agent is None:
        return None
    return agents_de(rdv.structure, au=jour(le)).filter(pk=rdv.agent.pk).first()


def _exiger_prevu(rdv: RendezVous) -> None:
    if rdv.statut != S.PREVU:
        raise RendezVousImpossible(f"Ce rendez-vous n'est plus attendu : {S(rdv.statut).libelle.lower()}.")


def passer(rdv: RendezVous, statut: StatutRendezVous) -> None:
    """Change the state of an appointment; screens opened before are out of date. Its place follows.

    Excused or cancelled, it gives its place back; expected or honoured again, it takes it back, or stands without a
    slot when somebody else has the place by then.
    """
    champs = ["statut", "version"]
    tenait, tient = S(rdv.statut) in TIENNENT, statut in TIENNENT
    if tenait and not tient:
        rendre(rdv.creneau_id, rdv.suite_id)
    elif tient and not tenait and rdv.creneau_id is not None and not reprendre(rdv):
        rdv.creneau = rdv.suite = None
        champs += ["creneau", "suite"]
    if rdv.motif_excuse and statut is not S.EXCUSE:
        rdv.motif_excuse = ""
        champs.append("motif_excuse")
    rdv.statut, rdv.version = statut, rdv.version + 1
    enregistrer(rdv, champs=champs)


def _consigner_annulation(
    rdv: RendezVous, motif: MotifAnnulation, *, par: Agent, le: datetime, acte: uuid.UUID | None
) -> None:
    annuler_en_attente(par=par, le=le, objet_type=OBJET, objets=[rdv.pk])
    apres_annulations([rdv.pk])
    consigner_un(
        genre=GenreEvenement.RENDEZ_VOUS_ANNULE, personne=rdv.personne, par=par, le=le, acte=acte,
        donnees={"rendez_vous": rdv.pk, "motif": motif.value}, objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip
