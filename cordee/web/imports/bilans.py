"""What the last monthly of a body changed, for who steers: figures and sentences; no name, nothing set aside (R29)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.echanges.caf.selectors import mensuels_charges
from cordee.metier.organismes.roles import Permission
from cordee.web.imports import compte_rendu
from cordee.web.imports.apparences import aspect, titre
from cordee.web.socle.acces import acces
from cordee.web.socle.fraicheur import bilans_ouverts


@acces(Permission.PILOTER)
def bilan(request: HttpRequest, organisme: int) -> HttpResponse:
    """The report of the last monthly loaded from a body: what « droits au … » rests on."""
    if not bilans_ouverts(request):
        raise PermissionDenied
    dernier = mensuels_charges(organisme_id=organisme).select_related("organisme", "emetteur", "depose_par").first()
    if dernier is None:
        raise Http404
    contexte = {
        "fichier": dernier, "titre": titre(dernier), "aspect": aspect(dernier),
        "compte_rendu": compte_rendu.composer(dernier),
    }  # fmt: skip
    return render(request, "imports/bilan.html", contexte)
