"""The reports of the years: the list, and one of them read on a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums_rapports import EtatBilan
from cordee.pilotage.models import Bilan
from cordee.pilotage.rapports import html
from cordee.pilotage.rapports.document import document_du_bilan
from cordee.pilotage.rapports.editions import fichiers_du_bilan
from cordee.pilotage.rapports.selectors import bilans, sceau_tenu
from cordee.web.composants import etats
from cordee.web.pilotage.rapports.commun import bilan_de, fichier, fil, interne, peut_preparer
from cordee.web.socle.acces import acces, agent_courant

P = Permission
etats.declarer({"publie": ("succes", "succes")})


@acces(P.PILOTER)
def liste(request: HttpRequest) -> HttpResponse:
    """Every report she may read, the latest first; and the page for the assembly."""
    lus = list(bilans(pour=agent_courant(request)).select_related("publie_par"))
    annees: dict[int, list[Bilan]] = {}
    for b in lus:
        annees.setdefault(b.annee, []).append(b)
    contexte = {
        "annees": annees.items(), "interne": interne(request), "peut_preparer": peut_preparer(request),
        "fil": fil(("Bilans", "")),
    }  # fmt: skip
    return render(request, "pilotage/rapports/bilans.html", contexte)


@acces(P.PILOTER)
def lire(request: HttpRequest, pk: int) -> HttpResponse:
    """A report, whole: the same content as its PDF. A draft says that it is one."""
    bilan = bilan_de(request, pk)
    document = document_du_bilan(bilan)
    suivante = Bilan.objects.filter(annee=bilan.annee, version__gt=bilan.version).order_by("version")
    if not interne(request):
        suivante = suivante.filter(etat=EtatBilan.PUBLIE)
    contexte: dict[str, Any] = {
        "bilan": bilan, "document": document, "corps": html.corps(document),
        "fichiers": [fichier(e) for e in fichiers_du_bilan(bilan)], "interne": interne(request),
        "peut_preparer": peut_preparer(request), "suivante": suivante.defer("chiffres", "document").first(),
        "scelle": sceau_tenu(bilan) if bilan.publie else None,
        "fil": fil(("Bilans", reverse("pilotage_rapports")), (str(bilan), "")),
    }  # fmt: skip
    return render(request, "pilotage/rapports/bilan.html", contexte)
