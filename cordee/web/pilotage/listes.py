"""The people behind a figure: those she may see, each read written in the log; never for an elected member (V9)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.pilotage.selectors import definition, personnes_derriere
from cordee.socle import horloge
from cordee.web.composants.tableaux import lire_tri
from cordee.web.personnes import liste as gens
from cordee.web.pilotage.commun import peut_lister
from cordee.web.pilotage.mesures import adresse
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de
from cordee.web.socle.acces import acces, agent_courant, exiger, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
COLONNES = [c for c in gens.COLONNES if c.cle != "contact"]
TRI = "nom"


@acces(P.VOIR_PERSONNES, finalite=Finalite.SUIVI)
def personnes(request: HttpRequest, code: str) -> HttpResponse:
    """One page of the people a figure counts, in her perimeter."""
    p, comptees, visibles = _derriere(request, code)
    tri = lire_tri(request.GET, COLONNES, TRI)
    pages = Paginator(gens.ordonner(visibles, tri).values_list("pk", flat=True), gens.PAR_PAGE)
    page = pages.get_page(request.GET.get("page"))
    ids = list(page)
    journaliser_export(request, ids, finalite=Finalite.SUIVI, page=f"liste/{code}")
    contexte: dict[str, Any] = {
        "definition": definition(code), "p": p, "au": horloge.aujourdhui(), "page": page,
        "hors": comptees - pages.count, "lignes": gens.lignes(ids, horloge.aujourdhui()),
        "colonnes": COLONNES, "tri": tri, "peut_exporter": peut(request, P.EXPORTER),
        "url_export": adresse("pilotage_personnes_export", p, code, tri=str(tri)),
        "url_indicateur": adresse("pilotage_indicateur", p, code),
        "fil": [
            ("Pilotage", f"{reverse('pilotage')}?{p.parametres()}"),
            (definition(code).libelle, adresse("pilotage_indicateur", p, code)), ("Personnes", ""),
        ],
    }  # fmt: skip
    return render(request, "pilotage/personnes.html", contexte)


@acces(P.EXPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest, code: str) -> HttpResponse:
    """The same people as a file, each read written in the log."""
    p, _, visibles = _derriere(request, code, permission=P.EXPORTER)
    journaliser_export(
        request, visibles.values_list("pk", flat=True), finalite=Finalite.SUIVI, page=f"export/{code}"
    )  # fmt: skip
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    lignes = gens.lignes_export(gens.ordonner(visibles, lire_tri(request.GET, COLONNES, TRI)))
    return fabrique(f"{code}-{p.territoire.code}-{p.au:%Y-%m-%d}", gens.ENTETES_EXPORT, lignes)


def _derriere(
    request: HttpRequest, code: str, permission: Permission = P.VOIR_PERSONNES
) -> tuple[Perimetre, int, QuerySet[Personne]]:
    """The territory and month, how many people the figure counts, those of them she may see (or export)."""
    exiger(request, P.PILOTER, P.ENCADRER)
    if not peut_lister(request):
        raise PermissionDenied
    p, agent = perimetre_de(request), agent_courant(request)
    ids = personnes_derriere(pour=agent, code=code, au=p.au, territoire=p.territoire.code)
    visibles = personnes_visibles(
        pour=agent, au=horloge.aujourdhui(), permission=permission, droits=habilitation_de(request)
    )
    comptees = RawSQL("SELECT unnest(%s::bigint[])", [ids])  # one parameter, however many they are
    return p, len(ids), visibles.filter(pk__in=comptees)
