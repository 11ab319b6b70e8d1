"""Conventions: what entitles a body to be référent, until when (V14)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes import services
from cordee.metier.organismes.models import Convention
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors.charge import suivies_par_structure
from cordee.socle import horloge
from cordee.web.administration import lectures
from cordee.web.administration.formulaires import FiltresConventions, FormulaireConvention, FormulaireFinConvention
from cordee.web.administration.onglets import cadre, fil
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

PAR_PAGE = 50
COLONNES = [
    Colonne("structure", "Structure", champs=("structure__nom",)),
    Colonne("reference", "Référence"),
    Colonne("volume", "Personnes prévues", nombre=True),
    Colonne("fin", "Fin"),
    Colonne("actes", "Actions", triable=False, cachee=True),
]


@acces(Permission.ADMINISTRER)
def liste(request: HttpRequest) -> HttpResponse:
    """Conventions, the first to end first, and the bodies that have none."""
    au = horloge.aujourdhui()
    filtres = FiltresConventions(request.GET)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    tri = lire_tri(request.GET, COLONNES, "fin")
    trouvees = lectures.conventions(au=au, texte=lus.get("q", ""), etat=lus.get("etat", ""))
    trouvees = trouvees.order_by(*champs_de_tri(tri, COLONNES))
    if request.GET.get("export") == "csv":
        lignes = ((c.structure.nom, c.reference, c.objet, c.signataires, c.volume, c.debut, c.fin) for c in trouvees)
        entetes = ["Structure", "Référence", "Objet", "Signataires", "Personnes prévues", "Début", "Fin"]
        return en_csv("conventions", entetes, lignes)
    page = Paginator(trouvees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        **cadre("conventions"),
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "suivies": suivies_par_structure([c.structure_id for c in page]),
        "sans_convention": lectures.delegataires_sans_convention(au),
        "au": au,
    }
    return render(request, "administration/conventions.html", contexte)


@acces(Permission.ADMINISTRER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Record a convention."""
    au = horloge.aujourdhui()
    initial = {"debut": au, "structure": request.GET.get("structure", "")}
    formulaire = FormulaireConvention(
        request.POST or None, structures=lectures.structures_ouvertes(au), initial=initial
    )
    return soumettre(
        request,
        formulaire,
        lambda lus: services.creer_convention(**lus, par=agent_courant(request), le=horloge.maintenant()),
        titre="Nouvelle convention",
        retour=reverse("admin_conventions"),
        message="La convention est enregistrée.",
        envoyer="Enregistrer la convention",
        fil=fil(("Conventions", reverse("admin_conventions")), ("Nouvelle", "")),
    )


@acces(Permission.ADMINISTRER)
def fin(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the end of a convention."""
    convention = get_object_or_404(Convention.objects.select_related("structure"), pk=pk)
    return soumettre(
        request,
        FormulaireFinConvention(request.POST or None, instance=convention),
        lambda lus: services.terminer_convention(
            convention=convention, fin=lus["fin"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre=f"Fin de la convention {convention.reference}",
        retour=reverse("admin_conventions"),
        message="La nouvelle fin est enregistrée.",
        gabarit="administration/fin_convention.html",
        convention=convention,
        suivies=suivies_par_structure([convention.structure_id]).get(convention.structure_id, 0),
        fil=fil(("Conventions", reverse("admin_conventions")), (convention.reference, "")),
    )
