"""How many people a structure or an agent answers for: numbers only, for those who manage and see no file."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.models import Echeance, Etape, Situation
from cordee.metier.personnes.models import Personne


def personnes_confiees(agent: Agent) -> int:
    """People who would lose their référent, or the owner of a task of theirs, if the agent left today."""
    return _compter(Q(agent=agent), Q(referent_agent=agent))


def personnes_de_structure(structure: Structure) -> int:
    """People whose référent body is this structure, or who have an open task there."""
    return _compter(Q(structure=structure), Q(referent_structure=structure))


def suivies_par_structure(structures: Iterable[int]) -> dict[int, int]:
    """Number of people whose référent body is each of these structures, in one query."""
    lignes = (
        Situation.objects.filter(referent_structure__in=list(structures), personne__canonique__isnull=True)
        .values_list("referent_structure")
        .annotate(n=Count("pk"))
    )
    return dict(lignes)


def _compter(taches: Q, situations: Q) -> int:
    ouvertes = Q(fermee_le__isnull=True)
    concernees = (
        Q(pk__in=Situation.objects.filter(situations).values("personne"))
        | Q(pk__in=Etape.objects.filter(taches, ouvertes).values("personne"))
        | Q(pk__in=Echeance.objects.filter(taches, ouvertes).values("personne"))
    )
    return Personne.objects.filter(concernees, canonique__isnull=True).count()
