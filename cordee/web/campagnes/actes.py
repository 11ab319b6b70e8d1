"""What is done to a campaign: send, pause, go on, give slots again, take people out, cancel, apologise."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cordee.metier.courriers.enums import MotifExcuses
from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous.enums import EtatCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.regles.campagne_etats import CampagneImpossible
from cordee.metier.rendezvous.services.campagne import preparer_campagne, retirer_de_campagne
from cordee.metier.rendezvous.services.campagne_annulation import annuler_campagne
from cordee.metier.rendezvous.services.campagne_envoi import lancer_campagne, mettre_en_pause, reprendre_campagne
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.campagnes.commun import ouvrir
from cordee.web.campagnes.lancement import demander, demander_excuses
from cordee.web.socle.acces import acces, agent_courant

P = Permission


@acces(P.CONVOQUER)
@require_POST
def acte(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the acts, then the page it leads to."""
    campagne = ouvrir(request, pk)
    faire = ACTES.get(request.POST.get("acte", ""))
    if faire is None:
        return HttpResponseBadRequest("Acte inconnu.")
    try:
        page = faire(request, campagne)
    except ErreurMetier as erreur:
        messages.error(request, str(erreur))
        page = "campagne"
    return redirect(page, pk)


def _lancer(request: HttpRequest, campagne: Campagne) -> str:
    brute = request.POST.get("version", "")
    version = int(brute) if brute.isdecimal() else -1
    par = agent_courant(request)
    lancer_campagne(campagne=campagne, version=version, par=par, le=horloge.maintenant())
    demander(campagne=campagne, par=par)
    return "campagne"


def _pause(request: HttpRequest, campagne: Campagne) -> str:
    mettre_en_pause(campagne=campagne, par=agent_courant(request), le=horloge.maintenant())
    return "campagne"


def _reprendre(request: HttpRequest, campagne: Campagne) -> str:
    reprendre_campagne(campagne=campagne, par=agent_courant(request), le=horloge.maintenant())
    demander(campagne=campagne, par=agent_courant(request))
    return "campagne"


def _relancer(request: HttpRequest, campagne: Campagne) -> str:
    """The sending seems to have stopped: ask again. Harmless otherwise."""
    demander(campagne=campagne, par=agent_courant(request))
    messages.info(request, "L'envoi a été redemandé : il reprend où il s'est arrêté.")
    return "campagne"


def _preparer(request: HttpRequest, campagne: Campagne) -> str:
    preparer_campagne(campagne=campagne, par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, "La campagne a été préparée de nouveau, avec les créneaux libres d'aujourd'hui.")
    return "campagne_verifier"


def _retirer(request: HttpRequest, campagne: Campagne) -> str:
    ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()]
    n = retirer_de_campagne(
        campagne=campagne, personnes=ids, par=agent_courant(request), le=horloge.maintenant()
    )  # fmt: skip
    messages.success(request, f"{n} personne{'s' if n > 1 else ''} retirée{'s' if n > 1 else ''} de la campagne.")
    return "campagne_personnes"


def _annuler(request: HttpRequest, campagne: Campagne) -> str:
    par = agent_courant(request)
    annuler_campagne(campagne=campagne, par=par, le=horloge.maintenant())
    demander(campagne=campagne, par=par)
    messages.success(request, "La campagne est annulée : ce qui n'est pas parti ne partira pas.")
    return "campagne"


def _excuser(request: HttpRequest, campagne: Campagne) -> str:
    brut = request.POST.get("motif", "")
    if campagne.etat != EtatCampagne.ANNULEE or brut not in set(MotifExcuses):
        raise CampagneImpossible("Annulez d'abord la campagne, puis dites quelle erreur a été faite.")
    demander_excuses(campagne=campagne, motif=MotifExcuses(brut), par=agent_courant(request))
    messages.success(request, "Les rendez-vous sont retirés et les excuses partent par le moyen le plus rapide.")
    return "campagne"


ACTES: dict[str, Callable[[HttpRequest, Campagne], str]] = {
    "lancer": _lancer,
    "pause": _pause,
    "reprendre": _reprendre,
    "relancer": _relancer,
    "preparer": _preparer,
    "retirer": _retirer,
    "annuler": _annuler,
    "excuser": _excuser,
}
