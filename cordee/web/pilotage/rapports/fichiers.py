"""Files made by the worker: asked for, waited for, downloaded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.enums_rapports import GenreEdition
from cordee.pilotage.models import Edition
from cordee.pilotage.rapports import editions
from cordee.socle import horloge
from cordee.web.pilotage.rapports.commun import bilan_de, fichier, interne, peut_preparer
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import XLSX

P = Permission
_GENRES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@acces(P.PILOTER)
@require_POST
def demander_du_bilan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the files of a report as it is now: a draft says so on each page."""
    bilan = bilan_de(request, pk)
    if bilan.chiffres is None:
        messages.warning(request, "Les chiffres de ce bilan ne sont pas encore là : attendez la fin du calcul.")
    else:
        editions.demander_celles_du_bilan(bilan=bilan, par=agent_courant(request), le=horloge.maintenant())
        messages.success(request, "Les fichiers se préparent : ils apparaîtront ici dans quelques secondes.")
    return redirect("bilan", pk=bilan.pk)


@acces(P.PILOTER)
def telecharger(request: HttpRequest, pk: int) -> HttpResponse:
    """One file. Its content was hidden as publications are, whoever asked for it."""
    edition = _edition(request, pk)
    if edition.etat != EtatEtude.CALCULEE:
        raise Http404
    genre = GenreEdition(edition.genre)
    reponse = HttpResponse(editions.lire(edition), content_type=_GENRES[genre.extension])
    nom = f"{genre.value}-{edition.faite_le:%Y-%m-%d}-{edition.pk}.{genre.extension}"
    sens = "inline" if genre.extension == "pdf" else "attachment"  # a page has its own style: kept alone
    reponse.headers["Content-Disposition"] = f'{sens}; filename="{nom}"'
    return reponse


@acces(P.PILOTER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it is there; when it is, its link."""
    return render(request, "pilotage/rapports/_fichier.html", {"f": fichier(_edition(request, pk))})


def _edition(request: HttpRequest, pk: int) -> Edition:
    edition = get_object_or_404(Edition.objects.select_related("bilan").defer("contenu"), pk=pk)
    if edition.bilan_id is not None:
        publie_le = bilan_de(request, edition.bilan_id).publie_le
        if not interne(request) and (publie_le is None or edition.demandee_le < publie_le):
            raise Http404  # a draft of what was published later
    elif edition.genre != GenreEdition.ASSEMBLEE and not peut_preparer(request):
        raise Http404  # a piece: each room gives it to its own readers
    return edition
