"""The interview: two columns, the conversation and the proposal forming live (screens.md 4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors import Souvenir
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.entretien.formulaires import Decision, Entretien
from cordee.web.parcours import table
from cordee.web.parcours.views import AutreSaisie, accomplir, contexte_de, depuis, dessiner, reprendre
from cordee.web.socle.acces import acces

P = Permission


@acces(P.ORIENTER, finalite=Finalite.ORIENTATION)
def orienter(request: HttpRequest, pk: int) -> HttpResponse:
    """Interview and decision on one screen."""
    return _entretien(request, pk, "orienter", Decision)


@acces(P.DIAGNOSTIQUER, finalite=Finalite.DIAGNOSTIC)
def diagnostiquer(request: HttpRequest, pk: int) -> HttpResponse:
    """The interview alone."""
    return _entretien(request, pk, "diagnostic", Entretien)


def _entretien(request: HttpRequest, pk: int, cle: str, fabrique: type[Entretien]) -> HttpResponse:
    choisi = table.ACTES[cle]
    contexte = contexte_de(request, pk, choisi)
    seul = request.POST.get("action") in ("brouillon", "diagnostic")
    formulaire = (Entretien if seul else fabrique)(
        request.POST or None, contexte=contexte, use_required_attribute=False
    )
    changements: list[Souvenir] = []
    if request.method == "POST" and formulaire.is_valid():
        brouillon = request.POST.get("action") == "brouillon"
        try:
            phrase = accomplir(formulaire, (lambda: _garder(formulaire)) if brouillon else formulaire.executer)
        except AutreSaisie as erreur:
            changements = depuis(formulaire)
            formulaire = reprendre(formulaire, request, erreur)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            suite = reverse("personne", args=[contexte.personne.pk])
            return htmx.rediriger(request, request.path if brouillon else suite)
    if seul and fabrique is Decision:  # the error page shows the whole screen again
        formulaire = Decision(request.POST, contexte=contexte, use_required_attribute=False).montrer(formulaire)
    return dessiner(
        request, "entretien/entretien.html", contexte, choisi, form=formulaire, changements=changements,
        proposition=formulaire.proposition(), decide=fabrique is Decision,
    )  # fmt: skip


def _garder(formulaire: Entretien) -> str:
    formulaire.enregistrer(brouillon=True)
    return "Le brouillon est gardé : l'entretien peut reprendre plus tard."


@acces(P.ORIENTER, P.DIAGNOSTIQUER, finalite=Finalite.ORIENTATION)
@require_POST
def proposition(request: HttpRequest, pk: int) -> HttpResponse:
    """What the answers on the screen would lead to. Nothing is written."""
    contexte = contexte_de(request, pk, table.ACTES["orienter"])
    formulaire = Decision(request.POST, contexte=contexte, use_required_attribute=False)
    suivie = Decision(formulaire.suivre(request.POST), contexte=contexte, use_required_attribute=False)
    contenu = {"form": suivie.montrer(), "proposition": suivie.proposition(), "decide": True}
    return render(request, "entretien/_decision.html", contenu)
