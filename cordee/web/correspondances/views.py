"""The saved mappings: list, one of them with its versions and files, the choice for a file that waits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.depot import FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.partenaires.champs import Champ, GenreCorrespondance, cle_colonne
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.partenaires.selectors import correspondance_de_l_operateur, correspondances, versions_de
from cordee.echanges.partenaires.services import associer
from cordee.echanges.partenaires.services import retirer as retirer_correspondance
from cordee.echanges.tableurs.lecture import reconnaitre
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.correspondances import exemples
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

PAR_PAGE = 25
COLONNES = [
    Colonne("nom", "Correspondance", champs=("nom",)),
    Colonne("partenaire", "Partenaire", champs=("emetteur__nom",)),
    Colonne("version", "Version", champs=("version",), nombre=True),
    Colonne("fichiers", "Fichiers lus", champs=("fichiers",), nombre=True),
    Colonne("le", "Enregistrée le", champs=("cree_le",)),
    Colonne("etat", "État", champs=("active",)),
]


class Filtres(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(label="Nom ou partenaire", required=False, max_length=80)
    emetteur = forms.ModelChoiceField(
        label="Partenaire", required=False, queryset=Structure.objects.none(), empty_label="Tous"
    )
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Toutes"), ("oui", "En service"), ("non", "Retirées")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partenaires = Structure.objects.filter(correspondances__isnull=False).distinct().order_by("nom")
        self.fields["emetteur"].queryset = partenaires  # type: ignore[attr-defined]

    def filtrer(self) -> Any:
        """The mappings asked for; what cannot be read is ignored."""
        self.is_valid()
        lus = {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}
        lignes = correspondances()
        if "q" in lus:
            lignes = lignes.filter(Q(nom__icontains=lus["q"]) | Q(emetteur__nom__icontains=lus["q"]))
        if "emetteur" in lus:
            lignes = lignes.filter(emetteur=lus["emetteur"])
        return lignes.filter(active=lus["etat"] == "oui") if "etat" in lus else lignes


@acces(Permission.IMPORTER)
def liste(request: HttpRequest) -> HttpResponse:
    """The mappings, and the tables that wait for one."""
    filtres = Filtres(request.GET)
    tri = lire_tri(request.GET, COLONNES, "nom")
    lignes = filtres.filtrer().order_by(*champs_de_tri(tri, COLONNES, dernier="-pk"))
    if request.GET.get("export") == "csv":
        return _exporter(lignes)
    attente = FichierRecu.objects.filter(
        type=TypeFichier.PARTENAIRE, statut=StatutFichier.RECU, emetteur__isnull=True
    ).order_by("depose_le")
    contexte = {
        "filtres": filtres, "colonnes": COLONNES, "tri": tri,
        "page": Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page")),
        "attente": attente[:10], "operateur": correspondance_de_l_operateur(),
    }  # fmt: skip
    return render(request, "correspondances/liste.html", contexte)


@acces(Permission.IMPORTER)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a mapping: what it reads, the versions before and after, the files read with it."""
    correspondance = get_object_or_404(
        Correspondance.objects.select_related("emetteur", "organisme", "cree_par"), pk=pk
    )
    fichiers = FichierRecu.objects.filter(usage__correspondance=correspondance).order_by("-depose_le")
    contexte = {
        "c": correspondance,
        "dites": [(Champ(cle).libelle, colonne) for cle, colonne in _ordonnees(correspondance.colonnes)],
        "versions": versions_de(correspondance),
        "fichiers": Paginator(fichiers, PAR_PAGE).get_page(request.GET.get("page")),
        "operateur": correspondance.genre == GenreCorrespondance.OPERATEUR,
    }
    return render(request, "correspondances/detail.html", contexte)


@acces(Permission.IMPORTER)
@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """No file is read with it any more."""
    correspondance = get_object_or_404(Correspondance, pk=pk)
    retirer_correspondance(correspondance=correspondance, par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, f"La correspondance « {correspondance.nom} » ne servira plus.")
    return redirect("correspondance", pk)


@acces(Permission.IMPORTER)
def du_fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """How a table that waits is read: with a mapping already saved, or a new one."""
    fichier = get_object_or_404(FichierRecu, pk=pk, type=TypeFichier.PARTENAIRE)
    if request.method == "POST":
        actives = Correspondance.objects.filter(active=True, genre=GenreCorrespondance.TABLEAU)
        choisie = get_object_or_404(actives, pk=request.POST.get("correspondance") or 0)
        associer(fichier=fichier, correspondance=choisie)
        messages.success(request, f"Ce fichier sera lu avec la correspondance « {choisie.nom} ».")
        return redirect("import", pk)
    if exemples.fichier_lisible(str(pk), TypeFichier.PARTENAIRE) is None:
        return redirect("import", pk)
    try:
        feuilles = reconnaitre(lieu_de(fichier))
        faute = ""
    except FichierRefuse as refus:
        feuilles, faute = [], str(refus)
    presentes = {cle_colonne(titre) for feuille in feuilles for ligne in feuille.premieres for titre in ligne}
    actives = Correspondance.objects.filter(active=True, genre=GenreCorrespondance.TABLEAU).select_related("emetteur")
    choix = [(c, [n for n in c.colonnes.values() if cle_colonne(n) not in presentes]) for c in actives.order_by("nom")]
    contexte = {
        "fichier": fichier, "faute": faute, "choix": sorted(choix, key=lambda x: len(x[1])),
        "url_nouvelle": f"{reverse('correspondance_nouvelle')}?fichier={fichier.pk}",
    }  # fmt: skip
    return render(request, "correspondances/du_fichier.html", contexte)


def _ordonnees(colonnes: dict[str, str]) -> list[tuple[str, str]]:
    return [(champ.value, colonnes[champ]) for champ in Champ if colonnes.get(champ)]


def _exporter(lignes: Any) -> HttpResponse:
    entetes = ["Nom", "Partenaire", "Genre", "Version", "Fichiers lus", "Enregistrée le", "Par", "En service"]
    return en_csv(
        "correspondances", entetes,
        [[c.nom, c.emetteur.nom, c.get_genre_display(), c.version, c.fichiers, c.cree_le, str(c.cree_par), c.active]
         for c in lignes],
    )  # fmt: skip
