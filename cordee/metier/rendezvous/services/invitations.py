"""Invite a person to choose her date herself, behind her personal link: no date is given first (ADR 0017)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import empechement
from cordee.metier.courriers.services import EnvoiImpossible, emettre
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.selectors.campagne_besoins import refus_du_parcours
from cordee.metier.rendezvous.selectors.liens import creneaux_proposables
from cordee.metier.rendezvous.services.lettres import donnees_invitation
from cordee.metier.rendezvous.services.liens import OBJET_INVITATION, adresse, invitations_ouvertes
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

VALIDITE = timedelta(days=21)
CANAUX = (Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.GUICHET)
"""A link is read: a call cannot carry it, and her page opens only with it."""


class InvitationRefusee(ErreurMetier):
    """She cannot be invited to choose; the sentence says what to do instead."""


@transaction.atomic
def inviter(
    *, personne: Personne, genre: GenreRendezVous, modalite: ModaliteRendezVous, structure: Structure, canal: Canal,
    par: Agent, le: datetime,
) -> Courrier:  # fmt: skip
    """Open a link behind which she chooses her date, until the evening of the last day, and write the letter of it.

    No event: the étape stays « Convoquer », its clock goes on until she has a date. An invitation never stops a
    legal clock, and not answering it is nothing.

    Raises:
        InvitationRefusee: no second fact, no public address, no free slot, an appointment or an invitation already,
            or a path that allows no convocation.
        EnvoiImpossible: the way is closed to her.
    """
    personne, genre, canal = verrouiller(personne), GenreRendezVous(genre), Canal(canal)
    if refus := refus_general(personne):
        raise InvitationRefusee(refus)
    if canal not in CANAUX:
        raise InvitationRefusee(
            "Une invitation porte un lien : choisissez le courrier, le SMS, le courriel ou le guichet."
        )
    if raison := empechement(personne=personne, genre=GenreCourrier.INVITATION, canal=canal, au=jour(le)):
        raise EnvoiImpossible(raison)
    if refuse := refus_du_parcours(situation_courante(personne), le=le):
        raise InvitationRefusee(refuse[1])
    _exiger_ni_rendez_vous_ni_invitation(personne, genre, le=le)
    dernier_soir = datetime.combine(jour(le + VALIDITE) - timedelta(days=1), time(23, 59, 59), tzinfo=PARIS)
    lien = LienPersonnel(
        personne=personne, structure=structure, genre=genre, modalite=ModaliteRendezVous(modalite), cree_le=le,
        expire_le=dernier_soir,
    )  # fmt: skip
    if not creneaux_proposables(lien, le=le).exists():
        raise InvitationRefusee(
            f"{structure.nom} n'a aucun créneau libre à proposer : ouvrez des créneaux, ou convoquez la personne à "
            "une date fixée à la main."
        )
    enregistrer(lien)
    return emettre(
        personne=personne, genre=GenreCourrier.INVITATION, canal=canal, objet_type=OBJET_INVITATION, objet_id=lien.pk,
        donnees=donnees_invitation(lien, adresse=adresse(lien)), par=par, le=le,
        etat=EtatRemise.RECUE if canal is Canal.GUICHET else None,
    )  # fmt: skip


def refus_general(personne: Personne) -> str:
    """Why this person can be invited by no way at all; an empty text when she can."""
    if not settings.URL_PUBLIQUE:
        return "L'adresse de ce site pour les personnes n'est pas réglée (CORDEE_URL) : convoquez à une date donnée."
    if personne.date_naissance is None:
        return (
            "Sa date de naissance est inconnue : elle ne pourrait pas ouvrir son lien. Complétez son identité, ou "
            "convoquez-la à une date donnée."
        )
    return ""


def _exiger_ni_rendez_vous_ni_invitation(personne: Personne, genre: GenreRendezVous, *, le: datetime) -> None:
    """Nobody is asked twice for the same thing. Invitations nobody answered in time are closed."""
    ids = ids_du_groupe(personne)
    attendu = RendezVous.objects.filter(personne__in=ids, genre=genre, statut=StatutRendezVous.PREVU, fin__gt=le)
    if rdv := attendu.order_by("debut").first():
        raise InvitationRefusee(
            f"Elle a déjà un rendez-vous le {rdv.debut.astimezone(PARIS):%d/%m/%Y à %H:%M} : déplacez-le s'il ne "
            "convient pas."
        )
    siennes = LienPersonnel.objects.filter(personne__in=ids, genre=genre, rendez_vous__isnull=True)
    if ouverte := invitations_ouvertes(le).filter(personne__in=ids, genre=genre).first():
        raise InvitationRefusee(
            f"Elle est déjà invitée à choisir une date jusqu'au {jour(ouverte.expire_le):%d/%m/%Y} : convoquez-la si "
            "elle ne répond pas."
        )
    siennes.filter(revoque_le__isnull=True).update(revoque_le=le)
