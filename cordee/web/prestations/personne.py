"""« Si je prends cet emploi »: what the files say of her household, corrected where the agent knows better."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.prestations.selectors import hypotheses_du_foyer
from cordee.socle import horloge
from cordee.web.prestations import resultat as r
from cordee.web.prestations.formulaires import FormCorrections, formulaires_emplois
from cordee.web.prestations.views import adresse, demander, ouverts, valides
from cordee.web.socle.acces import Dossier, acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission


def dossier_des_droits(
    request: HttpRequest, pk: int, *, page: str, finalite: Finalite = Finalite.SUIVI, journal: bool = True
) -> Dossier:
    """The person of the address, whose amounts the agent may see (V2).

    Raises:
        PermissionDenied: her file is open to the agent, not her amounts.
    """
    dossier = ouvrir_dossier(request, pk, page=page, finalite=finalite, journal=journal)
    if not dossier.peut(P.VOIR_DROITS):
        raise PermissionDenied
    return dossier


def fil_de(dossier: Dossier, *suite: tuple[str, str]) -> list[tuple[str, str]]:
    personne = dossier.personne
    qui = nom_court(personne.prenom, personne.nom)
    return [("Personnes", reverse("personnes")), (qui, reverse("personne", args=[personne.pk])), *suite]


@acces(P.VOIR_DROITS, finalite=Finalite.SUIVI)
def estimer(request: HttpRequest, pk: int) -> HttpResponse:
    """Her household as the files give it, and up to three jobs to compare with today."""
    dossier = dossier_des_droits(request, pk, page="estimation des ressources")
    au = horloge.aujourdhui()
    foyer = hypotheses_du_foyer(dossier.personne, au)
    nombre = len(foyer.hypotheses.adultes)
    donnees = request.POST if request.method == "POST" else None
    form = FormCorrections(donnees, adultes=nombre)
    emplois = formulaires_emplois(donnees, au=au, adultes=nombre, rang=foyer.rang)
    if donnees is not None and valides(form, emplois):
        choisis = [e.emploi() for e in emplois if e.rempli]
        empreintes = demander(form.corriger(foyer.hypotheses), choisis, par=agent_courant(request))
        return redirect(adresse(reverse("personne_estimation", args=[dossier.personne.pk]), empreintes))
    contexte = {
        "form": form, "emplois": emplois, "foyer": foyer, "au": au, "personne": dossier.personne,
        "qui": nom_court(dossier.personne.prenom, dossier.personne.nom), "ouverts": ouverts(emplois),
        "corrige": form.is_bound and bool(form.errors),
        "fil": fil_de(dossier, ("Si je prends un emploi", "")),
    }  # fmt: skip
    return render(request, "prestations/personne.html", contexte, status=422 if donnees is not None else 200)


@acces(P.VOIR_DROITS, finalite=Finalite.SUIVI)
def resultat(request: HttpRequest, pk: int) -> HttpResponse:
    """The months of the jobs compared, with where each hypothesis comes from."""
    dossier = dossier_des_droits(request, pk, page="estimation des ressources")
    lues = r.lues(request)
    retour = reverse("personne_estimations", args=[dossier.personne.pk])
    contexte = {
        **r.contexte(lues), "hypotheses": r.mots.decrire(lues[0].hypotheses), "personne": dossier.personne,
        "qui": nom_court(dossier.personne.prenom, dossier.personne.nom), "retour": retour,
        "fil": fil_de(dossier, ("Si je prends un emploi", retour), ("Résultat", "")),
    }  # fmt: skip
    return render(request, "prestations/resultat.html", contexte)
