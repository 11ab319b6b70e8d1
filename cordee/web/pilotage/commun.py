"""What the pages of figures share: who reads them, territory, month, freshness, the page without any figure yet."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.selectors import DateHorsHistoire
from cordee.web.pilotage.perimetre import Perimetre, publication_seule
from cordee.web.socle.acces import habilitation_de, peut
from cordee.web.socle.fraicheur import bilans_ouverts, droits_au_de, retards_annonces

P = Permission
LIRE: Final = (P.PILOTER, P.ENCADRER)


def commun(request: HttpRequest, p: Perimetre, nom: str, *args: str) -> dict[str, Any]:
    """What the pages of figures share: territory, month, freshness."""
    ici = reverse(nom, args=args)
    voisins = {cle: m for cle, m in (("url_precedent", p.precedent), ("url_suivant", p.suivant)) if m is not None}
    return {
        "p": p,
        "gardes": {cle: request.GET[cle] for cle in ("periode", "niveau") if cle in request.GET},
        **{cle: f"{ici}?{avec(request, mois=str(m))}" for cle, m in voisins.items()},
        "droits_au": droits_au_de(request), "bilans_ouverts": bilans_ouverts(request), "lac": p.frais,
        "publie": p.publie, "peut_actualiser": peut_actualiser(request),
        "peut_neutralite": habilitation_de(request).peut(P.PILOTER),
        "url_methode": reverse("pilotage_methode"), "url_pdf": _facultative("pilotage_page_pdf"),
        "seuil": 11 if p.publie else 5,
    }  # fmt: skip


def peut_lister(request: HttpRequest) -> bool:
    """Whether the people behind a figure may be shown to her: those she may see, never to an elected member (V9)."""
    return peut(request, P.VOIR_PERSONNES) and not publication_seule(habilitation_de(request))


def peut_actualiser(request: HttpRequest) -> bool:
    """Whether she may ask for the figures to be computed again."""
    return peut(request, P.IMPORTER, P.ADMINISTRER, P.PILOTER) and not publication_seule(habilitation_de(request))


def vide(request: HttpRequest, absence: Exception) -> HttpResponse:
    """The page before any figure: what is missing, what to do."""
    contexte = {
        "droits_au": droits_au_de(request), "bilans_ouverts": bilans_ouverts(request),
        "fichiers_en_retard": retards_annonces(request),
        "peut_actualiser": peut_actualiser(request), "phrase": str(absence),
        "sans_fichier": isinstance(absence, DateHorsHistoire),
    }  # fmt: skip
    return render(request, "pilotage/vide.html", contexte)


def avec(request: HttpRequest, **autres: str) -> str:
    """The query of this page, changed."""
    parametres = request.GET.copy()
    for cle, valeur in autres.items():
        parametres[cle] = valeur
    return parametres.urlencode()


def _facultative(nom: str) -> str:
    """The address of a page that may not exist in this installation."""
    try:
        return reverse(nom)
    except NoReverseMatch:
        return ""
