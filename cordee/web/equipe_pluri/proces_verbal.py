"""The minutes: on the screen as the session stands, frozen and signed by two people once it is closed (R25)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.devoirs.enums_ep import StatutSeance
from cordee.metier.devoirs.models import ProcesVerbal, RetraitMembre, SeanceEP
from cordee.metier.devoirs.proces_verbal import proces_verbal_pdf
from cordee.metier.devoirs.services import ep
from cordee.metier.devoirs.services.ep_proces_verbal import contenu
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.equipe_pluri import commun
from cordee.web.socle.acces import acces

P = Permission


@acces(P.TENIR_EP, P.SIEGER)
def proces_verbal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, write it again as long as nobody has signed, sign it."""
    posee, d = _seance(request, pk), commun.demande(request)
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "signer":
            commun.tenter(request, ep.signer_proces_verbal, "Le procès-verbal est signé.", seance=posee)
        elif action == "etablir" and d.tient:
            commun.tenter(request, ep.etablir_proces_verbal, "Le procès-verbal est établi.", seance=posee)
        return redirect("ep_pv", pk=pk)
    pv = ProcesVerbal.objects.filter(seance=posee).first()
    if pv is None and not d.tient:
        raise Http404
    preside = posee.presidence is not None and posee.presidence.agent_id == d.agent.pk
    secretaire = posee.secretaire_id == d.agent.pk and not preside
    a_signer = pv is not None and (
        (preside and pv.signe_presidence_le is None) or (secretaire and pv.signe_secretaire_le is None)
    )
    contexte: dict[str, Any] = {
        "seance": posee, "pv": pv, "dit": _pour(request, posee, pv.contenu if pv else contenu(posee)),
        "tient": d.tient, "a_signer": a_signer,
        "close": posee.statut == StatutSeance.CLOSE, "fil": commun.fil(posee, page="Procès-verbal"),
        "modifiable": d.tient and (pv is None or not (pv.signe_presidence_le or pv.signe_secretaire_le)),
    }  # fmt: skip
    return render(request, "equipe_pluri/proces_verbal.html", contexte)


@acces(P.TENIR_EP, P.SIEGER)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a file."""
    posee = _seance(request, pk)
    pv = ProcesVerbal.objects.filter(seance=posee).first()
    if pv is None and not commun.demande(request).tient:
        raise Http404
    fichier = proces_verbal_pdf(
        _pour(request, posee, pv.contenu if pv else contenu(posee)),
        departement=str(expediteur().get("nom") or "Département"),
        le=pv.etabli_le if pv else horloge.maintenant(), empreinte=pv.empreinte if pv else "",
        signatures={
            "Présidence": pv.signe_presidence_le if pv else None, "Secrétariat": pv.signe_secretaire_le if pv else None,
        },
    )  # fmt: skip
    reponse = HttpResponse(fichier, content_type="application/pdf")
    nom = f"proces-verbal-{horloge.jour(posee.debut).isoformat()}.pdf"
    reponse.headers["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse


def _pour(request: HttpRequest, posee: SeanceEP, dit: dict[str, Any]) -> dict[str, Any]:
    """The minutes as this reader may read them: a member learns nothing of the files she did not sit on (R28)."""
    d = commun.demande(request)
    if d.tient:
        return dit
    siens = RetraitMembre.objects.filter(passage__seance=posee, membre__agent=d.agent)
    codes = set(siens.values_list("passage__code", flat=True))
    tu = {"motivation": "Vous n'avez pas siégé sur ce dossier.", "propose": "", "dissentiments": [],
          "avis": "Non communiqué", "pour": 0, "contre": 0, "abstentions": 0, "est_un_avis": True}  # fmt: skip
    return {**dit, "dossiers": [x | tu if x["code"] in codes else x for x in dit["dossiers"]]}


def _seance(request: HttpRequest, pk: int) -> SeanceEP:
    posee = commun.lire_seance(request, pk)
    if posee.statut not in (StatutSeance.OUVERTE, StatutSeance.CLOSE):
        raise Http404
    return posee
