"""Fixing a target, taking it back: the old one stays written, with who and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.pilotage.cibles.selectors import lieux
from cordee.pilotage.entetes import definition
from cordee.pilotage.enums import Unite
from cordee.pilotage.models import Cible
from cordee.reglementation.enums import Nature
from cordee.socle.erreurs import ErreurMetier

REMPLACEE = "Remplacée par une nouvelle valeur."


class CibleRefusee(ErreurMetier):
    """A target that cannot be fixed, or taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Who answers for a target and where it comes from (a deliberation, a page of the programme, a decree)."""

    organisme: str
    origine: str
    fixee_le: date
    agent: Agent | None = None
    nature: Nature = Nature.OBJECTIF


@transaction.atomic
def fixer(
    *, code: str, territoire: str, valeur: float, echeance: date, engagement: Engagement, par: Agent, le: datetime
) -> Cible:
    """Fix a target. One for the same indicator, territory and day replaces the one before, which stays in the history.

    Args:
        valeur: in the unit of the indicator. territoire: a code that has figures (the département, a commune…).

    Raises:
        IndicateurInconnu; CibleRefusee: unknown territory, impossible value, no owner, no origin, dates upside down.
    """
    mesure = definition(code)
    niveau = next((n for n, connus in lieux().items() if territoire in connus), None)
    if niveau is None or niveau not in mesure.niveaux:
        raise CibleRefusee("Cet indicateur ne se mesure pas pour ce territoire : choisissez-en un autre.")
    _verifier(valeur, mesure.unite, echeance, engagement)
    ancienne = (
        Cible.objects.select_for_update()
        .filter(code=code, territoire=territoire, echeance=echeance, retiree_le=None)
        .first()
    )
    if ancienne is not None:
        retirer(cible=ancienne, motif=REMPLACEE, par=par, le=le)
    return Cible.objects.create(
        code=code, territoire=territoire, valeur=valeur, echeance=echeance, nature=engagement.nature,
        agent=engagement.agent, organisme=engagement.organisme.strip(), origine=engagement.origine.strip(),
        fixee_le=engagement.fixee_le, par=par, enregistree_le=le,
    )  # fmt: skip


@transaction.atomic
def retirer(*, cible: Cible, motif: str, par: Agent, le: datetime) -> Cible:
    """Stop aiming at it: the row stays, with who, when and why.

    Raises:
        CibleRefusee: taken back already, or no reason given.
    """
    tenue = Cible.objects.select_for_update(of=("self",)).get(pk=cible.pk)
    if tenue.retiree_le is not None:
        raise CibleRefusee("Cette cible est déjà retirée.")
    if not motif.strip():
        raise CibleRefusee("Dites pourquoi cette cible est retirée : la raison reste dans l'historique.")
    tenue.retiree_le, tenue.retiree_par, tenue.motif = le, par, motif.strip()[:200]
    tenue.save(update_fields=["retiree_le", "retiree_par", "motif"])
    return tenue


def _verifier(valeur: float, unite: Unite, echeance: date, e: Engagement) -> None:
    if not math.isfinite(valeur) or valeur < 0:
        raise CibleRefusee("Donnez une valeur positive.")
    if unite is Unite.POUR_CENT and valeur > 100:
        raise CibleRefusee("Une part va de 0 à 100 %.")
    if e.agent is None and not e.organisme.strip():
        raise CibleRefusee("Dites qui répond de cette cible : un agent, ou un service.")
    if not e.origine.strip():
        raise CibleRefusee("Dites d'où vient cette cible : délibération, page du programme, décret.")
    if echeance < e.fixee_le:
        raise CibleRefusee("Une cible se fixe avant la date où elle doit être atteinte.")
