"""Cohorts kept under a name: the list, opening some side by side, keeping, changing, copying, throwing away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.cohortes import services
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, phrase
from cordee.pilotage.cohortes.selectors import cohortes_gardees
from cordee.pilotage.models import CohorteGardee
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.composants import htmx
from cordee.web.pilotage.cohortes.demande import MAXIMUM, Demande, lire_demande, noms
from cordee.web.pilotage.cohortes.resultats import fil
from cordee.web.socle.acces import acces, agent_courant

P = Permission


class FormulaireCohorte(forms.Form):
    """The name under which a cohort is kept."""

    nom = forms.CharField(label="Nom", max_length=80)
    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pourquoi cette cohorte. Aucun nom de personne.",
    )  # fmt: skip
    partagee = forms.BooleanField(
        label="Partager avec les autres analystes", required=False,
        help_text="Elles pourront l'ouvrir et la dupliquer, pas la changer.",
    )  # fmt: skip


@acces(P.ANALYSER)
def liste(request: HttpRequest) -> HttpResponse:
    """Hers and the shared ones; several may be opened side by side."""
    agent = agent_courant(request)
    if "comparer" in request.GET:
        return _comparer(request)
    recherche = request.GET.get("q", "").strip()
    lues = cohortes_gardees(pour=agent, au=horloge.aujourdhui())
    if recherche:
        lues = lues.filter(nom__icontains=recherche)
    connus = noms()
    lignes = [
        {"cohorte": c, "phrase": _phrase(c, connus), "sienne": c.par_id == agent.pk,
         "identifiant": f"supprimer-{c.pk}"} for c in lues[:200]
    ]  # fmt: skip
    contexte = {"lignes": lignes, "recherche": recherche, "maximum": MAXIMUM, "fil": fil()}
    return render(request, "pilotage/cohortes/liste.html", contexte)


@acces(P.ANALYSER)
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Its results: the address says who is in it."""
    return redirect(Demande((Definition.de_champs(_lisible(request, pk).definition),)).adresse())


@acces(P.ANALYSER)
def garder(request: HttpRequest) -> HttpResponse:
    """Give the cohort of the address a name."""
    demande = lire_demande(request)
    d = demande.cohortes[0]
    return soumettre(
        request, FormulaireCohorte(request.POST or None),
        lambda lus: services.garder(**lus, definition=d, par=agent_courant(request), le=horloge.maintenant()),
        titre="Garder cette cohorte", retour=reverse("pilotage_cohortes"), message="La cohorte est gardée.",
        envoyer="Garder", gabarit="pilotage/cohortes/garder.html", phrase=phrase(d, noms()), fil=fil("Garder"),
    )  # fmt: skip


@acces(P.ANALYSER)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, its note, who reads it."""
    cohorte = _lisible(request, pk)
    initial = {"nom": cohorte.nom, "note": cohorte.note, "partagee": cohorte.partagee}
    return soumettre(
        request, FormulaireCohorte(request.POST or None, initial=initial),
        lambda lus: services.modifier(
            cohorte=cohorte, **lus, par=agent_courant(request), le=horloge.maintenant()
        ),
        titre="Modifier cette cohorte", retour=reverse("pilotage_cohortes"), message="La cohorte est modifiée.",
        gabarit="pilotage/cohortes/garder.html", phrase=_phrase(cohorte, noms()), fil=fil("Modifier"),
    )  # fmt: skip


@require_POST
@acces(P.ANALYSER)
def dupliquer(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of hers."""
    copie = services.dupliquer(cohorte=_lisible(request, pk), par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, f"« {copie.nom} » est à vous : changez-la sans toucher à l'original.")
    return htmx.rediriger(request, reverse("pilotage_cohortes"))


@require_POST
@acces(P.ANALYSER)
def supprimer(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a definition away."""
    cohorte = _lisible(request, pk)
    try:
        services.supprimer(cohorte=cohorte, par=agent_courant(request))
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"« {cohorte.nom} » est supprimée. Aucun chiffre n'a disparu avec elle.")
    return htmx.rediriger(request, reverse("pilotage_cohortes"))


# Parts ----------------------------------------------------------------------------------------------------------------
def _lisible(request: HttpRequest, pk: int) -> CohorteGardee:
    return get_object_or_404(cohortes_gardees(pour=agent_courant(request), au=horloge.aujourdhui()), pk=pk)


def _comparer(request: HttpRequest) -> HttpResponse:
    """Several kept cohorts side by side, in the order of the list."""
    numeros = [int(n) for n in request.GET.getlist("ids") if n.isdigit()]
    choisies = cohortes_gardees(pour=agent_courant(request), au=horloge.aujourdhui()).filter(pk__in=numeros)
    definitions = [Definition.de_champs(c.definition) for c in choisies.order_by("nom")]
    if not 1 <= len(definitions) <= MAXIMUM:
        messages.error(request, f"Cochez une à {MAXIMUM} cohortes à ouvrir côte à côte.")
        return redirect("pilotage_cohortes")
    return redirect(Demande(tuple(definitions)).adresse())


def _phrase(cohorte: CohorteGardee, connus: dict[str, Any]) -> str:
    try:
        return phrase(Definition.de_champs(cohorte.definition), connus)
    except DefinitionIllisible as refus:
        return f"Définition illisible : {refus}"
