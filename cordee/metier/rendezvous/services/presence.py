"""The desk, one tap at a time (R1, R2): arrived, late, left, received, absent; walk-ins; undo.

Only being received, and an absence, move the path. The hours of the desk stand on the appointment and move nothing: a
person who came and left before anybody received her is *excused*, never absent: the failure is ours (E07).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import annuler_evenement, consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.personnes.services import rattacher
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifExcuse, MotifVenue
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services.agenda import (
    DUREE_SANS_RENDEZ_VOUS,
    OBJET,
    RendezVousImpossible,
    S,
    constater,
    passer,
)
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import PARIS, jour

RETARD_MAXIMUM = 240
_CONSTATS = (GenreEvenement.PRESENCE, GenreEvenement.ABSENCE)
# Somebody may come: expected, or noted absent too soon (R1).
_PEUVENT_ARRIVER = frozenset({S.PREVU, S.ABSENT, S.EXCUSE})


@transaction.atomic
def annoncer_retard(
    *, rendez_vous: RendezVous, minutes: int, version: int | None = None, par: Agent, le: datetime
) -> RendezVous:
    """She called: she comes, ``minutes`` late. She keeps her turn and is not to be noted absent.

    Raises:
        RendezVousImpossible: not a delay of 1 to 240 minutes; she is here already, or no longer expected today.
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _du_jour(rendez_vous, version, le)
    if rdv.statut != S.PREVU or rdv.arrive_le is not None:
        raise RendezVousImpossible("Cette personne n'est plus attendue, ou elle est déjà là.")
    if not 1 <= minutes <= RETARD_MAXIMUM:
        raise RendezVousImpossible("Indiquez un retard d'une minute à quatre heures.")
    rdv.retard_annonce = minutes
    return _poser(rdv, "retard_annonce")


@transaction.atomic
def noter_arrivee(*, rendez_vous: RendezVous, version: int | None = None, par: Agent, le: datetime) -> RendezVous:
    """She is here and waits. Nothing moves on her path before she is received.

    Raises:
        RendezVousImpossible: here already, received, or expected another day (see ``accueillir``).
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _du_jour(rendez_vous, version, le)
    if S(rdv.statut) not in _PEUVENT_ARRIVER:
        raise RendezVousImpossible(f"Ce rendez-vous est déjà « {S(rdv.statut).libelle.lower()} ».")
    if rdv.arrive_le is not None and rdv.parti_le is None:
        raise RendezVousImpossible(f"L'arrivée est déjà notée à {_heure(rdv.arrive_le)}.")
    rdv.arrive_le, rdv.parti_le = le, None
    return _poser(rdv, "arrive_le", "parti_le")


@transaction.atomic
def recevoir(
    *, rendez_vous: RendezVous, version: int | None = None, agent: Agent | None = None, par: Agent, le: datetime
) -> RendezVous:
    """Her turn: the interview begins, and her path moves. ``agent``: who receives, when the appointment named nobody.

    Raises:
        RendezVousImpossible: received already, or expected another day.
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _du_jour(rendez_vous, version, le)
    if rdv.statut == S.SANS_RENDEZ_VOUS:
        _exiger_presente(rdv)
        _consigner_presence(rdv, par=par, le=le)
    else:
        rdv = constater(rendez_vous=rdv, statut=S.HONORE, par=par, le=le)
    rdv.arrive_le, rdv.recu_le, rdv.parti_le = rdv.arrive_le or le, le, None
    if rdv.agent is None and agent is not None:
        rdv.agent = agent
    return _poser(rdv, "arrive_le", "recu_le", "parti_le", "agent")


