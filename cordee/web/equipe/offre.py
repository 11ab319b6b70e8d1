"""Hours planned against organised places, by family and territory; what is not recorded is said as such."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.contrats.selectors.heures import ecart_offre
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.perimetre import dirigees, structure_encadree
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

P = Permission
COLONNES = [
    Colonne("famille", "Famille d'activité", triable=False),
    Colonne("personnes", "Personnes", triable=False, nombre=True),
    Colonne("prevues", "Heures prévues", triable=False, nombre=True),
    Colonne("faites", "Heures faites", triable=False, nombre=True),
    Colonne("offre", "Places organisées", triable=False),
]


@acces(P.ENCADRER)
def offre(request: HttpRequest) -> HttpResponse:
    """A structure, or all of them for whoever manages the département."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    demandee = request.GET.get("structure", "")
    departement = droits.departement(P.ENCADRER)
    structure = structure_encadree(demandee, droits) if demandee else None
    miennes = None if departement else dirigees(droits)
    ecart = ecart_offre(
        pour=agent, maintenant=maintenant, droits=droits, structures=[structure.pk] if structure else miennes
    )
    choix = Structure.objects.exclude(categorie="").order_by("nom")
    contexte: dict[str, Any] = {
        "ecart": ecart, "structure": structure, "colonnes": COLONNES, "departement": departement,
        "structures": choix if departement else choix.filter(pk__in=dirigees(droits)),
        "total_prevu": sum((b.prevues for b in ecart.familles), start=ecart.sans_famille),
        "total_fait": sum(b.realisees for b in ecart.familles),
        "fil": [("Mon équipe", reverse("equipe")), ("Heures et places", "")],
    }  # fmt: skip
    return render(request, "heures/offre.html", contexte)
