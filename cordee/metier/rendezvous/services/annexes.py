"""What follows every appointment offered or cancelled, one or thousands: the waiting list, the interpreter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from cordee.metier.rendezvous.enums import StatutAttente, StatutInterprete
from cordee.metier.rendezvous.models import Attente, Interprete, RendezVous

_A_ANNULER = (StatutInterprete.A_RESERVER, StatutInterprete.RESERVE)


def apres_offres(rendez_vous: Sequence[RendezVous], *, le: datetime) -> None:
    """Appointments just offered: who waited for one no longer waits; an interpreter is to be booked if needed.

    In a slot where her language is spoken nobody has to be booked. Constant number of queries (one per kind).
    """
    for genre in {rdv.genre for rdv in rendez_vous}:
        servis = [rdv for rdv in rendez_vous if rdv.genre == genre]
        for attente in Attente.objects.select_for_update().filter(
            statut=StatutAttente.EN_ATTENTE, genre=genre, personne__in=[rdv.personne_id for rdv in servis]
        ):
            attente.rendez_vous = next(rdv for rdv in servis if rdv.personne_id == attente.personne_id)
            attente.statut, attente.finie_le = StatutAttente.SERVIE, le
            attente.save(update_fields=["rendez_vous", "statut", "finie_le"])
    a_reserver = [rdv for rdv in rendez_vous if rdv.interprete and not (rdv.creneau and rdv.creneau.langue)]
    if a_reserver:
        Interprete.objects.bulk_create([Interprete(rendez_vous=rdv, langue=rdv.interprete) for rdv in a_reserver])


def apres_annulations(ids: Collection[int]) -> None:
    """Appointments just cancelled: their interpreters are no longer needed."""
    Interprete.objects.filter(rendez_vous__in=list(ids), statut__in=_A_ANNULER).update(statut=StatutInterprete.ANNULE)


def ne_plus_attendre(personnes: Collection[int], *, le: datetime) -> None:
    """People who left, died or are interrupted wait for nothing."""
    Attente.objects.filter(statut=StatutAttente.EN_ATTENTE, personne__in=list(personnes)).update(
        statut=StatutAttente.RETIREE, finie_le=le
    )
