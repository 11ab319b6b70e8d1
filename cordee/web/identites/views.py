"""The queue of doubts, one doubt, the merges, the undoing of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.services import annuler_fusion, arbitrer
from cordee.metier.personnes.enums import StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, Fusion, Personne
from cordee.metier.personnes.services import journaliser_lecture
from cordee.reglementation.delais import echeance
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne
from cordee.web.identites import lectures
from cordee.web.identites.comparaison import comparer
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_complet, nom_court

PAR_PAGE = 25
COLONNES = [
    Colonne("qui", "Les deux fiches", triable=False),
    Colonne("raisons", "Ce qui les rapproche", triable=False),
    Colonne("echeance", "À trancher", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]
COLONNES_RENDUS = [
    Colonne("qui", "Les deux fiches", triable=False),
    Colonne("decision", "Décision", triable=False),
    Colonne("par", "Par", triable=False),
]
COLONNES_FUSIONS = [
    Colonne("qui", "Personne", triable=False),
    Colonne("raisons", "Pourquoi", triable=False),
    Colonne("faite", "Réunie le", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]


@acces(Permission.ARBITRER)
def file(request: HttpRequest) -> HttpResponse:
    """Doubts to answer, oldest first; answered ones behind a tab."""
    au = horloge.aujourdhui()
    portee = _portee(request)
    rendus = request.GET.get("voir") == "rendus"
    lignes = lectures.arbitrages(**portee, ouverts=not rendus)
    lignes = lignes.order_by("-decide_le", "-pk") if rendus else lignes.order_by("ouvert_le", "pk")
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        **_cadre("rendus" if rendus else "ouverts"),
        "page": page,
        "lignes": [_ligne(a) for a in page],
        "colonnes": COLONNES_RENDUS if rendus else COLONNES,
        "reserves": 0 if rendus else lectures.arbitrages_reserves(**portee),
        "au": au,
    }
    return render(request, "identites/rendus.html" if rendus else "identites/file.html", contexte)


@acces(Permission.ARBITRER)
def arbitrage(request: HttpRequest, pk: int) -> HttpResponse:
    """Two files side by side, and the decision. Both reads are logged."""
    doute = _doute(request, pk)
    gauche, droite = lectures.canonique(doute.personne), lectures.canonique(doute.candidate)
    maintenant = horloge.maintenant()
    for personne in (gauche, droite):
        journaliser_lecture(
            personne_id=personne.pk, par=agent_courant(request), finalite=Finalite.IDENTIFICATION, page="arbitrage",
            le=maintenant,
        )  # fmt: skip
    au = horloge.jour(maintenant)
    contexte = {
        "doute": doute,
        "ouvert": doute.statut == StatutArbitrage.OUVERT,
        "decision": StatutArbitrage(doute.statut),
        "fiches": [_fiche(gauche, "Fiche récente"), _fiche(droite, "Fiche déjà connue")],
        "comparaison": comparer(gauche, droite, au),
        "limite": echeance("arbitrer_identite", depuis=horloge.jour(doute.ouvert_le)),
        "gardee": _gardee(gauche, droite),
        "au": au,
        "fil": [("Identités à arbitrer", reverse("arbitrages")), ("Comparer", "")],
    }
    return render(request, "identites/arbitrage.html", contexte)


@acces(Permission.ARBITRER)
@require_POST
def trancher(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, or two."""
    doute = _doute(request, pk)
    reponse = request.POST.get("reponse")
    if reponse not in ("meme", "deux"):
        raise ErreurMetier("Dites si c'est la même personne ou deux personnes différentes.")
    fusion = arbitrer(
        arbitrage=doute, meme_personne=reponse == "meme", par=agent_courant(request), le=horloge.maintenant()
    )
    if fusion is not None:
        messages.success(request, "Les deux fiches sont réunies. Vous pouvez annuler cette réunion à tout moment.")
    else:
        messages.success(request, "Ce sont deux personnes : chacune poursuit son parcours, les envois reprennent.")
    return redirect("arbitrages")


@acces(Permission.ARBITRER)
def reunions(request: HttpRequest) -> HttpResponse:
    """The merges in force, or those that were undone."""
    annulees = request.GET.get("voir") == "annulees"
    lignes = lectures.fusions(**_portee(request), annulees=annulees)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {**_cadre("annulees" if annulees else "reunions"), "page": page, "colonnes": COLONNES_FUSIONS,
                "annulees": annulees, "lignes": [(f, _noms(f.canonique, f.absorbee)) for f in page]}  # fmt: skip
    return render(request, "identites/reunions.html", contexte)


