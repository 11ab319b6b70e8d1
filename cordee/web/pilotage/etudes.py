"""Studies on a page: asked for, waited for, shown with their date (``pilotage/_etude.html``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.etudes.services import demander
from cordee.pilotage.models import Etude
from cordee.socle import horloge
from cordee.web.socle.acces import acces, agent_courant


def etude_de(request: HttpRequest, genre: str, parametres: dict[str, Any]) -> Etude:
    """The study of these parameters: asked of the worker unless a fresh answer is there."""
    return demander(genre=genre, parametres=parametres, par=agent_courant(request), le=horloge.maintenant())


def contexte_etude(etude: Etude) -> dict[str, Any]:
    """What ``pilotage/_etude.html`` needs: waiting, failed, or when and from which facts."""
    return {
        "etude": etude,
        "etude_attend": etude.etat == EtatEtude.EN_ATTENTE,
        "etude_echouee": etude.etat == EtatEtude.ECHOUEE,
        "url_etude": reverse("pilotage_etude", args=[etude.pk]),
    }


@acces(Permission.PILOTER, Permission.ENCADRER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it is there: says no figure, only that the page may be loaded again."""
    etude = get_object_or_404(Etude.objects.only("pk", "etat"), pk=pk)
    if etude.etat != EtatEtude.EN_ATTENTE:
        reponse = HttpResponse(status=204)
        reponse.headers["HX-Refresh"] = "true"
        return reponse
    return render(request, "pilotage/_etude_attente.html", contexte_etude(etude))
