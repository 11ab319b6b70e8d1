"""Collective sessions (R6): the sheet to print, then the whole sheet entered in one go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous.emargement import feuille_pdf
from cordee.metier.rendezvous.enums import MotifExcuse, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.code_barres import lire_numeros, numero_de_ligne
from cordee.metier.rendezvous.selectors import journee
from cordee.metier.rendezvous.services.seance import noter_seance
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS
from cordee.web.arrivees.accueil import EXCUSES
from cordee.web.arrivees.onglets import onglets
from cordee.web.arrivees.poste import Poste
from cordee.web.socle.acces import acces, journaliser_export
from cordee.web.socle.identites import nom_complet

P, S = Permission, StatutRendezVous
PASSEES, A_VENIR = timedelta(days=14), timedelta(days=42)
FORMAT = "%Y-%m-%d-%H%M"


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def liste(request: HttpRequest) -> HttpResponse:
    """The sessions: those still to be entered first, then those to come."""
    poste = Poste(request)
    trouvees = journee.seances(
        pour=poste.agent, structures=[s.pk for s in poste.structures_toutes], du=poste.au - PASSEES,
        au=poste.au + A_VENIR, droits=poste.droits,
    )  # fmt: skip
    commencees = [s for s in trouvees if s.debut <= poste.maintenant]
    contexte = {
        "onglets": onglets(request, "seances"),
        "a_saisir": [s for s in commencees if not s.passee],
        "a_venir": [s for s in trouvees if s.debut > poste.maintenant],
        "saisies": [s for s in reversed(commencees) if s.passee],
        "requete": poste.requete,
    }
    return render(request, "arrivees/seances.html", contexte)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def seance(request: HttpRequest, structure: int, quand: str) -> HttpResponse:
    """One session: who is on the sheet, and its entry (everybody came but those said absent, or numbers scanned)."""
    poste = Poste(request)
    lignes = _lignes(request, poste, structure, quand)
    saisie: dict[str, Any] = {"numeros": "", "absents": set()}
    erreur = ""
    if request.method == "POST":
        saisie, erreur = _saisie(request, lignes)
        if not erreur:
            try:
                bilan = noter_seance(
                    rendez_vous=[r.pk for r in lignes], absents=saisie["absents"], excuses=saisie["excuses"],
                    par=poste.agent, le=poste.maintenant,
                )  # fmt: skip
            except ErreurMetier as refus:
                erreur = str(refus)
            else:
                messages.success(request, _phrase(bilan.venues, bilan.absentes, bilan.excusees))
                return redirect(request.get_full_path())
    premier = lignes[0]
    contexte = {
        "onglets": onglets(request, "seances"), "premier": premier, "erreur": erreur, "saisie": saisie,
        "lignes": [{"rdv": r, "nom": nom_complet(r.personne), "numero": numero_de_ligne(r.pk)} for r in lignes],
        "a_noter": sum(1 for r in lignes if r.statut == S.PREVU), "commencee": premier.debut <= poste.maintenant,
        "excuses": EXCUSES, "structure": structure, "quand": quand, "suffixe": _suffixe(request),
        "fil": [("Informations collectives", reverse("seances")),
                (f"{premier.debut.astimezone(PARIS):%d/%m/%Y %H:%M}", "")],
    }  # fmt: skip
    return render(request, "arrivees/seance.html", contexte, status=422 if erreur else 200)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def feuille(request: HttpRequest, structure: int, quand: str) -> HttpResponse:
    """The sheet to print and to have signed."""
    poste = Poste(request)
    lignes = _lignes(request, poste, structure, quand)
    journaliser_export(
        request, [r.personne_id for r in lignes], finalite=Finalite.ORIENTATION, page="arrivees/feuille de présence"
    )
    reponse = HttpResponse(feuille_pdf(lignes, le=poste.maintenant), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="feuille-de-presence-{quand}.pdf"'
    return reponse


# Parts --------------------------------------------------------------------------------------------------------------
def _lignes(request: HttpRequest, poste: Poste, structure: int, quand: str) -> list[RendezVous]:
    """The people of the session that the address names. Outside the perimeter: as if it did not exist."""
    creneau = request.GET.get("creneau", "")
    try:
        debut = datetime.strptime(quand, FORMAT).replace(tzinfo=PARIS)
    except ValueError as erreur:
        raise Http404 from erreur
    lignes = journee.inscrites(
        pour=poste.agent, au=poste.au, structure=structure, debut=debut, droits=poste.droits,
        creneau=int(creneau) if creneau.isdecimal() else None,
    )  # fmt: skip
    if not lignes or structure not in {s.pk for s in poste.structures_toutes}:
        raise Http404
    return lignes


def _saisie(request: HttpRequest, lignes: list[RendezVous]) -> tuple[dict[str, Any], str]:
    """What was ticked, or the numbers scanned of those who signed; and what prevents the entry."""
    attendus = {r.pk for r in lignes if r.statut == S.PREVU}
    numeros = request.POST.get("numeros", "").strip()
    excuses = {
        pk: MotifExcuse(motif)
        for pk in attendus
        if (motif := request.POST.get(f"excuse-{pk}", "")) in {m.value for m in EXCUSES}
    }
    if request.POST.get("mode") == "numeros":
        lus, refuses = lire_numeros(numeros)
        inconnus = [numero_de_ligne(pk) for pk in lus if pk not in {r.pk for r in lignes}]
        absents = attendus - set(lus) - set(excuses)
        erreur = ""
        if not lus and not refuses:
            erreur = "Collez ou scannez les numéros des personnes qui ont signé."
        elif refuses or inconnus:
            erreur = f"Ces numéros ne sont pas sur la feuille : {', '.join([*refuses, *inconnus][:8])}. Corrigez-les."
        return {"numeros": numeros, "absents": absents, "excuses": excuses, "mode": "numeros"}, erreur
    venues = {int(pk) for pk in request.POST.getlist("venue") if pk.isdecimal()}
    absents = attendus - venues - set(excuses)
    return {"numeros": numeros, "absents": absents, "excuses": excuses, "mode": "cases"}, ""


def _phrase(venues: int, absentes: int, excusees: int) -> str:
    morceaux = [f"{venues} présence{'s' if venues > 1 else ''}"]
    if absentes:
        morceaux.append(f"{absentes} absence{'s' if absentes > 1 else ''}")
    if excusees:
        morceaux.append(f"{excusees} absence{'s' if excusees > 1 else ''} excusée{'s' if excusees > 1 else ''}")
    return f"La feuille est saisie : {', '.join(morceaux)}. La suite de chaque personne est ouverte."


def _suffixe(request: HttpRequest) -> str:
    creneau = request.GET.get("creneau", "")
    return f"?creneau={creneau}" if creneau.isdecimal() else ""
