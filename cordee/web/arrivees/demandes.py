"""Calls that people asked for from their page: the oldest due first; one button once she has been called."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous.selectors.liens import demandes_en_attente
from cordee.metier.rendezvous.services.reponses import traiter_demande
from cordee.socle import horloge
from cordee.web.arrivees.onglets import onglets
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

PAR_PAGE = 25
COLONNES = [
    Colonne("qui", "Personne", triable=False),
    Colonne("moment", "Quand l'appeler", triable=False),
    Colonne("avant", "Avant le", triable=False),
    Colonne("rendez_vous", "Rendez-vous concerné", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]


@acces(Permission.CONVOQUER)
def liste(request: HttpRequest) -> HttpResponse:
    """The calls to give."""
    maintenant = horloge.maintenant()
    lignes = demandes_en_attente(pour=agent_courant(request), droits=habilitation_de(request), le=maintenant)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page": page, "colonnes": COLONNES, "au": horloge.jour(maintenant), "onglets": onglets(request, "demandes"),
        "lignes": [(d, nom_court(d.personne.prenom, d.personne.nom)) for d in page],
    }  # fmt: skip
    return render(request, "arrivees/demandes.html", contexte)


@acces(Permission.CONVOQUER)
@require_POST
def traiter(request: HttpRequest, pk: int) -> HttpResponse:
    """She was called."""
    maintenant, agent = horloge.maintenant(), agent_courant(request)
    demande = demandes_en_attente(pour=agent, droits=habilitation_de(request), le=maintenant).filter(pk=pk).first()
    if demande is None:
        raise Http404
    traiter_demande(demande=demande, par=agent, le=maintenant)
    messages.success(request, "C'est noté. Enregistrez le nouveau rendez-vous sur la page de la personne.")
    return redirect("personne", pk=demande.personne_id)
