"""Asking for another orientation (C. trav. D5411-8-2): the month of the contract is interrupted meanwhile (E12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import MOYENS, courriers_de_l_objet, date_certaine_de
from cordee.metier.courriers.services import emettre, noter_remise
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.enums import (
    Demandeur,
    IssueReorientation,
    MotifRefusReorientation,
    MotifReorientation,
)
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.orientation.services.lettres import donnees_refus_reorientation
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

OBJET = "demande_reorientation"
_CANAL = {moyen: canal for canal, moyens in MOYENS.items() for moyen in moyens}


class ReorientationRefusee(ErreurMetier):
    """The request, its answer or its notification cannot be recorded this way."""


@transaction.atomic
def demander_reorientation(
    *, personne: Personne, demandeur: Demandeur, motif: MotifReorientation, parole: str = "", souhait: str = "",
    par: Agent, le: datetime,
) -> Evenement:  # fmt: skip
    """Record the request; the decision (``decider`` or ``refuser_reorientation``) is due in one month.

    Args:
        parole: the person's own words, kept as she says them, whoever asks.
        souhait: where she would like to go.

    Raises:
        TransitionInterdite: the person is not oriented yet, or a request is already waiting.
    """
    personne = verrouiller(personne)
    demande = DemandeReorientation(
        personne=personne, demandeur=Demandeur(demandeur), motif=MotifReorientation(motif), parole=parole.strip(),
        souhait=souhait.strip(), demandee_le=le, demandee_par=par,
    )  # fmt: skip
    enregistrer(demande)
    return consigner_un(
        genre=GenreEvenement.REORIENTATION_DEMANDEE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=demande.pk, donnees={"demandeur": str(demande.demandeur), "motif": str(demande.motif)},
    )  # fmt: skip


@transaction.atomic
def refuser_reorientation(
    *, personne: Personne, motif: MotifRefusReorientation, explication: str = "", par: Agent, le: datetime
) -> Evenement:
    """Refuse it, with a coded reason. The refusal is to be notified: the month starts again from that day (E12).

    The texts are silent on the clock after a refusal: parameter ``reorientation_refusee_repart``.

    Raises:
        TransitionInterdite: no request is waiting.
    """
    personne = verrouiller(personne)
    motif = MotifRefusReorientation(motif)
    demande = _en_attente(personne)
    evenement = consigner_un(
        genre=GenreEvenement.REORIENTATION_REFUSEE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=demande.pk if demande else None, donnees={"motif": str(motif), "a_notifier": True},
    )  # fmt: skip
    if demande is None:  # asked before requests had a row of their own
        demande = DemandeReorientation(
            personne=personne, demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SITUATION, demandee_le=le,
            demandee_par=par,
        )  # fmt: skip
    demande.issue, demande.motif_refus, demande.explication = IssueReorientation.REFUSEE, motif, explication.strip()
    demande.decidee_le, demande.decidee_par = le, par
    demande.save()
    return evenement


@transaction.atomic
def remettre_refus(*, personne: Personne, le_jour: date | None = None, par: Agent, le: datetime) -> Courrier:
    """The refusal handed over against signature: its date is certain, the month starts again.

    Raises:
        ReorientationRefusee: no refusal waits, or the day is before it or to come.
    """
    demande = _a_notifier(verrouiller(personne))
    remis_le = le_jour or jour(le)
    if not jour(demande.decidee_le or le) <= remis_le <= jour(le):
        raise ReorientationRefusee("Indiquez une date entre celle du refus et aujourd'hui.")
    courrier = _ecrire(demande, MoyenRemise.REMISE_MAIN_PROPRE, EtatRemise.RECUE, remis_le, par=par, le=le)
    _rendre_certain(demande, courrier, remis_le, par=par, le=le)
    return courrier


@transaction.atomic
def envoyer_refus(*, personne: Personne, moyen: MoyenRemise, par: Agent, le: datetime) -> Courrier:
    """The refusal sent by a means that will prove its reception; the month waits for that day.

    Raises:
        ReorientationRefusee: no refusal waits, or the means proves nothing.
        EnvoiImpossible: address unknown or returned, discretion, sendings blocked.
    """
    moyen = MoyenRemise(moyen)
    if moyen not in (MoyenRemise.LRAR, MoyenRemise.LRE):
        raise ReorientationRefusee("Ce moyen ne prouve pas la date de réception : choisissez un recommandé.")
    demande = _a_notifier(verrouiller(personne))
    return _ecrire(demande, moyen, EtatRemise.ENVOYEE, jour(le), par=par, le=le)


@transaction.atomic
def constater_remise_du_refus(
    *, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime
) -> Courrier:
    """What became of the letter that notifies the refusal; a certain date starts the month again.

    Raises:
        RemiseImpossible: the state cannot follow.
    """
    verrouiller(courrier.personne)
    courrier = noter_remise(courrier=courrier, etat=etat, le_jour=le_jour, par=par, le=le)
    certaine = date_certaine_de(courrier)
    demande = DemandeReorientation.objects.select_related("personne").filter(pk=courrier.objet_id or 0).first()
    if certaine and demande and demande.refus_notifie_le is None and not courrier.au_representant:
        _rendre_certain(demande, courrier, certaine, par=par, le=le)
    return courrier


def lettres_du_refus(demande: DemandeReorientation) -> list[Courrier]:
    """The letters that notify a refusal, with their states."""
    return list(courriers_de_l_objet(OBJET, demande.pk))


def refus_a_notifier(personne: Personne) -> DemandeReorientation | None:
    """The refused request whose refusal has no certain date yet."""
    refusees = DemandeReorientation.objects.filter(
        personne__in=ids_du_groupe(personne), issue=IssueReorientation.REFUSEE, refus_notifie_le__isnull=True
    )
    return refusees.select_related("personne").order_by("-decidee_le").first()


# Parts --------------------------------------------------------------------------------------------------------------
def _en_attente(personne: Personne) -> DemandeReorientation | None:
    return DemandeReorientation.objects.filter(
        personne__in=ids_du_groupe(personne), issue=IssueReorientation.EN_ATTENTE
    ).first()


def _a_notifier(personne: Personne) -> DemandeReorientation:
    demande = refus_a_notifier(personne)
    if demande is None:
        raise ReorientationRefusee("Aucun refus de réorientation n'attend d'être notifié.")
    return demande


def _ecrire(
    demande: DemandeReorientation, moyen: MoyenRemise, etat: EtatRemise, etat_le: date, *, par: Agent, le: datetime
) -> Courrier:
    main_propre = moyen is MoyenRemise.REMISE_MAIN_PROPRE
    s = situation_courante(demande.personne)
    structure = Structure.objects.filter(pk=s.referent_structure or 0).select_related("commune").first()
    return emettre(
        personne=demande.personne, genre=GenreCourrier.REFUS_REORIENTATION, objet_type=OBJET, objet_id=demande.pk,
        canal=Canal.GUICHET if main_propre else _CANAL[moyen], moyen=moyen, etat=etat, etat_le=etat_le,
        donnees=donnees_refus_reorientation(
            demande, structure=structure, signataire=par, remis_le=etat_le if main_propre else None
        ),
        par=par, le=le,
    )  # fmt: skip


def _rendre_certain(
    demande: DemandeReorientation, courrier: Courrier, certaine: date, *, par: Agent, le: datetime
) -> None:
    demande.refus_notifie_le = certaine
    demande.save(update_fields=["refus_notifie_le"])
    consigner_un(
        genre=GenreEvenement.REFUS_NOTIFIE, personne=demande.personne, par=par, le=le, objet_type=OBJET,
        objet_id=demande.pk, donnees={"le": certaine.isoformat(), "courrier": courrier.pk},
    )  # fmt: skip
