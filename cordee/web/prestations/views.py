"""The simulator for a household without a name, and the results, whoever they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.prestations.regles import Emploi, Hypotheses
from cordee.metier.prestations.services import demander_simulation
from cordee.socle import horloge
from cordee.web.prestations import resultat as r
from cordee.web.prestations.formulaires import FormEmploi, FormFoyer, formulaires_emplois
from cordee.web.socle.acces import acces, agent_courant

P = Permission
MOIS = 6
"""Months shown from the start of a job."""


@acces(P.VOIR_DROITS)
def estimer(request: HttpRequest) -> HttpResponse:
    """A household nobody names, alone or with the jobs that are compared."""
    au = horloge.aujourdhui()
    donnees = request.POST if request.method == "POST" else None
    form = FormFoyer(donnees, au=au)
    couple = bool(donnees and donnees.get("couple") == "2")
    emplois = formulaires_emplois(donnees, au=au, adultes=2 if couple else 1, obligatoire=False)
    if donnees is not None and valides(form, emplois):
        empreintes = demander(form.hypotheses(), [e.emploi() for e in emplois if e.rempli], par=agent_courant(request))
        return redirect(adresse(reverse("estimation_resultat"), empreintes))
    contexte = {"form": form, "emplois": emplois, "au": au, "ouverts": ouverts(emplois)}
    return render(request, "prestations/estimer.html", contexte, status=422 if donnees is not None else 200)


@acces(P.VOIR_DROITS)
def resultat(request: HttpRequest) -> HttpResponse:
    """The months, when they are ready."""
    lues = r.lues(request)
    contexte = {
        **r.contexte(lues), "hypotheses": r.mots.decrire(lues[0].hypotheses),
        "fil": [("Estimer des ressources", reverse("estimations")), ("Résultat", "")],
        "retour": reverse("estimations"),
    }  # fmt: skip
    return render(request, "prestations/resultat.html", contexte)


@acces(P.VOIR_DROITS)
def progression(request: HttpRequest) -> HttpResponse:
    """How many are ready; the page is loaded again when all are."""
    contexte = r.contexte(r.lues(request))
    if not contexte["attend"]:
        reponse = HttpResponse(status=204)
        reponse.headers["HX-Refresh"] = "true"
        return reponse
    return render(request, "prestations/_progression.html", contexte)


@acces(P.VOIR_DROITS)
def graphique(request: HttpRequest) -> HttpResponse:
    return r.dessin(r.lues(request))


@acces(P.VOIR_DROITS)
def exporter(request: HttpRequest) -> HttpResponse:
    return r.fichier(r.lues(request))


def valides(form: Any, emplois: Sequence[FormEmploi]) -> bool:
    """Whether everything typed can be read; every form says its own errors."""
    return all([form.is_valid(), *(e.is_valid() for e in emplois)])


def ouverts(emplois: Sequence[FormEmploi]) -> bool:
    """Whether the second and third jobs show at once."""
    return any(e.is_bound and (e.errors or (e.is_valid() and e.rempli)) for e in emplois[1:])


def demander(hypotheses: Hypotheses, emplois: Sequence[Emploi], *, par: Agent) -> list[str]:
    """Ask for the household as it is, then with each job, over the same months; returns their names."""
    le, premier = horloge.maintenant(), hypotheses.premier_mois
    retard = max(((e.debut.year - premier.year) * 12 + e.debut.month - premier.month for e in emplois), default=0)
    base = replace(hypotheses, mois=min(MOIS + retard, 12))
    return [
        demander_simulation(hypotheses=h, par=par, le=le).empreinte
        for h in (base, *(replace(base, emploi=emploi) for emploi in emplois))
    ]


def adresse(url: str, empreintes: Sequence[str]) -> str:
    """The page of these estimates."""
    parametres = QueryDict(mutable=True)
    parametres.setlist("e", list(empreintes))
    return f"{url}?{parametres.urlencode()}"
