"""The same figures for other readers than eyes: charts as JSON, tables as files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cordee.pilotage.enums import Niveau
from cordee.pilotage.selectors import Definition, Valeur, definition
from cordee.web.pilotage import lieux, series
from cordee.web.pilotage.commun import LIRE
from cordee.web.pilotage.mesures import NON_AFFICHE
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv, en_xlsx

_PARTS = ("Numérateur", "Dénominateur", "Inconnus")


@acces(*LIRE)
def graphique(request: HttpRequest, code: str) -> HttpResponse:
    """The description of a chart: small, in time, or on the map of communes."""
    d, p, agent = definition(code), perimetre_de(request), agent_courant(request)
    forme = request.GET.get("forme", "")
    if forme == "etincelle":
        return JsonResponse(series.etincelle(d, p, pour=agent))
    if forme == "courbe":
        periode = series.lire_periode(request.GET.get("periode", ""))
        lues = series.lignes(code, p, pour=agent, mois=int(periode))
        return JsonResponse(series.courbe(d, lues, comparer=periode != "0"))
    if forme == "carte" and Niveau.COMMUNE in lieux.niveaux_ouverts(d, p):
        return JsonResponse(lieux.carte(d, lieux.lignes(d, Niveau.COMMUNE, p, pour=agent)))
    raise Http404


@acces(*LIRE)
def exporter(request: HttpRequest, code: str) -> HttpResponse:
    """The months or the territories of an indicator as a file: figures only, hidden ones stay hidden."""
    d, p = definition(code), perimetre_de(request)
    vue = request.GET.get("vue", "mois")
    if vue == "territoires":
        entetes, lignes = _territoires(request, d, p)
    else:
        entetes, lignes = _mois(request, d, p)
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(f"{code}-{p.territoire.code}-{p.au:%Y-%m-%d}-{vue}", entetes, lignes)


def _mois(request: HttpRequest, d: Definition, p: Perimetre) -> tuple[list[str], Iterable[list[Any]]]:
    periode = series.lire_periode(request.GET.get("periode", ""))
    lues = series.lignes(d.code, p, pour=agent_courant(request), mois=int(periode))
    entetes = ["Au", "Territoire", f"{d.libelle} ({d.unite.libelle})", *_PARTS, "Un an avant"]
    return entetes, ([x.valeur.au, p.territoire.libelle, *_chiffres(x.valeur), _un(x.avant)] for x in lues)


def _territoires(request: HttpRequest, d: Definition, p: Perimetre) -> tuple[list[str], Iterable[list[Any]]]:
    niveau = lieux.lire_niveau(request.GET.get("niveau", ""), lieux.niveaux_ouverts(d, p))
    if niveau is None:
        raise Http404
    lues = lieux.lignes(d, niveau, p, pour=agent_courant(request))
    entetes = ["Code", niveau.libelle, "Au", f"{d.libelle} ({d.unite.libelle})", *_PARTS, "Un an avant"]
    return entetes, ([x.valeur.territoire, x.libelle, p.au, *_chiffres(x.valeur), _un(x.avant)] for x in lues)


def _chiffres(v: Valeur) -> list[Any]:
    if v.secret is not None:
        return [NON_AFFICHE, "", "", ""]
    return [v.valeur, v.numerateur, v.denominateur, v.inconnu]


def _un(v: Valeur | None) -> Any:
    if v is None:
        return None
    return NON_AFFICHE if v.secret is not None else v.valeur
