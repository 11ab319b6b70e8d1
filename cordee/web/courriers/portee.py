"""Which letters an agent sees and may act on."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import courriers_visibles
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.socle.acces import agent_courant, habilitation_de

P = Permission
ENVOYER: Final = (P.CONVOQUER, P.NOTIFIER)
"""Who prints, posts and follows letters."""


def visibles(request: HttpRequest) -> QuerySet[Courrier]:
    """Letters of the people she may convene or notify."""
    droits = habilitation_de(request)
    permission = P.CONVOQUER if droits.peut(P.CONVOQUER) else P.NOTIFIER
    return courriers_visibles(
        pour=agent_courant(request), au=horloge.aujourdhui(), permission=permission, droits=droits
    )  # fmt: skip


def un(request: HttpRequest, pk: int) -> Courrier:
    """One of them; absent and out of reach look the same."""
    courrier = visibles(request).filter(pk=pk).select_related("personne__canonique", "cree_par").first()
    if courrier is None:
        raise Http404
    return courrier
