"""From a person, an étape or an échéance to her file of droits et devoirs: one address, wherever the file stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cordee.metier.devoirs.models import Manquement, Procedure
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.web.socle.acces import acces, ouvrir_dossier

P = Permission


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Her procedure, else the breach to examine, else the list: the page that follows writes the read in the log."""
    dossier = ouvrir_dossier(request, pk, page="droits et devoirs", finalite=Finalite.SANCTION, journal=False)
    return HttpResponseRedirect(adresse(ids_du_groupe(dossier.personne)))


def adresse(personnes: list[int]) -> str:
    """Where the file of a person opens: what is open first, then the latest."""
    attend = Manquement.objects.filter(personne__in=personnes, procedure__isnull=True, clos_le__isnull=True)
    procedures = Procedure.objects.filter(personne__in=personnes).order_by("-ouverte_le")
    derniere = procedures.first()
    if derniere is not None and (derniere.ouverte or not attend.exists()):
        return reverse("procedure", args=[derniere.pk])
    manquement = attend.order_by("signale_le").first()
    return reverse("manquement", args=[manquement.pk]) if manquement else reverse("devoirs")
