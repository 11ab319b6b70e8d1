"""The arrivals desk: fifteen people standing, one computer (R1). Type, tap, next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.rendezvous.enums import EtatAccueil, MotifExcuse
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.selectors.journee import UN_JOUR, LigneAccueil, etat_accueil, seances
from cordee.metier.rendezvous.services import presence
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.arrivees.onglets import onglets
from cordee.web.arrivees.poste import Poste
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant, peut
from cordee.web.socle.identites import nom_court

P = Permission
RETARDS = (10, 20, 30, 45)
CLE_GESTE = "arrivees_geste"
GESTE_GARDE = timedelta(minutes=1)
PHRASES = {
    "arrivee": "Arrivée de {qui} notée à {heure}.",
    "recevoir": "L'entretien de {qui} commence à {heure}.",
    "depart": "Départ de {qui} noté à {heure}.",
    "absence": "Absence de {qui} notée : une démarche d'aller-vers s'ouvre, sans sanction.",
    "excuse": "Absence excusée de {qui} : proposez une autre date.",
    "retard": "{qui} aura {valeur} minutes de retard : sa place est gardée.",
    "annuler": "Le dernier geste sur {qui} est annulé.",
}
EXCUSES = [m for m in MotifExcuse if m is not MotifExcuse.PARTIE_AVANT]


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def arrivees(request: HttpRequest) -> HttpResponse:
    """The page: the search, whose turn it is, the list."""
    poste = Poste(request)
    contexte = contexte_liste(poste) | {
        "onglets": onglets(request, "jour"),
        "seances": seances(
            pour=poste.agent, structures=[s.pk for s in poste.choisies], du=poste.au,
            au=poste.au + UN_JOUR, droits=poste.droits,
        ),
        "peut_creer": peut(request, P.CREER_PERSONNE),
    }  # fmt: skip
    return render(request, "arrivees/arrivees.html", contexte)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
@require_POST
def liste(request: HttpRequest) -> HttpResponse:
    """The list alone, for what is typed: by POST, so that no name stands in an address or a log.

    With « valider » (the Enter key), the only person awaited that the text means has arrived.
    """
    poste = Poste(request, request.POST.get("q", ""))
    dit: dict[str, Any] = {}
    if request.POST.get("valider"):
        seules = [x for x in poste.trouvees if x.etat in (EtatAccueil.ATTENDUE, EtatAccueil.EN_RETARD)]
        if poste.texte and len(seules) == 1:
            dit = accomplir(request, seules[0].rdv, "arrivee", seules[0].rdv.version)
            poste = Poste(request)
            dit["vider"] = "erreur" not in dit
        elif poste.texte:
            dit = {"erreur": "Plusieurs personnes correspondent : touchez « Arrivée » sur la bonne ligne."
                   if seules else "Personne d'attendu ne correspond : voyez plus bas."}  # fmt: skip
    if not htmx.est_htmx(request):
        return redirect(reverse("arrivees") + poste.requete)
    return dessiner_liste(request, poste, **dit)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
@require_POST
def geste(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap on a line. The same answer as the list, with what was done and how to undo it."""
    avant = Poste(request)
    rdv = avant.ligne(pk).first()
    if rdv is None:
        raise Http404
    version = request.POST.get("version", "")
    dit = accomplir(request, rdv, request.POST.get("geste", ""), int(version) if version.isdecimal() else None)
    if not htmx.est_htmx(request):
        if "erreur" in dit:
            messages.error(request, dit["erreur"])
        else:
            messages.success(request, dit["fait"])
        return redirect(reverse("arrivees") + avant.requete)
    return dessiner_liste(request, Poste(request, request.POST.get("q", "")), **dit)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def plus(request: HttpRequest, pk: int) -> HttpResponse:
    """The rarer taps on a line, drawn when they are asked for: late, excused."""
    poste = Poste(request)
    rdv = poste.ligne(pk).first()
    if rdv is None:
        raise Http404
    contexte = {"rdv": rdv, "retards": RETARDS, "excuses": EXCUSES, "requete": poste.requete}
    return render(request, "arrivees/_plus.html", contexte)