@transaction.atomic
def noter_depart(*, rendez_vous: RendezVous, version: int | None = None, par: Agent, le: datetime) -> RendezVous:
    """She leaves. Before being received: excused, to be convened again. After: the hour is kept (R7), nothing moves.

    Raises:
        RendezVousImpossible: she had not arrived, or has left already.
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _du_jour(rendez_vous, version, le)
    if rdv.arrive_le is None:
        raise RendezVousImpossible("L'arrivée n'est pas notée : choisissez « Absence » ou « Absence excusée ».")
    if rdv.parti_le is not None:
        raise RendezVousImpossible(f"Le départ est déjà noté à {_heure(rdv.parti_le)}.")
    if S(rdv.statut) in (S.PREVU, S.ABSENT):
        rdv = constater(rendez_vous=rdv, statut=S.EXCUSE, par=par, le=le)
        rdv.motif_excuse = MotifExcuse.PARTIE_AVANT
    rdv.parti_le = le
    return _poser(rdv, "parti_le", "motif_excuse")


@transaction.atomic
def noter_absence(
    *, rendez_vous: RendezVous, motif: MotifExcuse | None = None, version: int | None = None, par: Agent, le: datetime
) -> RendezVous:
    """She did not come: unexcused without ``motif``, excused with it. Coded only: no detail of anybody's health.

    An absence before any contract calls for outreach, never for a procedure (E07).

    Raises:
        RendezVousImpossible: the hour (and the delay she announced) is not past, she arrived, or it is noted already.
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _verrouiller(rendez_vous, version)
    motif = MotifExcuse(motif) if motif else None
    if motif is MotifExcuse.PARTIE_AVANT:
        raise RendezVousImpossible("Notez d'abord l'arrivée, puis « Départ ».")
    if rdv.arrive_le is not None and rdv.statut == S.PREVU:
        raise RendezVousImpossible("Cette personne est arrivée : notez son départ avant l'entretien.")
    if motif is None and rdv.retard_annonce and (le - rdv.debut).total_seconds() < 60 * rdv.retard_annonce:
        raise RendezVousImpossible(
            f"{rdv.retard_annonce} minutes de retard sont annoncées : attendez avant de noter l'absence."
        )
    rdv = constater(rendez_vous=rdv, statut=S.EXCUSE if motif else S.ABSENT, par=par, le=le)
    rdv.motif_excuse = str(motif or "")
    return _poser(rdv, "motif_excuse")


@transaction.atomic
def accueillir(*, personne: Personne, structure: Structure, venue: MotifVenue, par: Agent, le: datetime) -> RendezVous:
    """A walk-in waits her turn: counted from the door, received by ``recevoir`` like the others (R2).

    Her coming opens her file to the structure she came to (``Rattachement`` of purpose « accueil »).

    Raises:
        RendezVousImpossible: she waits here already.
    """
    personne = verrouiller(personne)
    attend = RendezVous.objects.filter(
        personne=personne, structure=structure, statut=S.SANS_RENDEZ_VOUS, arrive_le__gte=_minuit(le),
        recu_le__isnull=True, parti_le__isnull=True,
    )  # fmt: skip
    if attend.exists():
        raise RendezVousImpossible("Cette personne attend déjà ici : son arrivée est notée.")
    rdv = RendezVous(
        personne=personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
        structure=structure, agent=None, debut=le, fin=le + DUREE_SANS_RENDEZ_VOUS, statut=S.SANS_RENDEZ_VOUS,
        arrive_le=le, venue=MotifVenue(venue), interprete=personne.langue if personne.interprete else "",
    )  # fmt: skip
    enregistrer(rdv)
    rattacher(
        personne=personne, structure=structure, agent=None, finalite=FinaliteRattachement.ACCUEIL, depuis=jour(le),
        par=par, le=le,
    )  # fmt: skip
    return rdv


