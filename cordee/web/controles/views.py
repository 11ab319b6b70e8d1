"""The draws, one draw, one control."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.devoirs.enums import ResultatControle
from cordee.metier.devoirs.models import ControleAleatoire, TirageControle
from cordee.metier.devoirs.selectors.controles import (
    EXCLUSIONS,
    a_controler,
    controles_de,
    tirage_verifie,
    tirages,
    univers,
)
from cordee.metier.devoirs.services.controles import AU_PLUS, annoncer_tirage, conclure_controle, tirer_au_sort
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.caisse.onglets import onglets
from cordee.web.composants import htmx
from cordee.web.composants.etats import declarer
from cordee.web.composants.tableaux import Colonne
from cordee.web.parcours.formulaires.base import ChoixLong
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P, R = Permission, ResultatControle
PAR_PAGE = 25
COLONNES = [
    Colonne("tirage", "Tirage", triable=False), Colonne("etat", "Où en est-il", triable=False),
    Colonne("tires", "Personnes", triable=False, nombre=True),
    Colonne("conclus", "Conclus", triable=False, nombre=True),
    Colonne("rien", "Rien à signaler", triable=False, nombre=True),
]  # fmt: skip
COLONNES_PERSONNES = [
    Colonne("rang", "Rang", triable=False, nombre=True), Colonne("nom", "Personne", triable=False),
    Colonne("resultat", "Résultat", triable=False), Colonne("actes", "Actions", triable=False, cachee=True),
]  # fmt: skip
declarer(
    {
        R.RIEN_A_SIGNALER.value: ("succes", "succes"), R.CONTRAT_A_REVOIR.value: ("info", "contrat"),
        R.NOS_ENGAGEMENTS.value: ("accent", "relance"), R.ECHANGE_A_AVOIR.value: ("attention", "commentaire"),
        R.SANS_OBJET.value: ("neutre", "pause"),
    }
)  # fmt: skip


class FormulaireAnnonce(forms.Form):
    """A draw to come."""

    libelle = forms.CharField(label="Nom du tirage", max_length=120, help_text="Par exemple : 4e trimestre 2026.")
    nombre = forms.IntegerField(label="Personnes à tirer", min_value=1, max_value=AU_PLUS, initial=20)


class FormulaireResultat(forms.Form):
    """What was found. No free text: what must be said is said with the person."""

    resultat = ChoixLong(label="Ce que vous avez constaté", choices=R.choices())


@acces(P.INSTRUIRE, finalite=Finalite.CONTROLE)
def accueil(request: HttpRequest) -> HttpResponse:
    """The draws announced and done, and who would be in the next one today."""
    au = horloge.aujourdhui()
    page = Paginator(tirages(), PAR_PAGE).get_page(request.GET.get("page"))
    parmi = univers(au=au)
    contexte = {
        "onglets": onglets(request, "controles"), "page": page, "colonnes": COLONNES, "univers": len(parmi.personnes),
        "exclusions": [(EXCLUSIONS[code], n) for code, n in parmi.exclusions.items()],
    }  # fmt: skip
    return render(request, "controles/accueil.html", contexte)


@acces(P.INSTRUIRE, finalite=Finalite.CONTROLE)
def annoncer(request: HttpRequest) -> HttpResponse:
    """Seal a seed and publish its fingerprint."""
    form = FormulaireAnnonce(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fait = annoncer_tirage(**form.cleaned_data, par=agent_courant(request), le=horloge.maintenant())
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "Le tirage est annoncé. Il pourra avoir lieu à partir de demain.")
            return htmx.rediriger(request, reverse("controles_tirage", args=[fait.pk]))
    contexte = {"form": form, "gabarit": htmx.gabarit(request), "retour": reverse("controles")}
    return render(request, "controles/annoncer.html", contexte, status=422 if request.method == "POST" else 200)


@acces(P.INSTRUIRE, finalite=Finalite.CONTROLE)
def tirage(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: its seals, who was left out, who was drawn."""
    ici, au = _tirage(pk), horloge.aujourdhui()
    siens = controles_de(ici, pour=agent_courant(request), au=au, droits=habilitation_de(request))
    page = Paginator(siens, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "tirage": ici, "page": page, "colonnes": COLONNES_PERSONNES, "verifie": tirage_verifie(ici),
        "peut_tirer": ici.tire_le is None and au > horloge.jour(ici.annonce_le),
        "lignes": [_ligne(c) for c in page], "univers": len(ici.univers),
        "exclusions": [(EXCLUSIONS.get(code, code), n) for code, n in ici.exclusions.items()],
        "fil": [("Contrôles au hasard", reverse("controles")), (ici.libelle, "")],
    }  # fmt: skip
    return render(request, "controles/tirage.html", contexte)


@acces(P.INSTRUIRE, finalite=Finalite.CONTROLE)
@require_POST
def tirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw, and publish the seed."""
    try:
        tires = tirer_au_sort(tirage=_tirage(pk), par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as erreur:
        messages.error(request, str(erreur))
    else:
        combien = f"{len(tires)} personne{'s sont tirées' if len(tires) > 1 else ' est tirée'} au sort"
        messages.success(request, f"{combien} et la graine est publiée.")
    return redirect("controles_tirage", pk)


@acces(P.INSTRUIRE, finalite=Finalite.CONTROLE)
def conclure(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides' promises, then what was found."""
    controle = ControleAleatoire.objects.select_related("tirage").filter(pk=pk).first()
    if controle is None:
        raise Http404
    dossier = ouvrir_dossier(
        request, controle.personne_id, page="contrôle aléatoire", finalite=Finalite.CONTROLE,
        journal=request.method == "GET",
    )  # fmt: skip
    form = FormulaireResultat(request.POST or None)
    retour = reverse("controles_tirage", args=[controle.tirage_id])
    if request.method == "POST" and form.is_valid():
        try:
            conclure_controle(
                controle=controle, resultat=R(form.cleaned_data["resultat"]), par=agent_courant(request),
                le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "Le contrôle est conclu. Rien d'autre n'en découle de lui-même.")
            return htmx.rediriger(request, retour)
    au = horloge.aujourdhui()
    contexte: dict[str, Any] = {
        "controle": controle, "form": form, "gabarit": htmx.gabarit(request), "retour": retour, "au": au,
        "qui": nom_court(dossier.personne.prenom, dossier.personne.nom), "vu": a_controler(dossier.personne, au=au),
    }  # fmt: skip
    return render(request, "controles/conclure.html", contexte, status=422 if request.method == "POST" else 200)


# Parts ----------------------------------------------------------------------------------------------------------------
def _tirage(pk: int) -> TirageControle:
    trouve = TirageControle.objects.select_related("annonce_par", "tire_par").filter(pk=pk).first()
    if trouve is None:
        raise Http404
    return trouve


def _ligne(c: ControleAleatoire) -> dict[str, Any]:
    return {
        "o": c, "qui": nom_court(c.personne.prenom, c.personne.nom),
        "personne": c.personne.canonique_id or c.personne.pk, "resultat": R(c.resultat) if c.resultat else None,
    }  # fmt: skip
