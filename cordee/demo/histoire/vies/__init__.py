"""The lives: what agents did of each person between what her files tell, through the product's own engine."""

from cordee.demo.histoire.vies.contexte import AgentVie, ContexteVies, StructureVie
from cordee.demo.histoire.vies.simulation import vivre

__all__ = ["AgentVie", "ContexteVies", "StructureVie", "vivre"]
