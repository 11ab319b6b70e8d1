"""The rule in force, and the joint arrêtés that refine it: prepare, try, activate, end, with their history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.enums import StatutArrete
from cordee.metier.orientation.models import ArreteCriteres
from cordee.metier.orientation.selectors.criteres import criteres_applicables
from cordee.metier.orientation.selectors.decisions import Periode
from cordee.metier.orientation.services import arretes as services
from cordee.reglementation.criteres_orientation import CriteresAbsents, criteres_nationaux
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.orientation import phrases
from cordee.web.orientation.formulaires import FormulaireAbrogation, FormulaireArrete, FormulaireSimulation
from cordee.web.orientation.simulation import montrer
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, peut

P = Permission


@acces()
def regle(request: HttpRequest) -> HttpResponse:
    """The rule of a day, as every agent may read it: questions, paths, bodies, texts; then its local refinements."""
    au = _jour(request)
    try:
        criteres = criteres_applicables(au)
    except CriteresAbsents as absence:
        criteres = None
        messages.info(request, str(absence))
    gere = gere_arretes(request)
    visibles = ArreteCriteres.objects.all() if gere else ArreteCriteres.objects.filter(statut=StatutArrete.ACTIF)
    contexte: dict[str, Any] = {
        "au": au, "aujourdhui": horloge.aujourdhui(), "criteres": criteres, "gere": gere,
        "arretes": [_ligne(a, horloge.aujourdhui()) for a in visibles],
        "peut_voir_bilan": peut(request, P.PILOTER, P.ENCADRER),
        "fil": [("Règles et délais", reverse("regles")), ("Proposition d'orientation", "")],
    }  # fmt: skip
    if criteres is not None:
        contexte |= {
            "questions": phrases.questions(criteres), "parcours": phrases.parcours(criteres),
            "organismes": phrases.organismes(criteres.organismes),
            "continuite": phrases.organismes(criteres.continuite),
        }  # fmt: skip
    return render(request, "orientation/regle.html", contexte)


@acces(P.ENCADRER, P.ADMINISTRER)
def nouveau(request: HttpRequest) -> HttpResponse:
    """Prepare an arrêté."""
    return _saisir(request, None)


@acces(P.ENCADRER, P.ADMINISTRER)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    _exiger_gestion(request)
    return _saisir(request, get_object_or_404(ArreteCriteres, pk=pk))


@acces(P.ENCADRER, P.ADMINISTRER)
def arrete(request: HttpRequest, pk: int) -> HttpResponse:
    """One arrêté: what it changes, what it would have changed over past decisions, what is missing, what was done."""
    _exiger_gestion(request)
    ligne = get_object_or_404(ArreteCriteres, pk=pk)
    au = horloge.aujourdhui()
    return _page(request, ligne, FormulaireSimulation(initial={"du": au - timedelta(days=365), "au": au}))


@acces(P.ENCADRER, P.ADMINISTRER)
@require_POST
def simuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it over the decisions of a period. Nobody is re-oriented."""
    _exiger_gestion(request)
    ligne, formulaire = get_object_or_404(ArreteCriteres, pk=pk), FormulaireSimulation(request.POST)
    if not formulaire.is_valid():
        return _page(request, ligne, formulaire, status=422)
    periode = Periode(du=formulaire.cleaned_data["du"], au=formulaire.cleaned_data["au"] + timedelta(days=1))
    try:
        services.simuler_arrete(arrete=ligne, periode=periode, par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as refus:
        formulaire.add_error(None, str(refus))
        return _page(request, ligne, formulaire, status=422)
    messages.success(request, "La simulation est faite : voyez ce qui changerait, plus bas.")
    return redirect("orientation_arrete", pk=pk)


@acces(P.ENCADRER, P.ADMINISTRER)
@require_POST
def activer(request: HttpRequest, pk: int) -> HttpResponse:
    """From its first day, proposals follow it."""
    version = request.POST.get("version", "")
    return _agir(
        request, pk,
        lambda a: services.activer_arrete(
            arrete=a, version=int(version) if version.isdigit() else 0, par=agent_courant(request),
            le=horloge.maintenant(),
        ),
        "L'arrêté est activé.",
    )  # fmt: skip


@acces(P.ENCADRER, P.ADMINISTRER)
@require_POST
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a draft aside."""
    return _agir(
        request, pk,
        lambda a: services.abandonner_arrete(arrete=a, par=agent_courant(request), le=horloge.maintenant()),
        "L'arrêté est abandonné. Il reste dans l'historique.",
    )  # fmt: skip


@acces(P.ENCADRER, P.ADMINISTRER)
def abroger(request: HttpRequest, pk: int) -> HttpResponse:
    """End it on a day to come."""
    _exiger_gestion(request)
    ligne = get_object_or_404(ArreteCriteres, pk=pk)
    formulaire = FormulaireAbrogation(request.POST or None)
    statut = 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            try:
                services.abroger_arrete(
                    arrete=ligne, fin=formulaire.cleaned_data["fin"], par=agent_courant(request),
                    le=horloge.maintenant(),
                )  # fmt: skip
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
            else:
                messages.success(request, "La fin de l'arrêté est enregistrée.")
                return htmx.rediriger(request, reverse("orientation_arrete", args=[pk]))
    contexte = {
        "form": formulaire, "titre": f"Abroger l'arrêté {ligne.reference}", "envoyer": "Enregistrer la fin",
        "retour": reverse("orientation_arrete", args=[pk]), "gabarit": htmx.gabarit(request),
        "fil": _fil((ligne.reference, reverse("orientation_arrete", args=[pk])), ("Abroger", "")),
    }  # fmt: skip
    return render(request, "orientation/formulaire.html", contexte, status=statut)


def gere_arretes(request: HttpRequest) -> bool:
    """Who prepares local rules: the administrator, or who supervises for the whole département."""
    return peut(request, P.ADMINISTRER) or habilitation_de(request).departement(P.ENCADRER)


# Parts ----------------------------------------------------------------------------------------------------------------
def _exiger_gestion(request: HttpRequest) -> None:
    if not gere_arretes(request):
        raise PermissionDenied


def _jour(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("au", ""))
    except ValueError:
        return horloge.aujourdhui()


def _saisir(request: HttpRequest, ligne: ArreteCriteres | None) -> HttpResponse:
    _exiger_gestion(request)
    maintenant = horloge.maintenant()
    criteres = criteres_nationaux(horloge.jour(maintenant))
    formulaire = FormulaireArrete(request.POST or None, criteres=criteres, arrete=ligne)
    statut = 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            try:
                garde = services.preparer_arrete(
                    texte=formulaire.texte(), arrete=ligne, version=formulaire.cleaned_data["version"],
                    par=agent_courant(request), le=maintenant,
                )  # fmt: skip
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
            else:
                messages.success(request, "Le projet d'arrêté est gardé. Rien ne s'applique encore : simulez-le.")
                return redirect("orientation_arrete", pk=garde.pk)
    titre = f"Modifier l'arrêté {ligne.reference}" if ligne else "Préparer un arrêté conjoint"
    contexte = {
        "form": formulaire, "titre": titre, "criteres": criteres,
        "retour": reverse("orientation_arrete", args=[ligne.pk]) if ligne else reverse("orientation_regle"),
        "fil": _fil((titre, "")),
    }  # fmt: skip
    return render(request, "orientation/arrete_saisie.html", contexte, status=statut)


def _page(
    request: HttpRequest, ligne: ArreteCriteres, formulaire: FormulaireSimulation, *, status: int = 200
) -> HttpResponse:
    au = horloge.aujourdhui()
    brouillon = ligne.statut == StatutArrete.BROUILLON
    contexte = {
        **_ligne(ligne, au), "form": formulaire, "brouillon": brouillon,
        "manques": services.empechements(ligne, au=au) if brouillon else [],
        "simulation": montrer(ligne.simulation, a_jour=ligne.simulation.get("empreinte") == services.empreinte(ligne)),
        "actes": ligne.actes.select_related("par"),
        "abrogeable": ligne.statut == StatutArrete.ACTIF and (ligne.fin is None or ligne.fin > au),
        "fil": _fil((f"Arrêté {ligne.reference}", "")),
    }  # fmt: skip
    return render(request, "orientation/arrete.html", contexte, status=status)


def _ligne(ligne: ArreteCriteres, au: date) -> dict[str, Any]:
    """An arrêté with its state in words."""
    if ligne.statut != StatutArrete.ACTIF:
        etat, ton = ligne.get_statut_display(), "neutre"
    elif ligne.en_vigueur(au):
        etat, ton = "En vigueur", "succes"
    else:
        etat, ton = ("À venir", "info") if ligne.debut > au else ("Terminé", "neutre")
    try:
        dit = phrases.precisions(ligne.precisions, criteres_nationaux(ligne.debut))
    except CriteresAbsents:
        dit = []
    return {"arrete": ligne, "etat": etat, "ton": ton, "precisions": dit}


def _agir(request: HttpRequest, pk: int, acte: Any, message: str) -> HttpResponse:
    _exiger_gestion(request)
    try:
        acte(get_object_or_404(ArreteCriteres, pk=pk))
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, message)
    return redirect("orientation_arrete", pk=pk)


def _fil(*suite: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Règles et délais", reverse("regles")), ("Proposition d'orientation", reverse("orientation_regle")),
            *suite]  # fmt: skip
