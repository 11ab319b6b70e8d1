"""The same results for other readers than eyes: charts as JSON, results as JSON, CSV and XLSX."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cordee.pilotage.evaluation.services.registre import ExperienceRefusee
from cordee.web.pilotage.evaluation import lecture
from cordee.web.pilotage.evaluation.views import LIRE, resultat_de, trouver
from cordee.web.socle.acces import acces
from cordee.web.socle.export import en_csv, en_xlsx


@acces(*LIRE)
def graphique(request: HttpRequest, code: str) -> HttpResponse:
    """The description of one chart of an experiment."""
    resultat, _ = resultat_de(trouver(request, code), request.GET.get("etude", ""))
    dessin = lecture.dessiner(resultat, request.GET.get("quel", "")) if resultat is not None else None
    if dessin is None:
        raise Http404
    return JsonResponse(dessin)


@acces(*LIRE)
def exporter(request: HttpRequest, code: str) -> HttpResponse:
    """Figures only: estimates, checks, conclusion.

    Raises:
        ExperienceRefusee: no result yet (409).
    """
    e = trouver(request, code)
    resultat, _ = resultat_de(e, request.GET.get("etude", ""))
    if resultat is None:
        raise ExperienceRefusee("Il n'y a pas encore de résultat à emporter pour cette expérimentation.")
    forme = request.GET.get("format", "csv")
    if forme == "json":
        tete = {"code": e.code, "titre": e.titre, "hypothese": e.hypothese, "etat": e.etat, "sceau": e.sceau,
                "protocole": e.protocole}  # fmt: skip
        reponse = JsonResponse(tete | resultat, json_dumps_params={"ensure_ascii": False, "indent": 2})
        reponse.headers["Content-Disposition"] = f'attachment; filename="{e.code}.json"'
        return reponse
    return (en_xlsx if forme == "xlsx" else en_csv)(e.code, *lecture.lignes_export(resultat))
