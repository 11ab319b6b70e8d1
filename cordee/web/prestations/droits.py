"""Rights to look at with a person: questions, where to go, what was found; written, never required (REQ-42)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.prestations.regles import publics_du_foyer
from cordee.metier.prestations.selectors import DroitVu, droits_examines, hypotheses_du_foyer
from cordee.metier.prestations.services import examiner_droits
from cordee.reglementation.autres_droits import SuiteDroit
from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.prestations.personne import fil_de
from cordee.web.socle.acces import acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
PREFIXE = "droit-"


class FormDroits(forms.Form):
    """One answer per right; none: it was not talked about today."""

    def __init__(self, *args: Any, vus: list[DroitVu], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for vu in vus:
            self.fields[PREFIXE + vu.droit.id] = forms.ChoiceField(
                label=f"Ce qui a été vu : {vu.droit.libelle}", required=False,
                choices=[("", "Pas abordé aujourd'hui"), *SuiteDroit.choices()],
            )  # fmt: skip

    def suites(self) -> dict[str, SuiteDroit]:
        return {nom.removeprefix(PREFIXE): SuiteDroit(valeur) for nom, valeur in self.cleaned_data.items() if valeur}


@acces(P.SUIVRE, P.INSTRUIRE, P.DIAGNOSTIQUER, finalite=Finalite.SUIVI)
def examiner(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, those that concern her household first."""
    dossier = ouvrir_dossier(request, pk, page="autres droits", finalite=Finalite.SUIVI)
    personne = dossier.personne
    publics = publics_du_foyer(hypotheses_du_foyer(personne, horloge.aujourdhui()).hypotheses)
    vus = droits_examines(ids_du_groupe(personne), publics=publics)
    form = FormDroits(request.POST if request.method == "POST" else None, vus=vus)
    if request.method == "POST" and form.is_valid():
        suites = form.suites()
        examiner_droits(personne=personne, suites=suites, par=agent_courant(request), le=horloge.maintenant())
        nombre = len(suites)
        messages.success(request, f"{nombre} droit{'s' if nombre > 1 else ''} noté{'s' if nombre > 1 else ''}.")
        return htmx.rediriger(request, reverse("personne_autres_droits", args=[personne.pk]))
    lignes = [(vu, form[PREFIXE + vu.droit.id]) for vu in vus]
    contexte = {
        "form": form, "personne": personne, "qui": nom_court(personne.prenom, personne.nom),
        "concernes": [ligne for ligne in lignes if ligne[0].concerne],
        "autres": [ligne for ligne in lignes if not ligne[0].concerne],
        "vus": sum(vu.dernier is not None for vu in vus), "total": len(vus),
        "fil": fil_de(dossier, ("Autres droits", "")), "estimable": dossier.peut(P.VOIR_DROITS),
    }  # fmt: skip
    return render(request, "prestations/droits.html", contexte, status=422 if form.errors else 200)
