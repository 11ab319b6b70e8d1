"""The published method: every indicator with the query that computes it, and where published figures disagree."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.pilotage.entetes import FAMILLES
from cordee.pilotage.lac.lecture import sources_des_vues
from cordee.pilotage.selectors import definitions
from cordee.reglementation.noms_parcours import noms_des_parcours
from cordee.web.pilotage.commun import LIRE
from cordee.web.pilotage.contradictions import CONTRADICTIONS, PRINCIPES
from cordee.web.pilotage.definitions import paires
from cordee.web.socle.acces import acces

# The mix of orientations (K05): the table of names is printed under each of them (E33).
K05 = ("taux_parcours_professionnel", "taux_parcours_socioprofessionnel", "taux_parcours_social")


@acces(*LIRE)
def methode(request: HttpRequest) -> HttpResponse:
    """One page to read, to print, to oppose: nothing in it depends on who reads."""
    connus = list(definitions().values())
    familles: list[dict[str, Any]] = [
        {
            "cle": cle, "libelle": libelle,
            "definitions": [
                {"code": d.code, "libelle": d.libelle, "sql": d.sql, "paires": paires(d),
                 "url": reverse("pilotage_indicateur", args=[d.code])}
                for d in connus if d.famille == cle
            ],
        }
        for cle, libelle in FAMILLES.items()
    ]  # fmt: skip
    contexte = {
        "familles": [f for f in familles if f["definitions"]],
        "vues": [{"nom": nom, "sql": sql} for nom, sql in sources_des_vues().items()],
        "principes": PRINCIPES,
        "contradictions": CONTRADICTIONS,
        "noms_parcours": noms_des_parcours(),
        "codes_k05": K05,
        "fil": [("Pilotage", reverse("pilotage")), ("Méthode", "")],
    }
    return render(request, "pilotage/methode.html", contexte)
