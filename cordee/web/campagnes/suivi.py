"""The last step: send, watch it go, pause, go on, undo; then the report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import MotifExcuses
from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous.enums import EtatCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.selectors.campagne import avancement, canaux_de, refus_de, semble_arretee
from cordee.metier.rendezvous.services.campagne_annulation import a_defaire
from cordee.metier.rendezvous.services.campagne_excuses import encore_attendues
from cordee.socle import horloge
from cordee.web.campagnes.commun import contexte, ouvrir, perimee
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces

P = Permission
E = EtatCampagne


@acces(P.CONVOQUER)
def envoi(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the campaign stands, and what may be done."""
    campagne = ouvrir(request, pk)
    return render(request, "campagnes/envoi.html", _donnees(campagne))


@acces(P.CONVOQUER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that follows the sending; the whole page again once it has stopped."""
    campagne = ouvrir(request, pk)
    if campagne.etat != E.EN_COURS:
        return htmx.rediriger(request, reverse("campagne", args=[pk]))
    return render(request, "campagnes/progression.html", _donnees(campagne))


def _donnees(campagne: Campagne) -> dict[str, Any]:
    le = horloge.maintenant()
    bilan, personnes = avancement(campagne), reverse("campagne_personnes", args=[campagne.pk])
    a_annuler = campagne.etat in (E.EN_COURS, E.EN_PAUSE, E.TERMINEE)
    defaisables = a_defaire(campagne, le=le).count() if a_annuler else 0
    return {
        **contexte(campagne, "envoyer"), "bilan": bilan, "a_traiter": bilan.traitees + bilan.planifiees,
        "phrase": f"{bilan.convoquees} convoquées, {bilan.planifiees} à venir", "refus": refus_de(campagne),
        "canaux": canaux_de(campagne), "maintenant": le, "arretee": semble_arretee(campagne, le=le),
        "defaisables": defaisables, "parties": bilan.convoquees - defaisables if a_annuler else bilan.convoquees,
        "a_excuser": encore_attendues(campagne, le=le).count() if campagne.etat == E.ANNULEE else 0,
        "motifs_excuses": list(MotifExcuses), "perimee": perimee(campagne, horloge.jour(le)),
        "url_personnes": personnes, "peut_annuler": campagne.etat != E.ANNULEE,
    }  # fmt: skip
