"""Whose agenda the agent sees, and whose she keeps: her own, her structure's, everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.selectors.creneaux import structures_de_l_agenda
from cordee.socle import horloge
from cordee.web.socle.acces import agent_courant, habilitation_de

P = Permission


@dataclass(frozen=True)
class PerimetreAgenda:
    """What the agent may see and keep on a day."""

    agent: Agent
    droits: Habilitation
    au: date

    @cached_property
    def structures(self) -> list[Structure]:
        """Structures whose agenda she sees, by name."""
        siennes = structures_de_l_agenda(self.droits)
        ouvertes = Structure.objects.filter(en_cours(self.au)).order_by("nom", "pk")
        return list(ouvertes if siennes is None else ouvertes.filter(pk__in=list(siennes)))

    @property
    def tout(self) -> bool:
        """She keeps every agenda (platform)."""
        return self.droits.departement(P.CONVOQUER)

    @property
    def encadrees(self) -> frozenset[int]:
        """Structures whose whole agenda she keeps."""
        return self.droits.structures_de(Etendue.STRUCTURE, P.CONVOQUER)

    @property
    def tenues(self) -> list[Structure]:
        """Structures in which she may open hours: all those she keeps, or where she keeps her own."""
        return self.structures

    def tient_structure(self, structure_id: int) -> bool:
        """Whether she keeps the whole agenda of a structure."""
        return self.tout or structure_id in self.encadrees

    def tient(self, *, structure_id: int, agent_id: int | None) -> bool:
        """Whether she keeps this line of an agenda: her own, or one of a structure she keeps."""
        return self.tient_structure(structure_id) or (agent_id is not None and agent_id == self.agent.pk)

    def exiger(self, *, structure_id: int, agent_id: int | None) -> None:
        """Raises ``PermissionDenied`` unless she keeps it."""
        if not self.tient(structure_id=structure_id, agent_id=agent_id):
            raise PermissionDenied

    def agents(self, structures: list[int] | None = None) -> QuerySet[Agent]:
        """Colleagues of the structures seen (or of these), by name."""
        ids = [s.pk for s in self.structures] if structures is None else structures
        postes = Affectation.objects.filter(en_cours(self.au), structure__in=ids)
        return Agent.objects.filter(actif=True, systeme=False, pk__in=postes.values("agent")).order_by(
            "nom", "prenom", "pk"
        )

    def tient_agent(self, agent: Agent) -> bool:
        """Whether she may say that this colleague is away."""
        if agent.pk == self.agent.pk or self.tout:
            return True
        return agent.affectations.filter(en_cours(self.au), structure__in=self.encadrees).exists()


def perimetre(request: HttpRequest) -> PerimetreAgenda:
    """The perimeter of this request's agent, today."""
    return PerimetreAgenda(agent_courant(request), habilitation_de(request), horloge.aujourdhui())
