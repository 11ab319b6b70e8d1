"""The organisation of the database, as lives need it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cordee.demo.histoire.vies.contexte import AgentVie, ContexteVies, StructureVie
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Structure
from cordee.metier.organismes.selectors import agent_systeme


def lire_contexte(
    *, graine: int, poids: Mapping[int, float] | None = None, territoires: Mapping[int, frozenset[str]] | None = None,
    fichiers: Mapping[tuple[str, date], int] | None = None,
) -> ContexteVies:  # fmt: skip
    """Everything that ever worked in the département.

    Args:
        poids: agent → her share of the people of her structure (1 by default).
        territoires: structure → communes its people come from, where no sector rule says it.
        fichiers: (payer, reference date) → id of the file of that photo.
    """
    structures = tuple(
        StructureVie(
            id=s.pk, type=TypeStructure(s.type), code=s.code, categorie=s.categorie, commune=s.commune_id or "",
            nom=s.nom, adresse=s.adresse, parent=s.parent_id, capacite=s.capacite, debut=s.debut, fin=s.fin,
            communes=(territoires or {}).get(s.pk, frozenset()),
        )
        for s in Structure.objects.order_by("pk")
    )  # fmt: skip
    agents = tuple(
        AgentVie(
            id=a.agent_id, structure=a.structure_id, role=RoleAgent(a.role), debut=a.debut, fin=a.fin,
            poids=(poids or {}).get(a.agent_id, 1.0),
        )
        for a in Affectation.objects.filter(agent__systeme=False).order_by("pk")
    )  # fmt: skip
    return ContexteVies(
        graine=graine, systeme=agent_systeme().pk, structures=structures, agents=agents, fichiers=fichiers or {}
    )
