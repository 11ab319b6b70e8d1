"""Openings, places and closings: what makes the slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.models import Creneau, Fermeture, Lieu, Plage
from cordee.metier.rendezvous.selectors.reaffectation import a_reaffecter
from cordee.metier.rendezvous.services import ApercuPlage
from cordee.socle import horloge
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.agenda.formulaires import (
    JOURS,
    RYTHMES,
    FiltresPlages,
    FormulaireFermeture,
    FormulaireFin,
    FormulaireLieu,
    FormulairePlage,
)
from cordee.web.agenda.onglets import cadre, fil
from cordee.web.agenda.perimetre import PerimetreAgenda, perimetre
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

P = Permission
PAR_PAGE = 50
COLONNES = [
    Colonne("quand", "Quand", champs=("jour_semaine", "de")),
    Colonne("avec", "Avec", champs=("agent__nom", "agent__prenom")),
    Colonne("objet", "Objet", champs=("genre",)),
    Colonne("structure", "Structure", champs=("structure__nom",)),
    Colonne("creneaux", "Créneaux à venir", triable=False, nombre=True),
    Colonne("actes", "Actions", triable=False, cachee=True),
]
SEL = "cordee.web.agenda.plages"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@acces(P.CONVOQUER)
def liste(request: HttpRequest) -> HttpResponse:
    """Recurring openings, the places and the closings of the structures seen."""
    vu = perimetre(request)
    filtres = FiltresPlages(request.GET, perimetre=vu)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    tri = lire_tri(request.GET, COLONNES, "quand")
    plages = _plages(vu, lus).order_by(*champs_de_tri(tri, COLONNES))
    if request.GET.get("export") == "csv":
        return _export(plages)
    page = Paginator(plages, PAR_PAGE).get_page(request.GET.get("page"))
    a_venir = _a_venir(page)
    for plage in page:
        plage.a_venir, plage.jusqu_au = a_venir.get(plage.pk, (0, None))
        plage.quand = en_mots(plage)
        plage.tenue = vu.tient(structure_id=plage.structure_id, agent_id=plage.agent_id)
    contexte = {
        **cadre("plages"), "filtres": filtres, "colonnes": COLONNES, "tri": tri, "page": page, "au": vu.au,
    }  # fmt: skip
    return render(request, "agenda/plages.html", contexte)


@acces(P.CONVOQUER)
def lieux(request: HttpRequest) -> HttpResponse:
    """Where people are received, and the days on which they are not."""
    vu = perimetre(request)
    structures = [s.pk for s in vu.structures]
    contexte = {
        **cadre("lieux"), "au": vu.au,
        "lieux": Lieu.objects.filter(structure__in=structures).select_related("structure").order_by(
            "-actif", "structure__nom", "nom"),
        "fermetures": _fermetures(structures, vu),
        "peut_fermer": any(vu.tient_structure(pk) for pk in structures),
        "tenues": {pk for pk in structures if vu.tient_structure(pk)},
    }  # fmt: skip
    return render(request, "agenda/lieux.html", contexte)


def _fermetures(structures: list[int], vu: PerimetreAgenda) -> list[tuple[Fermeture, str]]:
    """Closings under way and to come, each with the name of its dialog."""
    a_venir = Fermeture.objects.filter(structure__in=structures, fin__gt=vu.au).select_related("structure", "lieu")
    return [(f, f"fermeture-{f.pk}") for f in a_venir.order_by("debut", "pk")]


def _plages(vu: PerimetreAgenda, lus: Mapping[str, Any]) -> Any:
    plages = Plage.objects.filter(structure__in=[s.pk for s in vu.structures])
    finies = Q(fin__isnull=False, fin__lte=vu.au)
    plages = plages.filter(finies) if lus.get("etat") == "finies" else plages.exclude(finies)
    if lus.get("structure"):
        plages = plages.filter(structure=int(lus["structure"]))
    if lus.get("genre"):
        plages = plages.filter(genre=lus["genre"])
    return plages.select_related("structure", "agent", "lieu")


def _a_venir(plages: Iterable[Plage]) -> dict[int, tuple[int, datetime]]:
    """Open slots to come of these openings: how many, and the last one. One query."""
    lignes = Creneau.objects.filter(plage__in=[p.pk for p in plages], debut__gt=horloge.maintenant(), statut="ouvert")
    comptes = lignes.values("plage").annotate(n=Count("pk"), dernier=Max("debut")).order_by()
    return {c["plage"]: (c["n"], c["dernier"]) for c in comptes}


def _export(plages: Any) -> HttpResponse:
    lues = list(plages)
    a_venir = _a_venir(lues)
    lignes = (
        (p.structure.nom, str(p.agent or "Guichet"), p.get_genre_display(), p.get_modalite_display(),
         JOURS[p.jour_semaine], f"{p.de:%H:%M}", f"{p.a:%H:%M}", p.duree_minutes, p.places, p.toutes_les, p.debut,
         p.fin, a_venir.get(p.pk, (0,))[0])
        for p in lues
    )  # fmt: skip
    entetes = ["Structure", "Avec", "Objet", "Modalité", "Jour", "De", "À", "Durée (min)", "Places",
               "Toutes les n semaines", "Début", "Fin", "Créneaux à venir"]  # fmt: skip
    return en_csv("plages", entetes, lignes)


def en_mots(plage: Plage) -> str:
    """« Mardi 9 h – 12 h, une semaine sur deux »."""
    rythme = "" if plage.toutes_les == 1 else f", {dict(RYTHMES).get(str(plage.toutes_les), '').lower()}"
    if plage.toutes_les > len(RYTHMES):
        rythme = f", toutes les {plage.toutes_les} semaines"
    return f"{JOURS[plage.jour_semaine].capitalize()} {plage.de:%H:%M}–{plage.a:%H:%M}{rythme}"


@dataclass(frozen=True, slots=True)
class ApercuJour:
    """What one weekday would open."""

    jour: str
    apercu: ApercuPlage


@acces(P.CONVOQUER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Open recurring hours: first what they would make, then, confirmed, they exist."""
    vu = perimetre(request)
    formulaire = FormulairePlage(request.POST or None, perimetre=vu)
    apercus: list[ApercuJour] = []
    statut = 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            commun = {**formulaire.valeurs(), "par": agent_courant(request), "le": horloge.maintenant()}
            jours = [int(n) for n in formulaire.cleaned_data["jours"]]
            try:
                if _confirmee(request):
                    for n in jours:
                        services.ouvrir_plage(jour_semaine=n, **commun)
                    messages.success(request, "Les plages sont ouvertes et leurs créneaux sont à réserver.")
                    return htmx.rediriger(request, reverse("agenda_plages"))
                apercus = [ApercuJour(JOURS[n], services.apercu_plage(jour_semaine=n, **commun)) for n in jours]
                donnees = request.POST.copy()
                donnees["vu"] = signing.dumps(_saisie(request), salt=SEL)
                formulaire.data = donnees
                statut = 200
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
    contexte = {
        "form": formulaire, "apercus": apercus, "gabarit": htmx.gabarit(request),
        "creneaux": sum(a.apercu.creneaux for a in apercus), "places": sum(a.apercu.places for a in apercus),
        "ecartes": sum(a.apercu.ecartes for a in apercus), "fil": fil(("Nouvelle plage", "")),
    }  # fmt: skip
    return render(request, "agenda/plage.html", contexte, status=statut)


