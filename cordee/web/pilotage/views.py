"""The first page of who steers, and the page of one indicator: figures, never a name."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire, Definition, definition, indicateurs
from cordee.socle import horloge
from cordee.web.composants.tableaux import lire_tri
from cordee.web.pilotage import calcul, lieux, mesures, series, sources, tableau
from cordee.web.pilotage.commun import LIRE, avec, commun, peut_actualiser, peut_lister, vide
from cordee.web.pilotage.definitions import paires
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de
from cordee.web.pilotage.visees import visees as visees_de
from cordee.web.socle.acces import acces, agent_courant, peut
from cordee.web.socle.fraicheur import retards_annonces

P = Permission


@acces(*LIRE)
def tableau_de_bord(request: HttpRequest) -> HttpResponse:
    """The questions of a director, in order, for a territory and a month.

    Asked again by the open page every few seconds (``If-None-Match``): as long as no newer figure is there, the answer
    is 304 and nothing of it is computed.
    """
    try:
        p = perimetre_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    etat = tableau.etat(p, request)
    if request.headers.get("If-None-Match") == etat:
        return HttpResponse(status=304)
    agent = agent_courant(request)
    bord = tableau.bord(p, pour=agent, listes=peut_lister(request))
    contexte: dict[str, Any] = {
        **commun(request, p, "pilotage"),
        "bord": bord,
        "etat": json.dumps({"If-None-Match": etat}),
        "sources": sources.sources(request, p),
        "fichiers_en_retard": retards_annonces(request),
        "url_verification": reverse("verification") if peut(request, P.PILOTER) else "",
    }
    reponse = render(request, "pilotage/tableau_de_bord.html", contexte)
    reponse.headers["ETag"] = etat
    return reponse


@acces(*LIRE)
def indicateur(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its value, its months, its territories, its definition."""
    d = definition(code)
    try:
        p = perimetre_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    agent = agent_courant(request)
    valeur = next(iter(indicateurs(pour=agent, au=p.au, territoire=p.territoire.code, codes=[code])), None)
    contexte: dict[str, Any] = {**commun(request, p, "pilotage_indicateur", code), "definition": d}
    if valeur is not None:
        contexte |= _serie(request, d, p) | _lieux(request, d, p)
        avant = contexte["derniere"].avant if contexte["derniere"] else None
        visees = visees_de([code], {code: valeur}, p, pour=agent).get(code, ())
        contexte["m"] = mesures.mesure(valeur, avant, p, listes=peut_lister(request), courbe=False, visees=visees)
    contexte["paires"] = paires(d)
    contexte["url_sql"] = f"{reverse('pilotage_methode')}#{code}"
    contexte["fil"] = [("Pilotage", f"{reverse('pilotage')}?{p.parametres()}"), (d.libelle, "")]
    return render(request, "pilotage/indicateur.html", contexte)


@acces(P.IMPORTER, P.ADMINISTRER, P.PILOTER)
@require_POST
def actualiser(request: HttpRequest) -> HttpResponse:
    """Ask for the figures to be computed again, in the background."""
    if not peut_actualiser(request):
        raise PermissionDenied
    if calcul.demander(le=horloge.maintenant()):
        messages.success(request, "Le calcul est demandé : rechargez la page dans une minute.")
    else:
        messages.info(request, "Un calcul est déjà demandé : rechargez la page dans une minute.")
    retour = request.POST.get("retour", "")
    sur = url_has_allowed_host_and_scheme(retour, allowed_hosts={request.get_host()}) and retour.startswith("/")
    return redirect(retour if sur else "accueil")


# Parts --------------------------------------------------------------------------------------------------------------
def _serie(request: HttpRequest, d: Definition, p: Perimetre) -> dict[str, Any]:
    """The months of an indicator: chart, table, addresses of both."""
    periode = series.lire_periode(request.GET.get("periode", ""))
    lues = series.lignes(d.code, p, pour=agent_courant(request), mois=int(periode))
    colonnes = series.colonnes(d)
    tri = lire_tri(request.GET, colonnes, "-mois")
    comparer = periode != "0"
    return {
        "derniere": lues[-1] if lues else None,
        "serie": series.trier(lues, tri), "colonnes_serie": colonnes, "tri_serie": tri,
        "ouvrir_serie": "tri" in request.GET,
        "detail": series.detail(d),
        "vue_courbe": series.phrase(lues), "axe_coupe": series.axe_coupe(lues, comparer=comparer, d=d),
        "url_courbe": mesures.adresse("pilotage_graphique", p, d.code, forme="courbe", periode=periode),
        "url_export_serie": mesures.adresse("pilotage_export", p, d.code, vue="mois", periode=periode),
        "periodes": [
            {"libelle": libelle, "url": f"?{avec(request, periode=cle)}#titre-evolution", "actif": cle == periode}
            for cle, libelle in series.PERIODES.items()
        ],
    }  # fmt: skip


def _lieux(request: HttpRequest, d: Definition, p: Perimetre) -> dict[str, Any]:
    """The territories of an indicator: map, table, addresses of both."""
    ouverts = lieux.niveaux_ouverts(d, p)
    niveau = lieux.lire_niveau(request.GET.get("niveau", ""), ouverts)
    if niveau is None:
        return {}
    lues = lieux.lignes(d, niveau, p, pour=agent_courant(request))
    colonnes = lieux.colonnes(d, niveau)
    tri = lire_tri(request.GET, colonnes, "-valeur", parametre="tri_lieux")
    carte = niveau.value == "commune"
    return {
        "lieux": [
            {"ligne": x, "url": f"?{avec(request, territoire=x.valeur.territoire)}" if x.choisissable else ""}
            for x in lieux.trier(lues, tri)
        ],
        "colonnes_lieux": colonnes, "tri_lieux": tri, "legende_lieux": f"{d.libelle} : {niveau.libelle.lower()}",
        "niveaux": [
            {"libelle": lieux.NIVEAUX[n], "url": f"?{avec(request, niveau=n.value)}#titre-lieux", "actif": n is niveau}
            for n in ouverts
        ],
        "url_carte": mesures.adresse("pilotage_graphique", p, d.code, forme="carte") if carte else "",
        "vue_carte": lieux.phrase(d, lues) if carte else "",
        "url_export_lieux": mesures.adresse("pilotage_export", p, d.code, vue="territoires", niveau=niveau.value),
        "masques": lieux.masques(lues, p.publie),
    }  # fmt: skip
