"""People nobody expected: made to wait, received at once, or given a slot; and the page each leaves with (R2, R8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats.services.feuille_de_route import remettre_feuille_de_route
from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import canaux_possibles
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres
from cordee.metier.rendezvous.selectors.journee import prochains
from cordee.metier.rendezvous.services import presence
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.arrivees.accueil import dessiner_liste
from cordee.web.arrivees.poste import Poste
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
HORIZON = timedelta(days=56)
PROPOSES = 6
ABSENCES = "absences"
_ORDRE = (Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE, Canal.GUICHET)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
@require_POST
def visite(request: HttpRequest, pk: int) -> HttpResponse:
    """She came without being expected here: she waits her turn, or is received now. Counted either way."""
    personne = _personne(request, pk, "visite")
    poste = Poste(request)
    ici = poste.sur_place
    if ici is None:
        raise PermissionDenied
    prevu = prochains(personnes=[personne.pk], depuis=poste.maintenant - timedelta(hours=12)).get(personne.pk)
    qui = nom_court(personne.prenom, personne.nom)
    dit: dict[str, Any]
    try:
        rdv = presence.accueillir(
            personne=personne, structure=ici, venue=poste.pourquoi(prevu), par=poste.agent, le=poste.maintenant
        )
        dit = {"fait": f"{qui} attend : {rdv.get_venue_display().lower()}.", "defaire": rdv}
        if request.POST.get("geste") == "recevoir":
            agent = poste.agent if poste.droits.peut(P.DIAGNOSTIQUER) else None
            rdv = presence.recevoir(rendez_vous=rdv, agent=agent, par=poste.agent, le=poste.maintenant)
            dit = {"fait": f"L'entretien de {qui} commence.", "defaire": rdv}
        if prevu is not None:
            dit["reste_prevu"] = prevu
    except ErreurMetier as erreur:
        dit = {"erreur": f"{qui} : {erreur}"}
    if not htmx.est_htmx(request):
        (messages.error if "erreur" in dit else messages.success)(request, dit.get("erreur") or dit["fait"])
        return redirect(reverse("arrivees") + poste.requete)
    return dessiner_liste(request, Poste(request), vider=True, **dit)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def creneau(request: HttpRequest, pk: int) -> HttpResponse:
    """The next free slots for a person who stands there: one tap books one, her paper is handed over."""
    personne = _personne(request, pk, "créneau")
    poste = Poste(request)
    prevu = prochains(personnes=[personne.pk], depuis=poste.maintenant).get(personne.pk)
    erreur = ""
    if request.method == "POST":
        try:
            rdv = _donner(request, personne, prevu, poste)
        except ErreurMetier as refus:
            erreur = str(refus)
        else:
            quand = rdv.debut.astimezone(horloge.PARIS)
            messages.success(
                request,
                f"{nom_court(personne.prenom, personne.nom)} a rendez-vous le {quand:%d/%m/%Y à %H:%M}, "
                f"{rdv.structure}. Sa convocation est dans « Documents ».",
            )
            return htmx.rediriger(request, _retour(request, poste))
    libres = _creneaux(personne, poste)
    contexte = {
        "personne": personne, "qui": nom_court(personne.prenom, personne.nom), "prevu": prevu, "erreur": erreur,
        "ici": libres[0], "ailleurs": libres[1], "poste": poste, "gabarit": htmx.gabarit(request),
        "canaux": _canaux(request, personne, poste), "parametres": request.GET.urlencode(),
        "fil": [("Arrivées", _retour(request, poste)), ("Donner un créneau", "")],
    }  # fmt: skip
    return render(request, "arrivees/creneau.html", contexte, status=422 if erreur else 200)


@acces(P.CONVOQUER, P.DIAGNOSTIQUER, P.SUIVRE, finalite=Finalite.ORIENTATION)
@require_POST
def feuille_de_route(request: HttpRequest, pk: int) -> HttpResponse:
    """The page she leaves with: written, kept as proof, shown at once to be printed."""
    personne = _personne(request, pk, "feuille de route", P.CONVOQUER, P.DIAGNOSTIQUER, P.SUIVRE)
    poste = Poste(request)
    try:
        courrier = remettre_feuille_de_route(
            personne=personne, ici=poste.sur_place, par=poste.agent, le=poste.maintenant
        )
    except ErreurMetier as erreur:
        messages.error(request, str(erreur))
        return redirect("personne", pk=personne.pk)
    return redirect("courrier_pdf", pk=personne.pk, courrier_pk=courrier.pk)


# Parts --------------------------------------------------------------------------------------------------------------
def _personne(request: HttpRequest, pk: int, page: str, *permissions: Permission) -> Personne:
    """The person, in the perimeter, on whom this may be done; the read is logged."""
    dossier = ouvrir_dossier(request, pk, page=f"arrivees/{page}", finalite=Finalite.ORIENTATION)
    if not dossier.peut(*(permissions or (P.CONVOQUER,))):
        raise PermissionDenied
    return dossier.personne


def _creneaux(personne: Personne, poste: Poste) -> tuple[list[Creneau], list[Creneau]]:
    """The next free slots here, then the sooner ones elsewhere: two queries at most."""
    oriente = Situation.objects.filter(personne=personne, oriente_le__isnull=False).exists()
    genre = GenreRendezVous.ACCOMPAGNEMENT if oriente else GenreRendezVous.ORIENTATION
    libres = creneaux_libres(
        pour=poste.agent, genre=genre, du=poste.maintenant, au=poste.maintenant + HORIZON,
        langue=personne.langue if personne.interprete else "",
    )  # fmt: skip
    sur_place = poste.sur_place
    ici: list[Creneau] = list(libres.filter(structure=sur_place)[:PROPOSES]) if sur_place else []
    ailleurs = libres.exclude(structure=sur_place) if sur_place else libres
    if ici:
        ailleurs = ailleurs.filter(debut__lt=ici[0].debut)
    return ici, list(ailleurs[:PROPOSES])


def _canaux(request: HttpRequest, personne: Personne, poste: Poste) -> list[Canal]:
    """How she may be told, the likeliest first: she stands at the counter, or is on the phone."""
    possibles = canaux_possibles(personne=personne, genre=GenreCourrier.CONVOCATION, au=poste.au)
    ouverts = [c.canal for c in possibles if c.possible and c.canal in _ORDRE]
    premier = Canal.GUICHET if request.GET.get("depuis") != ABSENCES else Canal.COURRIER
    return sorted(ouverts, key=lambda c: (c is not premier, _ORDRE.index(c)))


def _retour(request: HttpRequest, poste: Poste) -> str:
    """The list she came from: a word of the address, never an address."""
    return reverse("absences") if request.GET.get("depuis") == ABSENCES else reverse("arrivees") + poste.requete


def _donner(request: HttpRequest, personne: Personne, prevu: RendezVous | None, poste: Poste) -> RendezVous:
    """Book, or move the appointment she had: nobody is convened twice for the same thing."""
    choisi = request.POST.get("creneau", "")
    trouve = Creneau.objects.filter(pk=int(choisi)).first() if choisi.isdecimal() else None
    if trouve is None:
        raise Http404
    demande = request.POST.get("canal", "")
    canaux = _canaux(request, personne, poste)
    canal = next((c for c in canaux if c == demande), canaux[0] if canaux else Canal.GUICHET)
    commun: dict[str, Any] = {"canal": canal, "par": poste.agent, "le": poste.maintenant}
    if prevu is not None and prevu.statut == StatutRendezVous.PREVU and prevu.genre == trouve.genre:
        return services.deplacer(rendez_vous=prevu, version=prevu.version, creneau=trouve, **commun)
    return services.reserver(creneau=trouve, personne=personne, **commun)