@transaction.atomic
def annuler_geste(*, rendez_vous: RendezVous, version: int | None = None, par: Agent, le: datetime) -> RendezVous:
    """Undo the last tap of a line. What moved the path is corrected by its own event, never erased.

    Raises:
        RendezVousImpossible: nothing to undo.
        ActeRefuse: a later act rests on it (an interview was recorded…): it is corrected first.
        DonneesPerimees: a colleague changed the line meanwhile.
    """
    rdv = _verrouiller(rendez_vous, version)
    statut = S(rdv.statut)
    if statut is S.HONORE and rdv.parti_le is not None:
        rdv.parti_le = None
        return _poser(rdv, "parti_le")
    if statut is S.ABSENT and rdv.arrive_le is not None:
        rdv.arrive_le = None
        return _poser(rdv, "arrive_le")
    if statut in (S.HONORE, S.ABSENT, S.EXCUSE) or (statut is S.SANS_RENDEZ_VOUS and rdv.recu_le is not None):
        annuler_evenement(evenement=_constat(rdv), par=par, le=le)  # the reaction ``retablir`` gives the line back
        return _verrouiller(rendez_vous, None)
    if statut is S.SANS_RENDEZ_VOUS:
        if rdv.parti_le is not None:
            rdv.parti_le = None
            return _poser(rdv, "parti_le")
        passer(rdv, S.ANNULE)
        return rdv
    if rdv.arrive_le is None and rdv.retard_annonce is None:
        raise RendezVousImpossible("Il n'y a rien à annuler sur cette ligne.")
    champ = "arrive_le" if rdv.arrive_le is not None else "retard_annonce"
    setattr(rdv, champ, None)
    return _poser(rdv, champ)


# Parts --------------------------------------------------------------------------------------------------------------
def _verrouiller(rdv: RendezVous, version: int | None) -> RendezVous:
    """The person first, as everywhere, then the line. Of a file merged since, the person it was merged into."""
    verrouiller(rdv.personne.canonique or rdv.personne)
    lu = (
        RendezVous.objects.select_for_update(of=("self",))
        .select_related("personne", "structure", "agent")
        .get(pk=rdv.pk)
    )
    if version is not None and lu.version != version:
        raise DonneesPerimees("Un collègue a modifié cette ligne entre-temps : regardez-la avant de recommencer.")
    return lu


def _du_jour(rdv: RendezVous, version: int | None, le: datetime) -> RendezVous:
    lu = _verrouiller(rdv, version)
    if jour(lu.debut) != jour(le):
        raise RendezVousImpossible(
            f"Ce rendez-vous est le {lu.debut.astimezone(PARIS):%d/%m/%Y} : recevez la personne sans rendez-vous."
        )
    return lu


def _exiger_presente(rdv: RendezVous) -> None:
    if rdv.recu_le is not None:
        raise RendezVousImpossible("L'entretien a déjà eu lieu.")
    if rdv.parti_le is not None:
        raise RendezVousImpossible("Son départ est noté : annulez-le d'abord.")


def _consigner_presence(rdv: RendezVous, *, par: Agent, le: datetime) -> None:
    consigner_un(
        genre=GenreEvenement.PRESENCE, personne=rdv.personne.canonique or rdv.personne, par=par, le=le,
        donnees={"rendez_vous": rdv.pk}, objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip


def _constat(rdv: RendezVous) -> Evenement:
    """The event that says she was received or absent, not cancelled yet."""
    rangees = ids_du_groupe(rdv.personne.canonique or rdv.personne)
    annules = Evenement.objects.filter(personne__in=rangees, genre=GenreEvenement.ANNULATION).values_list(
        "donnees__evenement", flat=True
    )
    evenement = (
        Evenement.objects.filter(genre__in=_CONSTATS, objet_type=OBJET, objet_id=rdv.pk, personne__in=rangees)
        .exclude(pk__in=[pk for pk in annules if pk])
        .order_by("-pk")
        .first()
    )
    if evenement is None:
        raise RendezVousImpossible("Ce constat vient d'une reprise : corrigez-le depuis la fiche de la personne.")
    return evenement


def _poser(rdv: RendezVous, *champs: str) -> RendezVous:
    rdv.version += 1
    enregistrer(rdv, champs=[*champs, "version"])
    return rdv


def _minuit(le: datetime) -> datetime:
    return le.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)


def _heure(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%H:%M}"
