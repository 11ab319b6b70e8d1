"""Promises kept, or given up together. Ours count as hers do (R15)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.contrats.enums import EtatEngagement
from cordee.metier.contrats.models import Engagement
from cordee.metier.contrats.services.redaction import ContratRefuse
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import jour


@transaction.atomic
def marquer_tenu(*, engagement: Engagement, tenu_le: date, par: Agent, le: datetime) -> Engagement:
    """A promise was kept on a day.

    Raises:
        ContratRefuse: the contract is not in force, the day is to come, or it is settled already.
    """
    frais = _ouvert(engagement)
    if tenu_le > jour(le):
        raise ContratRefuse("Un engagement ne peut pas être tenu un jour à venir.")
    return _regler(frais, EtatEngagement.TENU, tenu_le=tenu_le, par=par)


@transaction.atomic
def abandonner_engagement(*, engagement: Engagement, par: Agent, le: datetime) -> Engagement:
    """It will not be done: agreed together. Never a breach by itself; a new version of the contract says what instead.

    Raises:
        ContratRefuse: as for ``marquer_tenu``.
    """
    return _regler(_ouvert(engagement), EtatEngagement.ABANDONNE, tenu_le=None, par=par)


@transaction.atomic
def confier(*, engagement: Engagement, responsable: Agent, par: Agent, le: datetime) -> Engagement:
    """Another agent keeps this promise of ours from now on.

    Raises:
        ContratRefuse: it is hers, or settled already.
    """
    frais = _ouvert(engagement)
    if frais.engage != "organisme":
        raise ContratRefuse("Cet engagement est celui de la personne : il ne se confie pas.")
    frais.responsable = responsable
    frais.save(update_fields=["responsable"])
    return frais


def _ouvert(engagement: Engagement) -> Engagement:
    frais = Engagement.objects.select_for_update(of=("self",)).select_related("contrat").get(pk=engagement.pk)
    if frais.contrat.debut is None or frais.contrat.fin is not None:
        raise ContratRefuse("Ce contrat n'est pas en vigueur.")
    if frais.etat != EtatEngagement.EN_COURS:
        raise ContratRefuse("Cet engagement est déjà réglé.")
    return frais


def _regler(frais: Engagement, etat: EtatEngagement, *, tenu_le: date | None, par: Agent) -> Engagement:
    frais.etat, frais.tenu_le, frais.etat_par = etat, tenu_le, par
    frais.save(update_fields=["etat", "tenu_le", "etat_par"])
    return frais
