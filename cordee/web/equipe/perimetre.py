"""Which structures an agent manages."""

from __future__ import annotations

from django.http import Http404

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation


def dirigees(droits: Habilitation) -> frozenset[int]:
    """The structures she heads."""
    return frozenset(s for role, s in droits.postes if role is RoleAgent.CHEF_STRUCTURE)


def structure_encadree(demandee: str, droits: Habilitation) -> Structure:
    """The structure of an address, when she heads it or manages the département.

    Raises:
        Http404: unknown, or not hers: the same answer.
    """
    if demandee.isdecimal() and len(demandee) < 10:
        pk = int(demandee)
        if droits.departement(Permission.ENCADRER) or pk in dirigees(droits):
            structure = Structure.objects.filter(pk=pk).first()
            if structure is not None:
                return structure
    raise Http404
