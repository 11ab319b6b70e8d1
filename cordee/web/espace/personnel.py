"""The pages of the strong access: what she must do now, her contract, her rights, who looked at her file (screen 9)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.personnes.models import Personne
from cordee.web.espace.session import espace_personnel

MENU = (("espace_accueil", "Accueil", "accueil"),)


def dessiner(request: HttpRequest, gabarit: str, page: str, status: int = 200, **contexte: Any) -> HttpResponse:
    """A page of the space, with its menu. ``page``: the name of its address, marked in the menu."""
    menu = [
        {"url": reverse(nom), "libelle": libelle, "icone": icone, "actif": nom == page} for nom, libelle, icone in MENU
    ]
    return render(request, gabarit, {"ouvert": True, "menu_espace": menu, **contexte}, status=status)


@espace_personnel
def accueil(request: HttpRequest, personne: Personne) -> HttpResponse:
    """What she can do now."""
    return dessiner(request, "espace/accueil.html", "espace_accueil")
