"""Structures: list, page, opening, correction, closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes import services
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Affectation, RegleSecteur, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors.charge import personnes_de_structure
from cordee.metier.parcours.services.structures import fermer_structure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.socle import horloge
from cordee.web.administration import lectures
from cordee.web.administration.formulaires import FiltresStructures, FormulaireFermeture, FormulaireStructure
from cordee.web.administration.onglets import cadre, fil
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

PAR_PAGE = 50
COLONNES = [
    Colonne("nom", "Structure", champs=("nom",)),
    Colonne("type", "Type"),
    Colonne("commune", "Commune", champs=("commune__nom",)),
    Colonne("communes", "Communes servies", champs=("communes_servies",), nombre=True),
    Colonne("agents", "Agents", champs=("agents",), nombre=True),
]


@acces(Permission.ADMINISTRER)
def liste(request: HttpRequest) -> HttpResponse:
    """Structures by name, type and state."""
    au = horloge.aujourdhui()
    filtres = FiltresStructures(request.GET)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    tri = lire_tri(request.GET, COLONNES, "nom")
    trouvees = lectures.structures(
        au=au, texte=lus.get("q", ""), type=lus.get("type", ""), etat=lus.get("etat", "")
    ).order_by(*champs_de_tri(tri, COLONNES))
    if request.GET.get("export") == "csv":
        colonnes = ("nom", "code", "type", "commune__nom", "debut", "fin", "agents")
        lignes = ((nom, code, TypeStructure(type_).libelle, *suite)
                  for nom, code, type_, *suite in trouvees.values_list(*colonnes))  # fmt: skip
        return en_csv("structures", ["Structure", "Code", "Type", "Commune", "Ouverte", "Fermée", "Agents"], lignes)
    contexte = {
        **cadre("structures"),
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": Paginator(trouvees, PAR_PAGE).get_page(request.GET.get("page")),
        "au": au,
    }
    return render(request, "administration/structures.html", contexte)


@acces(Permission.ADMINISTRER)
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    """Who works there, whom it serves, what entitles it."""
    structure = get_object_or_404(Structure.objects.select_related("commune", "parent"), pk=pk)
    au = horloge.aujourdhui()
    categorie = GenreOrganismeReferent(structure.categorie) if structure.categorie else None
    postes = Affectation.objects.filter(en_cours(au), structure=structure, agent__actif=True).select_related("agent")
    regles = RegleSecteur.objects.filter(en_cours(au), structure=structure).select_related("commune")
    conventions = list(structure.conventions.order_by("-debut"))
    contexte = {
        "structure": structure,
        "au": au,
        "fil": fil(("Structures", reverse("admin_structures")), (structure.nom, "")),
        "coordonnees": _coordonnees(structure, categorie),
        "postes": postes.order_by("agent__nom", "agent__prenom", "pk"),
        "regles": regles.order_by("commune__nom", "public"),
        "conventions": conventions,
        "convention_manque": categorie is not None
        and convention_exigee(categorie)
        and not any(c.debut <= au and (c.fin is None or c.fin > au) for c in conventions),
        "suivies": personnes_de_structure(structure),
        "fermee": structure.fin is not None and structure.fin <= au,
    }
    return render(request, "administration/structure.html", contexte)


@acces(Permission.ADMINISTRER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Open a structure."""
    formulaire = FormulaireStructure(request.POST or None, initial={"debut": horloge.aujourdhui()})

    def creer(saisie: Mapping[str, Any]) -> None:
        lus = dict(saisie)
        categorie = lus.pop("categorie")
        lus.pop("vu", None)
        services.creer_structure(
            **{**lus, "type": TypeStructure(lus["type"])},
            categorie=GenreOrganismeReferent(categorie) if categorie else None,
            par=agent_courant(request),
            le=horloge.maintenant(),
        )

    return soumettre(
        request, formulaire, creer, titre="Nouvelle structure", retour=reverse("admin_structures"),
        message="La structure est ouverte. Réglez maintenant ses communes, et donnez un rôle à ses agents.",
        envoyer="Ouvrir la structure", fil=fil(("Structures", reverse("admin_structures")), ("Nouvelle", "")),
    )  # fmt: skip


@acces(Permission.ADMINISTRER)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a structure."""
    structure = get_object_or_404(Structure, pk=pk)
    formulaire = FormulaireStructure(request.POST or None, instance=structure)
    return soumettre(
        request,
        formulaire,
        lambda lus: services.modifier_structure(
            structure=structure, champs=lus, par=agent_courant(request), le=horloge.maintenant()
        ),
        titre=f"Modifier {structure.nom}",
        retour=reverse("admin_structure", args=[pk]),
        message="Les changements sont enregistrés.",
    )


@acces(Permission.ADMINISTRER)
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a structure, after saying what will happen."""
    structure = get_object_or_404(Structure, pk=pk)
    au = horloge.aujourdhui()
    regles = RegleSecteur.objects.filter(en_cours(au), structure=structure)
    return soumettre(
        request,
        FormulaireFermeture(request.POST or None),
        lambda lus: fermer_structure(
            structure=structure, a_compter_du=lus["a_compter_du"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre=f"Fermer {structure.nom}",
        retour=reverse("admin_structure", args=[pk]),
        message="La fermeture est enregistrée.",
        envoyer="Fermer la structure",
        gabarit="administration/fermer_structure.html",
        structure=structure,
        suivies=personnes_de_structure(structure),
        communes=regles.values("commune").distinct().count(),
        agents=Affectation.objects.filter(en_cours(au), structure=structure, agent__actif=True).count(),
    )


def _coordonnees(structure: Structure, categorie: GenreOrganismeReferent | None) -> list[tuple[str, str]]:
    commune = structure.commune.nom if structure.commune else ""
    return [
        ("Code", structure.code),
        ("Peut être référent", f"Oui : {categorie.libelle}" if categorie else "Non"),
        ("Adresse", " ".join(filter(None, (structure.adresse, structure.code_postal, commune)))),
        ("Téléphone", structure.telephone),
        ("Courriel", structure.courriel),
        ("Capacité", f"{structure.capacite} personnes" if structure.capacite is not None else ""),
        ("Ouverte le", f"{structure.debut:%d/%m/%Y}"),
    ]
