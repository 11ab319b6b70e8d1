"""Sessions: a year ahead from a rhythm, members invited, their replies, substitutes called, a session cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from cordee.metier.devoirs.enums_ep import GenreActeSeance, GenreCollege, ReponseMembre, StatutSeance
from cordee.metier.devoirs.models import ActeSeance, MembreEP, ParticipationEP, PassageEP, ReglementEP, SeanceEP
from cordee.metier.devoirs.regles.ep_calendrier import DateProposee, Rythme, dates_de_l_annee
from cordee.metier.devoirs.selectors.ep import membres_au, reglement_en_vigueur
from cordee.metier.organismes.models import Agent
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour


class SeanceRefusee(ErreurMetier):
    """The session cannot be planned, answered or changed this way."""


def verrouiller_seance(seance: SeanceEP) -> SeanceEP:
    """The row of a session, held until the end of the act: two people never renumber the same agenda at once."""
    SeanceEP.objects.select_for_update().get(pk=seance.pk)
    return SeanceEP.objects.select_related("reglement").get(pk=seance.pk)


def noter(
    seance: SeanceEP, genre: GenreActeSeance, *, par: Agent, le: datetime, passage: PassageEP | None = None,
    membre: MembreEP | None = None, precision: str = "",
) -> ActeSeance:  # fmt: skip
    """One line of the thread of a session."""
    return ActeSeance.objects.create(
        seance=seance, genre=genre, passage=passage, membre=membre, precision=precision[:200], par=par, le=le
    )


def proposer_dates(*, rythme: Rythme, du: date, au: date) -> list[DateProposee]:
    """The dates a rhythm gives under the règlement in force, to be looked at before anything is planned.

    Raises:
        ReglementAbsent: no règlement on the first day.
        SeanceRefusee: more than two years at once, or a period in disorder.
    """
    if not du <= au <= du + timedelta(days=731):
        raise SeanceRefusee("Choisissez une période de deux ans au plus, la fin après le début.")
    return dates_de_l_annee(rythme, du=du, au=au, sans_aout=reglement_en_vigueur(du).sans_aout)


@transaction.atomic
def planifier_seances(
    *, dates: Sequence[date], heure: time, minutes: int, lieu: str, par: Agent, le: datetime
) -> list[SeanceEP]:  # fmt: skip
    """Plan sessions on these days, with their members; a day that already has one is left as it is.

    Each takes the règlement of its own day, else that of today: a version adopted later does not change it.

    Raises:
        SeanceRefusee: a day in the past, no place, a session without a length.
        ReglementAbsent: no règlement in force today either.
    """
    if not lieu.strip() or not 15 <= minutes <= 600:
        raise SeanceRefusee("Indiquez le lieu, et une durée entre un quart d'heure et dix heures.")
    if any(d < jour(le) for d in dates):
        raise SeanceRefusee("Une séance se planifie pour un jour à venir.")
    prises = {
        jour(debut)
        for debut in SeanceEP.objects.exclude(statut=StatutSeance.ANNULEE).values_list("debut", flat=True)
    }  # fmt: skip
    faites = []
    for d in sorted(set(dates) - prises):
        debut = datetime.combine(d, heure, tzinfo=PARIS)
        seance = SeanceEP(
            reglement=_reglement(d, jour(le)), debut=debut, fin=debut + timedelta(minutes=minutes), lieu=lieu.strip(),
            secretaire=par,
        )  # fmt: skip
        enregistrer(seance)
        noter(seance, GenreActeSeance.CREEE, par=par, le=le)
        faites.append(seance)
    return faites


def _reglement(du_jour: date, aujourdhui: date) -> ReglementEP:
    try:
        return reglement_en_vigueur(du_jour)
    except ErreurMetier:
        return reglement_en_vigueur(aujourdhui)


@transaction.atomic
def inviter_membres(*, seance: SeanceEP, par: Agent, le: datetime) -> int:
    """Invite the titulars of the day; substitutes wait in reserve. Returns how many are invited now.

    The invitation stands on each member's own page, where she answers in one tap.

    Raises:
        SeanceRefusee: the session has begun or is cancelled, or nobody sits.
    """
    courante = seance_a_venir(seance)
    membres = list(membres_au(jour(courante.debut)))
    if not any(m.titulaire for m in membres):
        raise SeanceRefusee("Aucun titulaire ne siège ce jour-là : nommez les membres d'abord.")
    connus = {p.membre_id: p for p in ParticipationEP.objects.filter(seance=courante)}
    invites = 0
    for m in membres:
        ligne = connus.get(m.pk) or ParticipationEP(seance=courante, membre=m)
        if m.titulaire and ligne.invite_le is None:
            ligne.invite_le = le
            invites += 1
        ligne.save()
    if courante.statut == StatutSeance.PLANIFIEE:
        courante.statut = StatutSeance.CONVOQUEE
        courante.save(update_fields=["statut"])
    noter(courante, GenreActeSeance.INVITEE, par=par, le=le, precision=f"{invites} titulaires")
    return invites


@transaction.atomic
def appeler_suppleants(*, seance: SeanceEP, college: GenreCollege, par: Agent, le: datetime) -> int:
    """Invite the substitutes of a college that have not been. Returns how many.

    Raises:
        SeanceRefusee: the session has begun, or no substitute is left.
    """
    courante = seance_a_venir(seance)
    college = GenreCollege(college)
    for m in membres_au(jour(courante.debut)).filter(college=college, titulaire=False):
        ParticipationEP.objects.get_or_create(seance=courante, membre=m)
    reserve = ParticipationEP.objects.filter(
        seance=courante, membre__college=college, membre__titulaire=False, invite_le__isnull=True
    )
    appeles = reserve.update(invite_le=le)
    if not appeles:
        raise SeanceRefusee(f"Tous les suppléants du collège « {college.libelle} » sont déjà invités.")
    noter(courante, GenreActeSeance.INVITEE, par=par, le=le, precision=f"{appeles} suppléants, {college.libelle}")
    return appeles


@transaction.atomic
def repondre(
    *, participation: ParticipationEP, reponse: ReponseMembre, par: Agent, le: datetime
) -> ParticipationEP:  # fmt: skip
    """A member says whether she comes; the secretary may note it for her. She may change her mind until it begins.

    Raises:
        SeanceRefusee: not invited, or the session has begun.
    """
    ligne = ParticipationEP.objects.select_for_update(of=("self",)).select_related("seance").get(pk=participation.pk)
    if not ligne.seance.statut_lu.a_venir:
        raise SeanceRefusee("Cette séance a commencé ou n'aura pas lieu : la réponse ne change plus.")
    if ligne.invite_le is None:
        ligne.invite_le = le  # called by phone
    ligne.reponse, ligne.repondu_le = ReponseMembre(reponse), le
    ligne.save(update_fields=["reponse", "repondu_le", "invite_le"])
    return ligne


def seance_a_venir(seance: SeanceEP) -> SeanceEP:
    """The session, held, if it has not begun.

    Raises:
        SeanceRefusee: it has begun or will not take place.
    """
    courante = verrouiller_seance(seance)
    if not courante.statut_lu.a_venir:
        raise SeanceRefusee("Cette séance a commencé ou n'aura pas lieu : elle ne se change plus.")
    return courante