class FormulaireAnnulation(forms.Form):
    """Undoing is a decision: the agent says that she read what it does."""

    lu = forms.BooleanField(label="J'ai lu ce qui va se passer")


@acces(Permission.ARBITRER)
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which acts stay where, then undo."""
    portee = _portee(request)
    fusion: Fusion = get_object_or_404(lectures.fusions(**portee), pk=pk)
    formulaire = FormulaireAnnulation(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            restent = annuler_fusion(fusion=fusion, par=agent_courant(request), le=horloge.maintenant())
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, _phrase_annulation(len(restent)))
            return redirect("personne", fusion.canonique.canonique_id or fusion.canonique_id)
    contexte = {
        "fusion": fusion,
        "form": formulaire,
        "gardee": _fiche(fusion.canonique, "Fiche gardée"),
        "rendue": _fiche(fusion.absorbee, "Fiche qui redevient distincte"),
        "restent": lectures.actes_depuis(fusion),
        "rendus": lectures.actes_rendus(fusion),
        "fil": [("Réunions de fiches", reverse("reunions")), ("Annuler", "")],
    }
    return render(request, "identites/annuler.html", contexte, status=422 if request.method == "POST" else 200)


def _portee(request: HttpRequest) -> dict[str, Any]:
    """Whose perimeter, on which day."""
    return {"pour": agent_courant(request), "au": horloge.aujourdhui(), "droits": habilitation_de(request)}


def _doute(request: HttpRequest, pk: int) -> Arbitrage:
    """A doubt whose two people the agent may see, answered or not; 404 otherwise, without a word more."""
    portee = _portee(request)
    trouve = lectures.arbitrages(**portee).filter(pk=pk).first()
    return trouve or get_object_or_404(lectures.arbitrages(**portee, ouverts=False), pk=pk)


def _cadre(actif: str) -> dict[str, Any]:
    parties = (
        ("ouverts", "À arbitrer", reverse("arbitrages"), "fusion"),
        ("rendus", "Déjà tranchées", f"{reverse('arbitrages')}?voir=rendus", "cocher"),
        ("reunions", "Réunions de fiches", reverse("reunions"), "personnes"),
        ("annulees", "Réunions annulées", f"{reverse('reunions')}?voir=annulees", "historique"),
    )
    onglets = [{"cle": cle, "libelle": nom, "url": url, "icone": icone} for cle, nom, url, icone in parties]
    return {"onglets": onglets, "actif": actif}


def _ligne(doute: Arbitrage) -> dict[str, Any]:
    gauche, droite = lectures.canonique(doute.personne), lectures.canonique(doute.candidate)
    return {
        "doute": doute,
        "noms": _noms(gauche, droite),
        "raisons": doute.raisons,
        "limite": echeance("arbitrer_identite", depuis=horloge.jour(doute.ouvert_le)),
        "decision": StatutArbitrage(doute.statut),
    }


def _noms(une: Personne, autre: Personne) -> str:
    """« Amina T. », or « Amina T. et Aminata T. » when they are not written alike."""
    noms = dict.fromkeys((nom_court(une.prenom, une.nom), nom_court(autre.prenom, autre.nom)))
    return " et ".join(noms)


def _fiche(personne: Personne, role: str) -> dict[str, Any]:
    return {"personne": personne, "nom": nom_complet(personne), "role": role, "provisoire": personne.provisoire}


def _gardee(gauche: Personne, droite: Personne) -> str:
    """Which file stays, in words (the rule of ``parcours.services.arbitrer``)."""
    if gauche.provisoire != droite.provisoire:
        return "La fiche connue de l'organisme payeur est gardée ; la fiche du guichet la rejoint."
    return "La fiche la plus ancienne est gardée ; l'autre la rejoint."


def _phrase_annulation(nombre: int) -> str:
    """What is left to be done.

    >>> _phrase_annulation(0)
    'Les deux fiches sont de nouveau distinctes.'
    """
    if not nombre:
        return "Les deux fiches sont de nouveau distinctes."
    actes = "1 acte fait" if nombre == 1 else f"{nombre} actes faits"
    return f"Les deux fiches sont de nouveau distinctes. {actes} entre-temps : une échéance demande de les revoir."
