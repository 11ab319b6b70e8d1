"""What the référents of the demonstration can take: capacities of their caseloads, part-time, languages, teams' trades.

Capacities are those of ``equipes.capacite_de``; the share of part-time and of languages spoken are hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final

from cordee.demo.equipes import ACCOMPAGNENT, capacite_de
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Structure
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.models import ReglageReferent, ReglageStructure

SPECIALITES: Final = {
    "EQ-ACT": Specialite.ACTIVITE, "EQ-JEU": Specialite.JEUNES, "EQ-TI": Specialite.CREATEURS,
    "EQ-REM": Specialite.REMOBILISATION,
}  # fmt: skip
_LANGUES: Final = ("arabe", "portugais", "anglais", "turc", "bambara", "tamoul")
_PART_LANGUE: Final = 0.16
_PART_TEMPS_PARTIEL: Final = 0.14
_REPOS: Final[Mapping[int, tuple[int, ...]]] = {50: (2, 3), 80: (2,)}
"""Days off that come with a share of working time: Wednesdays first (R19)."""
_MARGE: Final = 1.25
"""Loads count people who have just arrived half more (R18): the same team says a somewhat higher number."""


def ecrire_reglages(structures: Mapping[str, Structure]) -> None:
    """The settings of every référent in post and of the specialised teams, set-based."""
    ReglageStructure.objects.bulk_create(
        ReglageStructure(structure=structures[code], specialite=specialite, departementale=True)
        for code, specialite in SPECIALITES.items()
        if code in structures
    )
    postes = Affectation.objects.filter(
        fin__isnull=True, agent__actif=True, role__in=ACCOMPAGNENT, structure__in=[s.pk for s in structures.values()]
    ).select_related("agent", "structure")
    vus: set[tuple[int, int]] = set()
    reglages = []
    for poste in postes.order_by("pk"):
        if (poste.agent_id, poste.structure_id) in vus:
            continue
        vus.add((poste.agent_id, poste.structure_id))
        alea = Random(f"reglage:{poste.agent.courriel}")  # noqa: S311 - a story, not a secret
        capacite = capacite_de(poste.agent.courriel, RoleAgent(poste.role), TypeStructure(poste.structure.type))
        quotite = alea.choice((50, 80, 80, 90)) if alea.random() < _PART_TEMPS_PARTIEL else 100
        reglages.append(
            ReglageReferent(
                agent=poste.agent, structure=poste.structure, quotite=quotite,
                capacite=min(round(capacite * _MARGE * 100 / quotite), 500) or None,
                repos=list(_REPOS.get(quotite, ())),
                langues=[alea.choice(_LANGUES)] if alea.random() < _PART_LANGUE else [],
            )
        )  # fmt: skip
    ReglageReferent.objects.bulk_create(reglages)
