"""What the pages of reports share: which report may be read, what its files look like on a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.enums_rapports import GenreEdition
from cordee.pilotage.models import Bilan, Edition
from cordee.pilotage.rapports.selectors import bilan_visible
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import agent_courant, habilitation_de, peut

P = Permission


def bilan_de(request: HttpRequest, pk: int) -> Bilan:
    """The report of the address; one she may not read does not exist for her."""
    trouve = bilan_visible(pour=agent_courant(request), pk=pk)
    if trouve is None:
        raise Http404
    return trouve


def peut_preparer(request: HttpRequest) -> bool:
    """Whether she writes reports: notes, figures, publication."""
    return peut(request, P.ANALYSER)


def interne(request: HttpRequest) -> bool:
    """Whether she reads what is not published yet."""
    return not publication_seule(habilitation_de(request))


def fichier(edition: Edition) -> dict[str, Any]:
    """A file as a page shows it: ready, on its way, or why it failed."""
    pret = edition.etat == EtatEtude.CALCULEE
    return {
        "edition": edition, "libelle": GenreEdition(edition.genre).libelle, "pret": pret,
        "attend": edition.etat == EtatEtude.EN_ATTENTE, "erreur": edition.erreur,
        "url": reverse("edition_fichier", args=[edition.pk]) if pret else "",
        "url_etat": reverse("edition_progression", args=[edition.pk]), "ko": max(edition.octets // 1024, 1),
    }  # fmt: skip


def fil(*suite: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Pilotage", reverse("pilotage")), *suite]
