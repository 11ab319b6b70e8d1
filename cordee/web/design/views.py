"""The page that shows every component, and the small answers its htmx examples need."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import lire_tri
from cordee.web.design import exemples


def _ouverte(request: HttpRequest) -> None:
    """Open to anybody in demonstration, to signed-in agents elsewhere: it shows nobody real."""
    if not settings.MODE_DEMO and not request.user.is_authenticated:
        raise Http404


def _personnes(request: HttpRequest) -> list[exemples.PersonneExemple]:
    formulaire = exemples.FiltresExemple(request.GET)
    choix = formulaire.cleaned_data if formulaire.is_valid() else {}
    lignes = exemples.personnes(horloge.aujourdhui())
    if choix.get("q"):
        lignes = [p for p in lignes if choix["q"].casefold() in p.nom.casefold()]
    if choix.get("commune"):
        lignes = [p for p in lignes if p.commune == choix["commune"]]
    if choix.get("etat"):
        lignes = [p for p in lignes if p.etat in choix["etat"]]
    if choix.get("avant_le"):
        lignes = [p for p in lignes if p.echeance <= choix["avant_le"]]
    return lignes


@login_not_required
def design(request: HttpRequest) -> HttpResponse:
    """Every component with sample data; also what the visual and axe tests open."""
    _ouverte(request)
    le = horloge.aujourdhui()
    tri = lire_tri(request.GET, exemples.COLONNES, "echeance")
    lignes = sorted(_personnes(request), key=lambda p: getattr(p, tri.cle), reverse=tri.decroissant)
    contexte: dict[str, Any] = {
        "le": le,
        "fil": [("Accueil", "/"), ("Charte", "")],
        "etats": list(exemples.EtatExemple),
        "tons": ["neutre", "primaire", "accent", "info", "succes", "attention", "danger"],
        "natures": ["legale", "reglement_local", "objectif", "indicateur"],
        "personnes": lignes[:3],
        "noeuds": exemples.noeuds(le),
        "colonnes": exemples.COLONNES,
        "tri": tri,
        "page": Paginator(lignes, 8).get_page(request.GET.get("page")),
        "filtres_form": exemples.FiltresExemple(request.GET),
        "form": exemples.FormulaireExemple(),
        "form_erreurs": exemples.FormulaireExemple({"intitule": "", "duree": "80"}),
        "onglets": exemples.onglets(reverse("design")),
        "onglet": request.GET.get("onglet", "contrat"),
        "etapes": exemples.ETAPES,
        "definitions": [
            ("Âge", "41 ans"),
            ("Commune", "Vitry-sur-Seine"),
            ("Foyer", "en couple, 2 enfants"),
            ("Téléphone", ""),
        ],
        "url_recherche": reverse("design"),
        "utilisateur": {"nom": "Samia Benali", "role": "Référente de parcours", "structure": "EDS de Vitry-sur-Seine"},
        "navigation": {
            "plus": [],
            "en_vue": [
                {"libelle": "Ma journée", "url": reverse("design"), "actif": True, "icone": "accueil"},
                {"libelle": "Personnes", "url": "#listes", "actif": False, "icone": "personnes"},
                {"libelle": "Rendez-vous", "url": "#cordee", "actif": False, "icone": "rendezvous"},
                {"libelle": "Imports", "url": "#progression", "actif": False, "icone": "importation"},
            ],
        },
        "mode_demo": True,
    }
    return render(request, "design/design.html", contexte)


@login_not_required
def tiroir(request: HttpRequest) -> HttpResponse:
    """A form that opens in the drawer, or as a page of its own."""
    _ouverte(request)
    formulaire = exemples.FormulaireExemple(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        return htmx.rediriger(request, reverse("design"))
    statut = 422 if request.method == "POST" else 200
    contexte = {"form": formulaire, "gabarit": htmx.gabarit(request)}
    return render(request, "design/tiroir.html", contexte, status=statut)


@login_not_required
def progression(request: HttpRequest) -> HttpResponse:
    """One step further at each call, then the end, without keeping anything."""
    _ouverte(request)
    fait = min(int(request.GET.get("fait", "0")) + 15, 100)
    suite = f"{reverse('design_progression')}?fait={fait}" if fait < 100 else ""
    return render(request, "design/progression.html", {"fait": fait, "suite": suite})


@login_not_required
def panneau(request: HttpRequest) -> HttpResponse:
    """What a panel loaded alone receives."""
    _ouverte(request)
    return render(request, "design/panneau.html")


@login_not_required
@require_POST
def identite(request: HttpRequest) -> HttpResponse:
    """A revealed identity; a real page writes the reading log first."""
    _ouverte(request)
    return render(request, "design/identite.html")
