"""Asking for another orientation (C. trav. D5411-8-2): the month of the contract is interrupted meanwhile (E12)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Demandeur, MotifRefusReorientation, MotifReorientation
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne


@transaction.atomic
def demander_reorientation(
    *, personne: Personne, demandeur: Demandeur, motif: MotifReorientation, par: Agent, le: datetime
) -> Evenement:
    """Record the request; the decision (``decider`` or ``refuser_reorientation``) is due in one month.

    Raises:
        TransitionInterdite: the person is not oriented yet.
    """
    return consigner_un(
        genre=GenreEvenement.REORIENTATION_DEMANDEE, personne=verrouiller(personne), par=par, le=le,
        donnees={"demandeur": str(Demandeur(demandeur)), "motif": str(MotifReorientation(motif))},
    )  # fmt: skip


@transaction.atomic
def refuser_reorientation(*, personne: Personne, motif: MotifRefusReorientation, par: Agent, le: datetime) -> Evenement:
    """Refuse it, with a coded reason. The texts are silent on the clock: the month starts again by default (E12).

    Raises:
        TransitionInterdite: no request is waiting.
    """
    return consigner_un(
        genre=GenreEvenement.REORIENTATION_REFUSEE, personne=verrouiller(personne), par=par, le=le,
        donnees={"motif": str(MotifRefusReorientation(motif))},
    )  # fmt: skip
