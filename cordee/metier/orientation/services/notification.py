"""Notifying the decision: only a reception whose date is certain starts the clocks (C. trav. R5411-8-1, E11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import KIND_COURRIER
from cordee.metier.courriers.selectors import MOYENS, courriers_de_l_objet, date_certaine_de
from cordee.metier.courriers.services import emettre, noter_remise
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services.decision import OBJET
from cordee.metier.orientation.services.lettres import delais_enonces, donnees_notification
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

_CANAL = {moyen: canal for canal, moyens in MOYENS.items() for moyen in moyens}


class NotificationRefusee(ErreurMetier):
    """The decision cannot be notified this way."""


@transaction.atomic
def remettre_en_main_propre(
    *, orientation: Orientation, le_jour: date | None = None, par: Agent, le: datetime
) -> Courrier:
    """Handed over against signature: one click, the date is certain. A representative gets a copy (E28).

    Raises:
        NotificationRefusee: already notified, replaced, or the day is before the decision or to come.

    """
    orientation = _en_vigueur(orientation)
    jour_remise = le_jour or jour(le)
    if not jour(orientation.decidee_le) <= jour_remise <= jour(le):
        raise NotificationRefusee("Indiquez une date entre celle de la décision et aujourd'hui.")
    courrier = _notifier(orientation, MoyenRemise.REMISE_MAIN_PROPRE, EtatRemise.RECUE, jour_remise, par=par, le=le)
    _rendre_certaine(orientation, courrier, jour_remise, par=par, le=le)
    return courrier


@transaction.atomic
def envoyer_notification(*, orientation: Orientation, moyen: MoyenRemise, par: Agent, le: datetime) -> Courrier:
    """Sent by a means that will prove its reception. Until then the month of the contract is provisional.

    Raises:
        NotificationRefusee: means that proves nothing, or hand-over (use ``remettre_en_main_propre``).
        EnvoiImpossible: address unknown or returned, discretion, sendings blocked.

    """
    orientation, moyen = _en_vigueur(orientation), MoyenRemise(moyen)
    admis = KIND_COURRIER[GenreCourrier.NOTIFICATION_ORIENTATION].moyens - {MoyenRemise.REMISE_MAIN_PROPRE}
    if moyen not in admis:
        noms = ", ".join(m.libelle.lower() for m in MoyenRemise if m in admis)
        raise NotificationRefusee(f"Ce moyen ne prouve pas la date de réception. Choisissez : {noms}.")
    courrier = _notifier(orientation, moyen, EtatRemise.ENVOYEE, jour(le), par=par, le=le)
    consigner_un(
        genre=GenreEvenement.NOTIFICATION_ENVOYEE, personne=orientation.personne, par=par, le=le,
        donnees={"courrier": courrier.pk}, objet_type=OBJET, objet_id=orientation.pk,
    )  # fmt: skip
    return courrier


@transaction.atomic
def constater_remise(*, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime) -> Courrier:
    """Record what became of the letter that notifies a decision; a certain date starts the month of the contract.

    Refused, or not claimed: the day of the first presentation counts. Returned (NPAI): no date, the address is to be
    checked. A copy to the representative starts nothing by itself.

    Raises:
        RemiseImpossible: the state cannot follow.

    """
    verrouiller(courrier.personne)
    courrier = noter_remise(courrier=courrier, etat=etat, le_jour=le_jour, par=par, le=le)
    if courrier.objet_type != OBJET or courrier.au_representant:
        return courrier
    certaine = date_certaine_de(courrier)
    orientation = Orientation.objects.select_related("personne").filter(pk=courrier.objet_id or 0).first()
    if certaine is None or orientation is None or orientation.notifiee_le is not None:
        return courrier
    actuelle = situation_courante(orientation.personne).orientation
    if orientation.fin is None and actuelle is not None and actuelle.id == orientation.pk:
        _rendre_certaine(orientation, courrier, certaine, par=par, le=le)
    else:
        orientation.notifiee_le = certaine
        orientation.save(update_fields=["notifiee_le"])
    return courrier


def notifications_de(orientation: Orientation) -> list[Courrier]:
    """The letters that notify a decision, with their states."""
    return list(courriers_de_l_objet(OBJET, orientation.pk))


# Parts --------------------------------------------------------------------------------------------------------------
def _en_vigueur(orientation: Orientation) -> Orientation:
    verrouiller(orientation.personne)
    fraiche = Orientation.objects.select_related("personne", "structure", "structure__commune").get(pk=orientation.pk)
    actuelle = situation_courante(fraiche.personne).orientation
    if fraiche.fin is not None or actuelle is None or actuelle.id != fraiche.pk:
        raise NotificationRefusee("Cette décision a été remplacée : notifiez la nouvelle.")
    if fraiche.notifiee_le is not None:
        raise NotificationRefusee(f"Cette décision a été notifiée le {fraiche.notifiee_le:%d/%m/%Y}.")
    return fraiche


def _notifier(
    orientation: Orientation, moyen: MoyenRemise, etat: EtatRemise, etat_le: date, *, par: Agent, le: datetime
) -> Courrier:
    main_propre = moyen is MoyenRemise.REMISE_MAIN_PROPRE
    return emettre(
        personne=orientation.personne, genre=GenreCourrier.NOTIFICATION_ORIENTATION,
        canal=Canal.GUICHET if main_propre else _CANAL[moyen], moyen=moyen, objet_type=OBJET, objet_id=orientation.pk,
        donnees=donnees_notification(
            orientation, signataire=par, main_propre=main_propre, remise_le=etat_le if main_propre else None
        ),
        delais=delais_enonces(orientation), etat=etat, etat_le=etat_le, par=par, le=le,
    )  # fmt: skip


def _rendre_certaine(orientation: Orientation, courrier: Courrier, certaine: date, *, par: Agent, le: datetime) -> None:
    orientation.notifiee_le = certaine
    orientation.save(update_fields=["notifiee_le"])
    consigner_un(
        genre=GenreEvenement.DATE_CERTAINE, personne=orientation.personne, par=par, le=le,
        donnees={"le": certaine.isoformat(), "courrier": courrier.pk}, objet_type=OBJET, objet_id=orientation.pk,
    )  # fmt: skip
