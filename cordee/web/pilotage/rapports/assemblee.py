"""The page for the assembly: on the screen what the sheet will say, then the sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums import Niveau
from cordee.pilotage.enums_rapports import GenreEdition
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.models import Edition
from cordee.pilotage.rapports import editions
from cordee.pilotage.rapports.blocs import empreinte
from cordee.pilotage.rapports.une_page import contenu
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire
from cordee.socle import horloge
from cordee.web.pilotage.commun import commun, vide
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de
from cordee.web.pilotage.rapports.commun import fichier, fil
from cordee.web.socle.acces import acces, agent_courant

P = Permission


@acces(P.PILOTER)
def page(request: HttpRequest) -> HttpResponse:
    """The figures that matter for a territory and a month, as they will be printed."""
    try:
        p = perimetre_public(request)
        lu = contenu_de(p)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    parametres = p.parametres()
    faite = Edition.objects.filter(genre=GenreEdition.ASSEMBLEE, empreinte=empreinte(lu)).defer("contenu").first()
    contexte: dict[str, Any] = {
        **commun(request, p, "pilotage_page_pdf"), "page": lu, "fichier": fichier(faite) if faite else None,
        "parametres": parametres,
        "chiffres": [
            {**c, "url": f"{_graphique(c['code'], parametres)}" if c["courbe"] else ""} for c in lu["chiffres"]
        ],
        "url_carte": _graphique("carte", parametres) if lu["carte"] else "",
        "fil": fil(("La page pour l'assemblée", "")),
    }  # fmt: skip
    return render(request, "pilotage/rapports/assemblee.html", contexte)


@acces(P.PILOTER)
def graphique(request: HttpRequest) -> HttpResponse:
    """One chart of the page: the very description that is printed."""
    lu = contenu_de(perimetre_public(request))
    code = request.GET.get("code", "")
    if code == "carte" and lu["carte"]:
        return JsonResponse(lu["carte"]["spec"])
    courbe = next((c["courbe"] for c in lu["chiffres"] if c["code"] == code), None)
    if courbe is None:
        raise Http404
    return JsonResponse(courbe)


@acces(P.PILOTER)
@require_POST
def preparer(request: HttpRequest) -> HttpResponse:
    """Ask for the sheet of what the screen shows."""
    p = perimetre_public(request)
    lu = contenu_de(p)
    editions.demander(
        genre=GenreEdition.ASSEMBLEE, titre=f"{lu['titre']}, {lu['territoire']}, {lu['quand']}", contenu=lu,
        par=agent_courant(request), le=horloge.maintenant(),
    )  # fmt: skip
    parametres = p.parametres()
    return redirect(reverse("pilotage_page_pdf") + (f"?{parametres}" if parametres else "") + "#feuille")


def perimetre_public(request: HttpRequest) -> Perimetre:
    """A territory and a month; never a structure: what is published ranks nobody (V10)."""
    p = perimetre_de(request)
    choix = tuple(t for t in p.choix if t.niveau is not Niveau.STRUCTURE)
    ici = p.territoire if p.territoire.niveau is not Niveau.STRUCTURE else choix[0]
    return replace(p, choix=choix, territoire=ici)


def contenu_de(p: Perimetre) -> dict[str, Any]:
    """What the sheet of this territory and month says."""
    manifeste = lire_manifeste()
    if manifeste is None:
        raise ChiffresAbsents("Les chiffres n'ont pas encore été calculés.")
    territoire = "" if p.territoire.niveau is Niveau.DEPARTEMENT else p.territoire.code
    return contenu(
        manifeste, territoire=territoire, au=p.au, departement=expediteur().get("nom", ""),
        fait_le=horloge.aujourdhui(),
    )  # fmt: skip


def _graphique(code: str, parametres: str) -> str:
    return f"{reverse('pilotage_page_graphique')}?code={code}" + (f"&{parametres}" if parametres else "")
