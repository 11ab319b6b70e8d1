"""The week of an agent or of a structure, one slot, and the calendar feed."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifFermeture
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.selectors.abonnements import (
    abonnement_en_cours,
    agent_du_jeton,
    rendez_vous_de_l_agent,
)
from cordee.metier.rendezvous.services.occupation import adresse_du_creneau
from cordee.socle import horloge
from cordee.web.agenda.formulaires import FiltresSemaine
from cordee.web.agenda.onglets import cadre, fil
from cordee.web.agenda.perimetre import perimetre
from cordee.web.agenda.semaine import lundi_de, lundi_utile, semaine
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.calendrier_ics import EvenementIcs, en_ics, reponse_ics
from cordee.web.socle.export import en_csv

P = Permission


@acces(P.CONVOQUER)
def vue_semaine(request: HttpRequest) -> HttpResponse:
    """One week, by day."""
    vu = perimetre(request)
    filtres = FiltresSemaine(request.GET, perimetre=vu)
    choix = filtres.choix()
    lundi = lundi_de(choix.jour) if choix.jour else lundi_utile(vu.au)
    jours = semaine(
        lundi=lundi, structure=choix.structure, agent=choix.agent, genre=choix.genre, pour=vu.agent,
        droits=vu.droits, au=vu.au,
    )  # fmt: skip
    if request.GET.get("export") == "csv":
        return _export(jours)
    contexte = {
        **cadre("semaine"), "filtres": filtres, "choix": choix, "jours": jours, "lundi": lundi,
        "dimanche": lundi + timedelta(days=6),
        "avant": lundi - timedelta(days=7), "apres": lundi + timedelta(days=7), "cette_semaine": lundi_utile(vu.au),
        "au": vu.au, "libres": sum(j.libres for j in jours), "prises": sum(j.prises for j in jours),
        "a_replacer": sum(len(x.tenues) for j in jours if j.jour >= vu.au for x in j.lignes if x.ferme),
        "vide": not any(j.lignes for j in jours),
        "tient": vu.tient(
            structure_id=choix.structure.pk if choix.structure else 0, agent_id=choix.agent.pk if choix.agent else None
        ),
    }  # fmt: skip
    return render(request, "agenda/semaine.html", contexte)


def _export(jours: list) -> HttpResponse:  # type: ignore[type-arg]
    """The week as a table: no name leaves (V8)."""
    lignes = (
        (ligne.debut, ligne.fin, ligne.genre.libelle, ligne.modalite.libelle, str(ligne.agent or "L'équipe"),
         ligne.creneau.places if ligne.creneau else 1, len(ligne.tenues), ligne.libres,
         "fermé" if ligne.ferme else "ouvert")
        for jour in jours for ligne in jour.lignes
    )  # fmt: skip
    entetes = ["Début", "Fin", "Objet", "Modalité", "Avec", "Places", "Prises", "Libres", "État"]
    return en_csv("agenda", entetes, lignes)


@acces(P.CONVOQUER)
def creneau(request: HttpRequest, pk: int) -> HttpResponse:
    """One slot: who holds it, who could; it closes or opens again."""
    vu = perimetre(request)
    lu = get_object_or_404(Creneau.objects.select_related("structure", "lieu", "agent"), pk=pk)
    if lu.structure_id not in {s.pk for s in vu.structures}:
        raise Http404
    maintenant = horloge.maintenant()
    if request.method == "POST":
        vu.exiger(structure_id=lu.structure_id, agent_id=lu.agent_id)
        _basculer(request, lu)
        return htmx.rediriger(request, _url_semaine(lu))
    (ligne,) = [
        x
        for j in semaine(
            lundi=lundi_de(horloge.jour(lu.debut)), structure=lu.structure, agent=None, genre=lu.genre, pour=vu.agent,
            droits=vu.droits, au=vu.au,
        )
        for x in j.lignes
        if x.creneau is not None and x.creneau.pk == lu.pk
    ]  # fmt: skip
    contexte = {
        "ligne": ligne, "c": lu, "adresse": adresse_du_creneau(lu), "gabarit": htmx.gabarit(request),
        "passe": lu.debut <= maintenant, "retour": _url_semaine(lu),
        "tient": vu.tient(structure_id=lu.structure_id, agent_id=lu.agent_id),
        "attend": services.proposer_place_liberee(creneau=lu, le=maintenant),
        "fil": fil(("Créneau", "")),
    }  # fmt: skip
    return render(request, "agenda/creneau.html", contexte)


def _basculer(request: HttpRequest, lu: Creneau) -> None:
    par, le = agent_courant(request), horloge.maintenant()
    if request.POST.get("acte") == "ouvrir":
        if services.rouvrir_creneaux(ids=[lu.pk], par=par, le=le):
            messages.success(request, "Le créneau est de nouveau ouvert.")
        else:
            messages.warning(request, "Ce créneau ne peut pas rouvrir : absence, fermeture, ou autre créneau ouvert.")
        return
    tenus = services.fermer_creneaux(ids=[lu.pk], motif=MotifFermeture.SERVICE, par=par, le=le)
    if tenus:
        messages.warning(request, "Le créneau est fermé. Ses rendez-vous sont dans « À replacer ».")
    else:
        messages.success(request, "Le créneau est fermé.")


def _url_semaine(lu: Creneau) -> str:
    jour = horloge.jour(lu.debut).isoformat()
    return f"{reverse('agenda')}?structure={lu.structure_id}&semaine={jour}"


# Calendar feed ------------------------------------------------------------------------------------------------------
@acces(P.CONVOQUER)
def calendrier(request: HttpRequest) -> HttpResponse:
    """The agent's own feed: made, replaced, revoked. The address is shown once."""
    agent = agent_courant(request)
    adresse = ""
    if request.method == "POST":
        le = horloge.maintenant()
        if request.POST.get("acte") == "revoquer":
            services.revoquer_abonnement(agent=agent, le=le)
            messages.success(request, "L'adresse ne répond plus.")
            return htmx.rediriger(request, reverse("agenda_calendrier"))
        jeton = services.ouvrir_abonnement(agent=agent, le=le)
        adresse = request.build_absolute_uri(reverse("agenda_flux", args=[jeton]))
    contexte = {
        "abonnement": abonnement_en_cours(agent), "adresse": adresse, "fil": fil(("Mon calendrier", "")),
    }  # fmt: skip
    return render(request, "agenda/calendrier.html", contexte)


@login_not_required
@require_GET
def flux(request: HttpRequest, jeton: str) -> HttpResponse:
    """An agent's appointments for her own calendar: hour, place, kind, initials, nothing else (V8)."""
    agent = agent_du_jeton(jeton)
    if agent is None:
        raise Http404
    le = horloge.maintenant()
    evenements = [_evenement(rdv) for rdv in rendez_vous_de_l_agent(agent, le=le)]
    return reponse_ics(en_ics(evenements, nom="Agenda Cordée", le=le), "agenda")


def _evenement(rdv: RendezVous) -> EvenementIcs:
    p = rdv.personne
    discret = p.dossier_sensible or p.contact_discret
    initiales = "" if discret else "".join(f"{nom.strip()[0].upper()}." for nom in (p.prenom, p.nom) if nom.strip())
    titre = " ".join(filter(None, (GenreRendezVous(rdv.genre).libelle, initiales)))
    lieu = rdv.lieu or rdv.structure.nom
    return EvenementIcs(f"rdv-{rdv.pk}", rdv.debut, rdv.fin, titre, lieu=lieu, version=rdv.version)
