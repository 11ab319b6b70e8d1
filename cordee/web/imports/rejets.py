"""Everything set aside, across files: the queue, the replay of many, the table to send back (V1: no name here)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, Rejeu, StatutElement
from cordee.echanges.guichet import rejeu
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.imports.apparences import Aspect, titre
from cordee.web.imports.rejets_formulaires import MOTIFS, FiltresRejets
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

S = StatutElement
PAR_PAGE = 50
ECHECS_MONTRES = 200
ASPECTS = {
    S.EN_ATTENTE: Aspect("À traiter", "attention", "attente"),
    S.REJOUE: Aspect("Rejoué", "succes", "succes"),
    S.ECARTE: Aspect("Écarté", "neutre", "refus"),
    S.PURGE: Aspect("Effacé", "neutre", "supprimer"),
}
COLONNES = [
    Colonne("element", "Élément", champs=("fichier_id", "ligne")),
    Colonne("motif", "Pourquoi", champs=("code", "motif")),
    Colonne("age", "Mis de côté", champs=("cree_le",)),
    Colonne("statut", "État", champs=("statut",)),
]
COLONNES_ECHECS = [
    Colonne("element", "Élément", triable=False),
    Colonne("motif", "Ce qui reste faux", triable=False),
]


def nom(element: ElementRejete) -> str:
    """How a piece is called: what, and its line. It names nobody."""
    return f"{element.get_genre_display()}, ligne {element.ligne}"


@acces(Permission.IMPORTER)
def file(request: HttpRequest) -> HttpResponse:
    """The queue: what waits first, the oldest on top."""
    maintenant = horloge.maintenant()
    filtres = FiltresRejets(request.GET)
    tri = lire_tri(request.GET, COLONNES, "age")
    elements = filtres.filtrer(le=maintenant).order_by(*champs_de_tri(tri, COLONNES))
    if request.GET.get("export") == "csv":
        return _exporter(elements)
    page = Paginator(elements, PAR_PAGE).get_page(request.GET.get("page"))
    comptes = dict(ElementRejete.objects.values_list("statut").annotate(n=Count("pk")).order_by())
    export = request.GET.copy()
    export["export"] = "csv"
    contexte = {
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": [ligne(element) for element in page],
        "en_attente": comptes.get(S.EN_ATTENTE, 0),
        "total": sum(comptes.values()),
        "au": horloge.jour(maintenant),
        "url_export": f"?{export.urlencode()}",
        "url_rejouer": reverse("rejets_rejouer") + (f"?{request.GET.urlencode()}" if request.GET else ""),
        "fil": [("Fichiers reçus", reverse("imports")), ("Mis de côté", "")],
    }
    return render(request, "imports/rejets.html", contexte)


def ligne(element: ElementRejete) -> dict[str, Any]:
    """What the queue shows of a piece."""
    return {
        "element": element,
        "nom": nom(element),
        "fichier": titre(element.fichier),
        "motif": MOTIFS.get(element.code) or element.motif,
        "aspect": ASPECTS[StatutElement(element.statut)],
        "suite": element.echec if element.statut == S.EN_ATTENTE else element.resultat,
    }


@acces(Permission.IMPORTER)
@require_POST
def rejouer(request: HttpRequest) -> HttpResponse:
    """Play the selection, or every result of the filters, in the background."""
    maintenant = horloge.maintenant()
    elements = FiltresRejets(request.GET).filtrer(le=maintenant)
    if request.POST.get("tout") != "1":
        elements = elements.filter(pk__in=[int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()])
    demande = rejeu.demander(
        elements=list(elements.values_list("pk", flat=True)), par=agent_courant(request), le=maintenant
    )
    return redirect("rejets_lot", demande.pk)


@acces(Permission.IMPORTER)
@require_POST
def rejouer_fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """Play everything that waits in one file."""
    fichier = get_object_or_404(FichierRecu, pk=pk)
    demande = rejeu.rejouer_tous(fichier=fichier, par=agent_courant(request), le=horloge.maintenant())
    return redirect("rejets_lot", demande.pk)


@acces(Permission.IMPORTER)
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """Several pieces played: how far, then what each one gave."""
    demande = get_object_or_404(Rejeu.objects.select_related("demande_par"), pk=pk)
    contexte: dict[str, Any] = {
        "demande": demande,
        "total": len(demande.elements),
        "fil": [("Fichiers reçus", reverse("imports")), ("Mis de côté", reverse("rejets")), ("Rejeu", "")],
    }
    if demande.termine_le is None:
        contexte["progression"] = _progression(demande)
    else:
        echecs = {echec["element"]: echec["motif"] for echec in demande.echecs[:ECHECS_MONTRES]}
        elements = ElementRejete.objects.select_related("fichier__organisme", "fichier__emetteur").in_bulk(echecs)
        contexte |= {
            "colonnes": COLONNES_ECHECS,
            "echecs": [(ligne(elements[k]), motif) for k, motif in echecs.items() if k in elements],
        }
    return render(request, "imports/rejets_lot.html", contexte)


@acces(Permission.IMPORTER)
def lot_progression(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone; at its end the page moves to the result."""
    demande = get_object_or_404(Rejeu, pk=pk)
    if demande.termine_le is None:
        return render(request, "imports/rejets_progression.html", {"progression": _progression(demande)})
    reponse = HttpResponse(status=200)
    reponse.headers["HX-Redirect"] = reverse("rejets_lot", args=[pk])
    return reponse


def _progression(demande: Rejeu) -> dict[str, Any]:
    total = len(demande.elements)
    attente = "En attente de démarrage." if not demande.traites else f"{demande.traites} sur {total}."
    return {"valeur": demande.traites or None, "maximum": total, "detail": attente,
            "url": reverse("rejets_lot_progression", args=[demande.pk])}  # fmt: skip


def _exporter(elements: QuerySet[ElementRejete]) -> HttpResponse:
    """To send back to the body that made the file: where, which, why. No name (V1)."""
    if not elements.exists():
        raise ErreurMetier("Aucun élément ne répond à ces filtres : il n'y a rien à exporter.")
    entetes = ["Fichier", "Nom du fichier", "Élément", "Ligne", "Repère", "Motif", "Mis de côté le", "État", "Suite"]
    lignes = (
        [titre(e.fichier), e.fichier.nom, e.get_genre_display(), e.ligne, e.repere, e.motif, e.cree_le,
         ASPECTS[StatutElement(e.statut)].libelle, e.resultat]
        for e in elements.iterator(chunk_size=1000)
    )  # fmt: skip
    return en_csv("mis-de-cote", entetes, lignes)
