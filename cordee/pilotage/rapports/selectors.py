"""Reads of the reports: an elected member reads those published; who steers reads all of them."""

from __future__ import annotations

from django.db.models import QuerySet

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.enums_rapports import Accord, EtatBilan
from cordee.pilotage.models import Bilan, Edition
from cordee.pilotage.rapports.blocs import empreinte
from cordee.socle import horloge


def bilans(*, pour: Agent) -> QuerySet[Bilan]:
    """The reports she may read, the latest first, without their contents."""
    tous = Bilan.objects.order_by("-annee", "-version").defer("chiffres", "document")
    droits = habilitation(pour, au=horloge.aujourdhui())
    if droits.roles <= {RoleAgent.ELU}:
        return tous.filter(etat=EtatBilan.PUBLIE)
    return tous


def bilan_visible(*, pour: Agent, pk: int) -> Bilan | None:
    """One of them, whole."""
    return bilans(pour=pour).select_related("instantane", "cree_par", "publie_par").defer(None).filter(pk=pk).first()


def editions_de(bilan: Bilan) -> QuerySet[Edition]:
    """Its files, by kind."""
    return bilan.editions.order_by("genre", "-demandee_le").defer("contenu")


def accords_manquants(bilan: Bilan) -> list[Accord]:
    """Who must still agree."""
    donnes = set(bilan.accords.filter(tombe_le=None).values_list("genre", flat=True))
    return [a for a in Accord if a.value not in donnes]


def sceau_tenu(bilan: Bilan) -> bool:
    """Whether what is kept is what was sealed."""
    return bilan.document is not None and empreinte(bilan.document) == bilan.sceau
