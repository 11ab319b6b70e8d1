"""Sectors: who receives which public of which commune; the communes with a gap first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes import services
from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import RegleSecteur
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.territoires.models import Commune
from cordee.web.administration import lectures
from cordee.web.administration.formulaires import FiltresSecteurs, FormulaireSecteur
from cordee.web.administration.onglets import cadre, fil
from cordee.web.administration.saisie import soumettre
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

COLONNES = [
    Colonne("commune", "Commune", triable=False),
    *(Colonne(public.value, public.libelle, triable=False) for public in lectures.PUBLICS),
]


@acces(Permission.ADMINISTRER)
def liste(request: HttpRequest) -> HttpResponse:
    """The communes and who serves each public, on a day."""
    filtres = FiltresSecteurs(request.GET)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    au = lus.get("au") or horloge.aujourdhui()
    lignes = lectures.communes_servies(au=au, texte=lus.get("q", ""), manque=lus.get("etat") == "manque")
    if request.GET.get("export") == "csv":
        tableau = ((ligne.commune.code_insee, ligne.commune.nom, *(s and s.nom for _, s in ligne.structures))
                   for ligne in lignes)  # fmt: skip
        return en_csv("secteurs", ["INSEE", "Commune", *(p.libelle for p in lectures.PUBLICS)], tableau)
    contexte = {
        **cadre("secteurs"),
        "filtres": filtres,
        "au": au,
        "lignes": lignes,
        "colonnes": COLONNES,
        "manques": sum(1 for ligne in lignes if ligne.manques),
    }
    return render(request, "administration/secteurs.html", contexte)


@acces(Permission.ADMINISTRER)
def commune(request: HttpRequest, insee: str) -> HttpResponse:
    """The rules of a commune, past and to come, and a new one."""
    lieu = get_object_or_404(Commune, pk=insee)
    au = horloge.aujourdhui()
    formulaire = FormulaireSecteur(
        request.POST or None, structures=lectures.structures_ouvertes(au), initial={"debut": au}
    )

    def regler(lus: Mapping[str, Any]) -> None:
        services.regler_secteur(
            **{**lus, "public": PublicSecteur(lus["public"])},
            commune=lieu,
            par=agent_courant(request),
            le=horloge.maintenant(),
        )

    return soumettre(
        request, formulaire, regler, titre=lieu.nom, retour=reverse("admin_secteurs"),
        message=f"{lieu.nom} : la règle est enregistrée. Elle vaut pour les personnes qui arriveront à partir de sa "
                "date.",
        envoyer="Enregistrer la règle", gabarit="administration/secteur.html", commune=lieu,
        regles=lectures.regles_de(lieu), au=au, niveau="h3" if htmx.est_tiroir(request) else "h2",
        fil=fil(("Secteurs", reverse("admin_secteurs")), (lieu.nom, "")),
    )  # fmt: skip


@acces(Permission.ADMINISTRER)
@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """End a rule today."""
    regle = get_object_or_404(RegleSecteur.objects.select_related("commune"), pk=pk)
    services.retirer_secteur(regle=regle, fin=horloge.aujourdhui(), par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, f"{regle.commune.nom} : la règle prend fin aujourd'hui.")
    return htmx.rediriger(request, reverse("admin_secteurs"))
