"""Preparing in number: choose who, say what will happen, follow the progress; each is then signed one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats import taches
from cordee.metier.contrats.enums import StatutLotContrats
from cordee.metier.contrats.models import LotContrats
from cordee.metier.contrats.selectors.liste import chercher, sans_brouillon
from cordee.metier.contrats.services.lots import AU_PLUS, avancer_lot, ouvrir_lot
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.contrats.liste import Filtres
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export

P = Permission
A_LA_VOLEE = 60
"""People prepared while the agent waits, in about a second."""


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def preparer(request: HttpRequest) -> HttpResponse:
    """Prepare the people chosen in the list, or all those of its filters."""
    droits, maintenant, par = habilitation_de(request), horloge.maintenant(), agent_courant(request)
    structures = list(Structure.objects.filter(pk__in=droits.structures))
    lus = {c: v for c, v in Filtres(request.GET, structures=structures).lus.items() if c != "etat"}
    choisies = chercher(sans_brouillon(pour=par, droits=droits, le=maintenant), lus)
    if request.POST.get("tout") != "1":
        ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 12]
        choisies = choisies.filter(personne__in=ids)
    personnes = list(choisies.order_by("echeance", "pk").values_list("personne_id", flat=True)[: AU_PLUS + 1])
    try:
        lot = ouvrir_lot(
            personnes=personnes, intitule=request.POST.get("intitule", ""),
            inviter=request.POST.get("inviter") == "1", par=par, le=maintenant,
        )  # fmt: skip
    except ErreurMetier as erreur:
        messages.warning(request, str(erreur))
        return redirect("contrats")
    journaliser_export(request, personnes, finalite=Finalite.CONTRAT, page="préparation de contrats en nombre")
    if lot.total <= A_LA_VOLEE:
        avancer_lot(lot=lot, par=par, le=maintenant)
    else:
        with transaction.atomic():
            taches.preparer_lot.defer(lot_id=lot.pk)
    return redirect("contrats_lot", pk=lot.pk)


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """What was prepared, what was left out and why, what comes next."""
    trouve = _lot(request, pk)
    return render(request, "contrats/lot.html", _contexte(trouve))


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every two seconds by the page of the batch."""
    trouve = _lot(request, pk)
    if trouve.statut == StatutLotContrats.EN_COURS:
        return render(request, "contrats/lot_progression.html", _contexte(trouve))
    reponse = HttpResponse(status=204)
    reponse.headers["HX-Redirect"] = reverse("contrats_lot", args=[trouve.pk])
    return reponse


def _contexte(trouve: LotContrats) -> dict[str, Any]:
    return {
        "lot": trouve, "fait": trouve.total - len(trouve.a_faire), "fini": trouve.statut == StatutLotContrats.FAIT,
        "ecartees": sorted(trouve.ecartees.items(), key=lambda x: (-x[1], x[0])),
        "fil": [("Contrats", reverse("contrats")), ("Préparation en nombre", "")],
    }  # fmt: skip


def _lot(request: HttpRequest, pk: int) -> LotContrats:
    """Hers alone: its people are those of her perimeter."""
    trouve = LotContrats.objects.filter(pk=pk, cree_par=agent_courant(request)).first()
    if trouve is None:
        raise Http404
    return trouve
