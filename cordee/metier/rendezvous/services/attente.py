"""The waiting list: a freed place goes to the oldest deadline that it suits."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.models import Etape
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutAttente, StatutRendezVous
from cordee.metier.rendezvous.models import Attente, Creneau, RendezVous
from cordee.metier.rendezvous.selectors.attente import premiere_pour
from cordee.metier.rendezvous.services.agenda import reserver
from cordee.metier.rendezvous.services.occupation import RendezVousImpossible
from cordee.socle.contraintes import enregistrer
from cordee.socle.horloge import jour


@transaction.atomic
def mettre_en_attente(
    *, personne: Personne, structure: Structure, genre: GenreRendezVous, par: Agent, le: datetime,
    echeance: date | None = None, modalite: ModaliteRendezVous | None = None,
) -> Attente:  # fmt: skip
    """No slot suits her: she waits for one. ``echeance``: by default that of the step she is at, or today.

    Raises:
        RendezVousImpossible: she has such an appointment to come.
        ContrainteViolee: she waits for it already.
    """
    personne = verrouiller(personne)
    if RendezVous.objects.filter(
        personne=personne, genre=genre, statut=StatutRendezVous.PREVU, debut__gt=le
    ).exists():  # fmt: skip
        raise RendezVousImpossible("Cette personne a déjà un rendez-vous de ce type à venir : déplacez-le plutôt.")
    if echeance is None:
        etape = Etape.objects.filter(personne=personne, fermee_le__isnull=True).first()
        echeance = etape.echeance if etape is not None and etape.echeance is not None else jour(le)
    attente = Attente(
        personne=personne, structure=structure, genre=GenreRendezVous(genre), modalite=modalite or "",
        echeance=echeance, depuis=le,
    )  # fmt: skip
    enregistrer(attente)
    return attente


@transaction.atomic
def retirer_attente(*, attente: Attente, par: Agent, le: datetime) -> Attente:
    """She no longer waits for a place here."""
    courante = Attente.objects.select_for_update().get(pk=attente.pk)
    if courante.statut == StatutAttente.EN_ATTENTE:
        courante.statut, courante.finie_le = StatutAttente.RETIREE, le
        enregistrer(courante, champs=["statut", "finie_le"])
    return courante


@transaction.atomic
def servir_attente(*, attente: Attente, creneau: Creneau, canal: Canal, par: Agent, le: datetime) -> RendezVous:
    """Give her the place: ``reserver``, which closes her wait.

    Raises:
        RendezVousImpossible: she waits no longer, or the place was taken meanwhile.
    """
    courante = Attente.objects.select_for_update(of=("self",)).select_related("personne").get(pk=attente.pk)
    if courante.statut != StatutAttente.EN_ATTENTE:
        raise RendezVousImpossible(f"Cette attente est close : {StatutAttente(courante.statut).libelle.lower()}.")
    return reserver(creneau=creneau, personne=courante.personne, canal=canal, par=par, le=le)


def proposer_place_liberee(*, creneau: Creneau, le: datetime) -> Attente | None:
    """A place has just come free: who should have it, oldest deadline first. Nothing is written.

    ``None``: nobody waits for such a place, or it is too late to tell anybody.
    """
    return premiere_pour(creneau, le=le)
