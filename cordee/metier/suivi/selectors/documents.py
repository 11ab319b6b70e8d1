"""Documents of a person, papers seen, papers that end soon."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe, q_visibles
from cordee.metier.suivi.models import Document, PieceVue
from cordee.metier.suivi.regles.documents import DATEES
from cordee.reglementation.calendrier import ajouter_mois

ALERTE_MOIS = 3
"""A paper is to be renewed from three months before its end (R77)."""


def documents_de(personne: Personne) -> QuerySet[Document]:
    """Those kept, latest first; erased ones are only in the log of the file."""
    siens = Document.objects.filter(personne__in=ids_du_groupe(personne), efface_le=None)
    return siens.select_related("depose_par", "structure").order_by("-depose_le", "-pk")


def pieces_de(personne: Personne) -> QuerySet[PieceVue]:
    """Papers seen, those in force first, latest first."""
    siennes = PieceVue.objects.filter(personne__in=ids_du_groupe(personne))
    return siennes.select_related("vue_par").order_by("-close_le", "-vue_le", "-pk")


def pieces_qui_expirent(
    *, pour: Agent, au: date, mois: int = ALERTE_MOIS, droits: Habilitation | None = None
) -> QuerySet[PieceVue]:
    """Of the agent's perimeter, what ends within so many months or has ended, the first to end first."""
    return (
        PieceVue.objects.filter(
            q_visibles("personne", pour=pour, au=au, droits=droits), close_le=None,
            nature__in=[str(n) for n in DATEES], expire_le__lte=ajouter_mois(au, mois),
        )
        .select_related("personne", "personne__situation__referent_agent", "personne__situation__referent_structure")
        .order_by("expire_le", "pk")
    )  # fmt: skip
