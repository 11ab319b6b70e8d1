"""What the services of the follow-up share."""

from __future__ import annotations

from datetime import date, datetime

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.parcours.services.appui import situation_courante
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class SuiviRefuse(ErreurMetier):
    """The act cannot be recorded this way."""


def structure_de(par: Agent, personne: Personne, *, le: datetime) -> int | None:
    """The structure an agent acts from on this person: the référent body, her sector's, or the first of the agent's."""
    siennes = habilitation(par, au=jour(le)).structures
    s = situation_courante(personne)
    for structure in (s.referent_structure, s.coreferent_structure, s.structure_secteur):
        if structure in siennes:
            return structure
    return min(siennes, default=None)


def exiger_a_venir(quand: date | None, le: datetime) -> None:
    """Raises ``SuiviRefuse`` for a date that is not to come."""
    if quand is not None and quand <= jour(le):
        raise SuiviRefuse("Choisissez une date à venir.")


def exiger_passee(quand: date | None, le: datetime) -> None:
    """Raises ``SuiviRefuse`` for a date to come: what is recorded has been."""
    if quand is not None and quand > jour(le):
        raise SuiviRefuse("Cette date est à venir : notez-la une fois que c'est fait.")
