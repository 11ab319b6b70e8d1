"""What is waited for from each partner: whom to chase, structure by structure (E05)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import AttentePartenaire
from cordee.metier.suivi.models import InformationPartenaire
from cordee.metier.suivi.selectors import attentes_de, attentes_par_structure, informations_ailleurs
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant, journaliser_export, peut
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_complet

P = Permission
PAR_PAGE = 50
COLONNES = [
    Colonne("structure", "Partenaire", triable=False),
    Colonne("suivies", "Personnes suivies", triable=False, nombre=True),
    Colonne("recues", "Information reçue", triable=False, nombre=True),
    Colonne("non_recues", "Pas encore reçue", triable=False, nombre=True),
    Colonne("derniere", "Dernière information", triable=False),
]
COLONNES_GENS = [
    Colonne("nom", "Personne", triable=False),
    Colonne("attendu", "Information", triable=False),
    Colonne("contrat", "Contrat", triable=False),
    Colonne("contact", "Dernier contact", triable=False),
    Colonne("echeance", "À obtenir", triable=False),
]
COLONNES_AILLEURS = [
    Colonne("nom", "Personne", triable=False),
    Colonne("dit", "Ce que dit le partenaire", triable=False),
    Colonne("referent", "Notre décision", triable=False),
    Colonne("au", "Information au", triable=False),
]


@acces(P.SUIVRE, P.IMPORTER)
def attendus(request: HttpRequest) -> HttpResponse:
    """One line per partner: how many we have heard of, since when."""
    au = horloge.aujourdhui()
    lignes = attentes_par_structure(pour=agent_courant(request), au=au)
    if request.GET.get("export") == "csv":
        entetes = ["Partenaire", "Personnes suivies", "Information reçue", "Pas encore reçue", "En retard", "Au"]
        corps = [[a.structure.nom, a.total, a.recues, a.non_recues, a.en_retard, a.derniere] for a in lignes]
        return en_csv(f"partenaires-{au:%Y-%m-%d}", entetes, corps)
    attendues = [a for a in lignes if a.total]
    contexte = {
        "au": au, "colonnes": COLONNES, "lignes": attendues, "ailleurs": sum(a.ailleurs for a in lignes),
        "total": sum(a.total for a in attendues), "recues": sum(a.recues for a in attendues),
        "peut_importer": peut(request, P.IMPORTER),
    }  # fmt: skip
    return render(request, "correspondances/attendus.html", contexte)


@acces(P.SUIVRE, P.IMPORTER, finalite=Finalite.SUIVI)
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of one partner, those never heard of first."""
    partenaire, au, agent = get_object_or_404(Structure, pk=pk), horloge.aujourdhui(), agent_courant(request)
    etapes = attentes_de(structure=partenaire, pour=agent, au=au)
    voulu = request.GET.get("information", "")
    if voulu in set(AttentePartenaire):
        etapes = etapes.filter(attendu=voulu)
    if request.GET.get("export") == "csv" and peut(request, P.EXPORTER):
        journaliser_export(
            request, etapes.values_list("personne_id", flat=True), finalite=Finalite.SUIVI, page="attendus partenaire"
        )
        entetes = ["Nom", "Prénom", "Information", "À obtenir avant le"]
        corps = [[e.personne.nom, e.personne.prenom, e.get_attendu_display(), e.echeance] for e in etapes]
        return en_csv(f"attendus-{partenaire.code}-{au:%Y-%m-%d}", entetes, corps)
    page = Paginator(etapes, PAR_PAGE).get_page(request.GET.get("page"))
    dites = {
        i.personne_id: i
        for i in InformationPartenaire.objects.filter(personne__in=[e.personne_id for e in page], appliquee=True)
        .order_by("au")
    }  # fmt: skip
    contexte = {
        "partenaire": partenaire, "au": au, "colonnes": COLONNES_GENS, "page": page, "information": voulu,
        "lignes": [(e, nom_complet(e.personne), dites.get(e.personne_id)) for e in page],
        "peut_exporter": peut(request, P.EXPORTER),
    }  # fmt: skip
    return render(request, "correspondances/structure.html", contexte)


@acces(P.SUIVRE, P.IMPORTER, finalite=Finalite.SUIVI)
def ailleurs(request: HttpRequest) -> HttpResponse:
    """People a partner says it follows, while our decision names another body."""
    au = horloge.aujourdhui()
    informations = informations_ailleurs(pour=agent_courant(request), au=au)
    page = Paginator(informations, PAR_PAGE).get_page(request.GET.get("page"))
    lignes: list[tuple[Any, str, Structure | None]] = [
        (i, nom_complet(i.personne), i.personne.situation.referent_structure) for i in page
    ]
    contexte = {"page": page, "lignes": lignes, "colonnes": COLONNES_AILLEURS, "au": au}
    return render(request, "correspondances/ailleurs.html", contexte)
