"""Service levels (REQ-27): how long people wait by structure, against an objective, and where room is sooner.

Never below the structure (V10), never a person: a figure opens no list here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.rendezvous.enums import AlerteService, DimensionService
from cordee.metier.rendezvous.regles.derive import periodes, seuils
from cordee.metier.rendezvous.selectors.delais_service import (
    NiveauDeService,
    niveaux_de_service,
    semaines_de_service,
)
from cordee.socle import horloge
from cordee.web.arrivees.onglets import onglets
from cordee.web.composants.etats import declarer
from cordee.web.composants.tableaux import Colonne, Tri, lire_tri
from cordee.web.socle.acces import acces, habilitation_de
from cordee.web.socle.export import en_csv

declarer({AlerteService.CIBLE.value: ("attention", "retard"), AlerteService.DERIVE.value: ("danger", "haut")})

P = Permission
COLONNES = [
    Colonne("structure", "Structure"), Colonne("convocation", "1er rendez-vous proposé", nombre=True),
    Colonne("entretien", "1er entretien tenu", nombre=True), Colonne("absences", "Absences", nombre=True),
    Colonne("creneau", "Prochaine place"), Colonne("plus_tot", "Plus tôt, à côté", triable=False),
]  # fmt: skip
ENTETES = ("Structure", "Premier rendez-vous proposé (jours, médiane)", "Avant", "Personnes",
           "Premier entretien tenu (jours, médiane)", "Avant", "Personnes", "Part d'absences", "Avant", "Rendez-vous",
           "Prochaine place", "Alerte")  # fmt: skip
QUOI = {
    "convocation": "le premier rendez-vous est proposé {valeur} après la réception",
    "entretien": "le premier entretien se tient {valeur} après la réception",
    "absences": "{valeur} des rendez-vous sont manqués",
}


@dataclass(frozen=True, slots=True)
class LigneAlerte:
    """One sentence of the home page, and the page behind it."""

    structure: Structure
    phrase: str
    url: str


@acces(P.ENCADRER)
def delais(request: HttpRequest) -> HttpResponse:
    """The table: what drifts first."""
    maintenant, par = horloge.maintenant(), _dimension(request)
    au = horloge.jour(maintenant)
    tri = lire_tri(request.GET, COLONNES, "structure")
    niveaux = _niveaux(request, par)
    alertes_ = [n for n in niveaux if n.alerte]
    seulement = request.GET.get("alerte") == "on"
    contexte = {
        "onglets": onglets(request, "delais"),
        "colonnes": COLONNES, "tri": tri, "seuils": seuils(au), "periodes": periodes(au), "par": par,
        "dimensions": list(DimensionService), "lignes": _trier(alertes_ if seulement else niveaux, tri, request),
        "total": len(niveaux), "alertes": len(alertes_), "seulement": seulement, "maintenant": maintenant,
        "parametres": request.GET.urlencode(), "peut_exporter": habilitation_de(request).peut(P.EXPORTER),
    }  # fmt: skip
    return render(request, "delais_service/delais.html", contexte)


@acces(P.ENCADRER)
def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """One structure, week by week."""
    maintenant, par = horloge.maintenant(), _dimension(request)
    au = horloge.jour(maintenant)
    choisie = structures_ouvertes(au=au).filter(pk=pk).first()
    portee = _portee(request)
    if choisie is None or (portee is not None and pk not in portee):
        raise Http404
    niveau = next(iter(niveaux_de_service(maintenant=maintenant, par=par, structures=[pk])), None)
    contexte = {
        "structure": choisie, "niveau": niveau, "seuils": seuils(au), "par": par, "periodes": periodes(au),
        "semaines": list(reversed(semaines_de_service(structure=choisie, au=au, par=par))),
        "fil": [("Délais de service", reverse("delais_service")), (choisie.nom, "")],
    }  # fmt: skip
    return render(request, "delais_service/structure.html", contexte)


@acces(P.ENCADRER)
def exporter(request: HttpRequest) -> HttpResponse:
    """What the table shows."""
    if not habilitation_de(request).peut(P.EXPORTER):
        raise PermissionDenied
    par = _dimension(request)
    rangs = (
        (n.structure.nom, n.convocation.recente, n.convocation.avant, n.convocation.nombre, n.entretien.recente,
         n.entretien.avant, n.entretien.nombre, n.absences.recente, n.absences.avant, n.absences.nombre,
         n.premier_creneau, "oui" if n.alerte else "non")
        for n in _niveaux(request, par)
    )  # fmt: skip
    return en_csv(f"delais-de-service-{par}-{horloge.aujourdhui():%Y-%m-%d}", ENTETES, rangs)


@acces(P.ENCADRER)
def alerte(request: HttpRequest) -> HttpResponse:
    """The lines of the home page, loaded apart: what drifts, or nothing at all."""
    lignes = [ligne for n in _niveaux(request, DimensionService.ACCUEIL) for ligne in alertes_en_phrases(n)]
    return render(request, "delais_service/alerte.html", {"lignes": lignes, "ton": "accent" if lignes else ""})


def alertes_en_phrases(n: NiveauDeService) -> list[LigneAlerte]:
    """What a structure's alerts say, one sentence each."""
    adresse = reverse("delais_service_structure", args=[n.structure.pk])
    mesures = {"convocation": n.convocation, "entretien": n.entretien, "absences": n.absences}
    lignes = []
    for nom, alertes_ in n.alertes.items():
        mesure = mesures[nom]
        if alertes_ and mesure.recente is not None:
            phrase = QUOI[nom].format(valeur=_valeur(nom, mesure.recente))
            if AlerteService.DERIVE in alertes_ and mesure.avant is not None:
                phrase += f", contre {_valeur(nom, mesure.avant)} les semaines précédentes"
            lignes.append(LigneAlerte(n.structure, f"{phrase}.", adresse))
    return lignes


# Parts --------------------------------------------------------------------------------------------------------------
def _portee(request: HttpRequest) -> frozenset[int] | None:
    """``None``: every structure; else those she heads."""
    droits = habilitation_de(request)
    return None if droits.departement(P.ENCADRER) else droits.structures_encadrees


def _niveaux(request: HttpRequest, par: DimensionService) -> list[NiveauDeService]:
    return niveaux_de_service(maintenant=horloge.maintenant(), par=par, structures=_portee(request))


def _dimension(request: HttpRequest) -> DimensionService:
    demandee = request.GET.get("par", "")
    return DimensionService(demandee) if demandee in set(DimensionService) else DimensionService.ACCUEIL


def _trier(niveaux: list[NiveauDeService], tri: Tri, request: HttpRequest) -> list[NiveauDeService]:
    """What drifts first, unless a column was asked for; nothing known goes last."""
    if "tri" not in request.GET:
        return niveaux
    cles: dict[str, Callable[[NiveauDeService], Any]] = {
        "structure": lambda n: n.structure.nom, "creneau": lambda n: n.premier_creneau,
        "convocation": lambda n: n.convocation.recente, "entretien": lambda n: n.entretien.recente,
        "absences": lambda n: n.absences.recente,
    }  # fmt: skip
    cle = cles[tri.cle]
    connus = sorted((n for n in niveaux if cle(n) is not None), key=cle, reverse=tri.decroissant)
    return [*connus, *(n for n in niveaux if cle(n) is None)]


def _valeur(nom: str, valeur: float) -> str:
    if nom == "absences":
        return f"{round(100 * valeur)} %"
    jours = round(valeur)
    return f"{jours} jour{'s' if jours > 1 else ''}"
