"""Interpreters: booked, not needed; with a cost when there is one (R47)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import StatutInterprete, TypeInterprete
from cordee.metier.rendezvous.models import Interprete
from cordee.metier.rendezvous.services.occupation import RendezVousImpossible
from cordee.socle.contraintes import enregistrer


@transaction.atomic
def reserver_interprete(
    *, interprete: Interprete, type: TypeInterprete, par: Agent, le: datetime, prestataire: str = "",
    cout: Decimal | None = None,
) -> Interprete:  # fmt: skip
    """Record who will interpret. Never a child: the closed list of kinds has none.

    Raises:
        RendezVousImpossible: the appointment was cancelled.
        ContrainteViolee: negative cost.
    """
    courant = _ouvert(interprete)
    courant.type, courant.prestataire, courant.cout = TypeInterprete(type), prestataire.strip(), cout
    courant.statut = StatutInterprete.RESERVE
    enregistrer(courant, champs=["type", "prestataire", "cout", "statut"])
    return courant


@transaction.atomic
def interprete_inutile(*, interprete: Interprete, par: Agent, le: datetime) -> Interprete:
    """No interpreter is needed after all (she speaks French well enough, the agent speaks her language)."""
    courant = _ouvert(interprete)
    courant.statut = StatutInterprete.INUTILE
    enregistrer(courant, champs=["statut"])
    return courant


def _ouvert(interprete: Interprete) -> Interprete:
    courant = Interprete.objects.select_for_update().get(pk=interprete.pk)
    if courant.statut == StatutInterprete.ANNULE:
        raise RendezVousImpossible("Ce rendez-vous a été annulé : aucun interprète n'est à réserver.")
    return courant