def accomplir(request: HttpRequest, rdv: RendezVous, quoi: str, version: int | None) -> dict[str, Any]:
    """Call the service. ``fait`` and the line to undo, or ``erreur``."""
    maintenant = horloge.maintenant()
    qui, (nom, _, valeur) = nom_court(rdv.personne.prenom, rdv.personne.nom), quoi.partition(":")
    acte = _acte(request, rdv, nom, valeur)
    try:
        lu = acte(rendez_vous=rdv, version=version, par=agent_courant(request), le=maintenant)
    except ErreurMetier as erreur:
        return {"erreur": f"{qui} : {erreur}"}
    phrase = PHRASES[nom].format(qui=qui, heure=f"{maintenant:%H:%M}", valeur=valeur)
    return {"fait": phrase, "defaire": None if nom == "annuler" else lu}


def _acte(request: HttpRequest, rdv: RendezVous, nom: str, valeur: str) -> Callable[..., RendezVous]:
    """The service behind a button (``retard:20``, ``excuse:sante``).

    Raises:
        Http404: no such button.
    """
    if nom == "recevoir":
        return partial(presence.recevoir, agent=_qui_recoit(rdv, request))
    if nom == "retard" and valeur.isdecimal():
        return partial(presence.annoncer_retard, minutes=int(valeur))
    if nom == "excuse" and valeur in {m.value for m in EXCUSES}:
        return partial(presence.noter_absence, motif=MotifExcuse(valeur))
    simples: dict[str, Callable[..., RendezVous]] = {
        "arrivee": presence.noter_arrivee, "depart": presence.noter_depart, "absence": presence.noter_absence,
        "annuler": presence.annuler_geste,
    }  # fmt: skip
    if nom not in simples:
        raise Http404
    return simples[nom]


def _qui_recoit(rdv: RendezVous, request: HttpRequest) -> Agent | None:
    """Where the appointment names nobody: the agent who taps, when she works in the structure that receives."""
    agent = agent_courant(request)
    recoivent = agents_de(rdv.structure, au=horloge.aujourdhui())
    return agent if peut(request, P.DIAGNOSTIQUER) and recoivent.filter(pk=agent.pk).exists() else None


def contexte_liste(poste: Poste, **dit: Any) -> dict[str, Any]:
    """What the list shows."""
    contexte = {
        "poste": poste, "bilan": poste.bilan, "requete": poste.requete,
        "peut_creer": poste.droits.peut(P.CREER_PERSONNE), **dit,
    }  # fmt: skip
    a_defaire = dit.get("defaire")
    if isinstance(a_defaire, RendezVous) and a_defaire.statut != "annule":
        contexte["ligne_a_defaire"] = LigneAccueil(a_defaire, etat_accueil(a_defaire), poste.maintenant)
    return contexte


def dessiner_liste(request: HttpRequest, poste: Poste, **dit: Any) -> HttpResponse:
    """The list, swapped under the search box, whose text stays.

    What was just done stays said, with its undo, while the list is refreshed: for a minute, or until the line changes.
    """
    fait = dit.get("defaire")
    if isinstance(fait, RendezVous):
        jusqua = (poste.maintenant + GESTE_GARDE).timestamp()
        request.session[CLE_GESTE] = {"pk": fait.pk, "version": fait.version, "fait": dit["fait"], "jusqua": jusqua}
    elif dit:
        request.session.pop(CLE_GESTE, None)
    else:
        dit = _dernier_geste(request, poste)
    return render(request, "arrivees/_reponse.html", contexte_liste(poste, **dit))


def _dernier_geste(request: HttpRequest, poste: Poste) -> dict[str, Any]:
    """What this agent did less than a minute ago, if the line is still as she left it."""
    garde = request.session.get(CLE_GESTE)
    if garde is None or garde["jusqua"] < poste.maintenant.timestamp():
        return {}
    lignes = (x.rdv for x in poste.lignes if x.rdv.pk == garde["pk"] and x.rdv.version == garde["version"])
    rdv = next(lignes, None)
    return {"fait": garde["fait"], "defaire": rdv} if rdv is not None else {}