def _confirmee(request: HttpRequest) -> bool:
    """Whether the values are those whose preview was shown."""
    try:
        vues = signing.loads(request.POST.get("vu", ""), salt=SEL)
    except signing.BadSignature:
        return False
    return bool(vues == _saisie(request))


def _saisie(request: HttpRequest) -> list[str]:
    return [f"{nom}={request.POST.getlist(nom)}" for nom in sorted(request.POST) if nom not in ("vu", TOKEN)]


@acces(P.CONVOQUER)
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """End an opening, after saying how many slots and people that touches."""
    vu = perimetre(request)
    plage = _plage_vue(vu, pk)
    vu.exiger(structure_id=plage.structure_id, agent_id=plage.agent_id)
    a_venir = Creneau.objects.filter(plage=plage, debut__gt=horloge.maintenant(), statut="ouvert")
    pris = a_venir.filter(prises__gt=0).count()
    return soumettre(
        request, FormulaireFin(request.POST or None, initial={"fin": vu.au}),
        lambda lus: services.fermer_plage(
            plage=plage, fin=lus["fin"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre="Fermer cette plage", retour=reverse("agenda_plages"), envoyer="Fermer la plage",
        message="La plage est fermée. Les rendez-vous déjà pris sont dans « À replacer ».",
        gabarit="agenda/fermer_plage.html", plage=plage, quand=en_mots(plage), creneaux=a_venir.count(), pris=pris,
        fil=fil(("Plages", reverse("agenda_plages")), ("Fermer", "")),
    )  # fmt: skip


def _plage_vue(vu: PerimetreAgenda, pk: int) -> Plage:
    plage = get_object_or_404(Plage.objects.select_related("structure", "agent"), pk=pk)
    if plage.structure_id not in {s.pk for s in vu.structures}:
        raise Http404
    return plage


# Places and closings ------------------------------------------------------------------------------------------------
@acces(P.CONVOQUER)
def lieu_nouveau(request: HttpRequest) -> HttpResponse:
    """A new place of a structure (the one asked for, else the first kept)."""
    vu = perimetre(request)
    tenues = [s for s in vu.structures if vu.tient_structure(s.pk)]
    if not tenues:
        raise PermissionDenied
    demandee = request.GET.get("structure", "")
    siennes = [s for s in tenues if s.pk in vu.droits.structures]
    structure = next((s for s in tenues if str(s.pk) == demandee), (siennes or tenues)[0])
    return _lieu(request, Lieu(structure=structure), f"Nouveau lieu : {structure.nom}")


@acces(P.CONVOQUER)
def lieu(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a place, or take it out of service."""
    vu = perimetre(request)
    lu = get_object_or_404(Lieu.objects.select_related("structure"), pk=pk)
    if lu.structure_id not in {s.pk for s in vu.structures}:
        raise Http404
    vu.exiger(structure_id=lu.structure_id, agent_id=None)
    return _lieu(request, lu, f"Modifier {lu.nom}")


def _lieu(request: HttpRequest, lu: Lieu, titre: str) -> HttpResponse:
    formulaire = FormulaireLieu(request.POST or None, instance=lu)
    return soumettre(
        request, formulaire, lambda _lus: enregistrer(formulaire.save(commit=False)), titre=titre,
        retour=reverse("agenda_lieux"), message="Le lieu est enregistré.",
        fil=fil(("Lieux", reverse("agenda_lieux")), (titre, "")),
    )  # fmt: skip


@acces(P.CONVOQUER)
def fermeture_nouvelle(request: HttpRequest) -> HttpResponse:
    """Close a structure or a place for some days."""
    vu = perimetre(request)
    formulaire = FormulaireFermeture(request.POST or None, perimetre=vu, initial={"debut": vu.au})
    if not formulaire.par_structure:
        raise PermissionDenied

    def agir(lus: Mapping[str, Any]) -> None:
        structure = formulaire.par_structure[lus["structure"]]
        services.fermer_lieu(
            structure=structure, lieu=formulaire.lieux.get(lus["lieu"]), debut=lus["debut"], fin=lus["fin"],
            motif=lus["motif"], par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip
        touches = a_reaffecter(
            du=horloge.maintenant(), au=horloge.maintenant() + services.HORIZON, structures=[structure.pk]
        ).count()
        if touches:
            messages.warning(request, f"{touches} rendez-vous à replacer : voyez « À replacer ».")

    return soumettre(
        request, formulaire, agir, titre="Fermer des jours", retour=reverse("agenda_lieux"),
        message="La fermeture est enregistrée : aucun rendez-vous ne peut plus être pris ces jours-là.",
        envoyer="Fermer ces jours", fil=fil(("Lieux", reverse("agenda_lieux")), ("Fermeture", "")),
    )  # fmt: skip


@acces(P.CONVOQUER)
def fermeture_annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """The place opens after all."""
    vu = perimetre(request)
    fermeture = get_object_or_404(Fermeture, pk=pk)
    if fermeture.structure_id not in {s.pk for s in vu.structures}:
        raise Http404
    vu.exiger(structure_id=fermeture.structure_id, agent_id=None)
    if request.method == "POST":
        rouverts = services.annuler_fermeture(
            fermeture=fermeture, par=agent_courant(request), le=horloge.maintenant()
        )  # fmt: skip
        messages.success(request, f"La fermeture est annulée : {rouverts} créneaux rouverts.")
    return htmx.rediriger(request, reverse("agenda_lieux"))
