"""People under contract whose hours are told: what the tests of hours start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cordee.metier.contrats.enums import FamilleActivite
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.selectors.signaux import Signal, q_signal
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

F, H = FamilleActivite, Decimal
LE = f.MAINTENANT


@dataclass
class Scene:
    eds: Structure
    agent: Agent
    personne: Personne
    contrat: Contrat

    def signal(self, signal: Signal, le: datetime = LE) -> bool:
        return Situation.objects.filter(q_signal(signal, maintenant=le), pk=self.personne.pk).exists()


def sous_contrat(eds: Structure, agent: Agent, *, depuis: date, **champs: Any) -> tuple[Personne, Contrat]:
    personne = f.soumise(eds)
    f.accompagnee(personne, eds, agent)
    contrat = Contrat.objects.create(
        personne=personne, genre="contrat_engagement", structure=eds, referent=agent, heures=15, debut=depuis,
        signe_personne_le=depuis, signe_referent_le=depuis, cree_le=LE, cree_par=agent, **champs,
    )  # fmt: skip
    for famille, n in ((F.FORMATION, H(10)), (F.RECHERCHE, H(5))):
        Engagement.objects.create(contrat=contrat, engage="personne", texte="Venir", famille=famille, heures=n)
    return personne, contrat
