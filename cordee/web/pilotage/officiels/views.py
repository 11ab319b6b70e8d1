"""The official tables: which family, which year, as known on which day; on screen, as a file, on paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.instantanes.selectors import instantanes
from cordee.pilotage.lac.manifeste import Manifeste, lire_manifeste
from cordee.pilotage.models import Etude
from cordee.pilotage.officiels.entetes import FAMILLES
from cordee.pilotage.officiels.exercice import annees
from cordee.socle.erreurs import ErreurMetier
from cordee.web.pilotage.commun import avec
from cordee.web.pilotage.etudes import contexte_etude, etude_de
from cordee.web.pilotage.officiels.fichiers import en_classeur, en_texte, nom_de_fichier
from cordee.web.pilotage.officiels.presentation import Version, methode, perimetres, quand, tables, univers
from cordee.web.socle.acces import acces
from cordee.web.socle.export import XLSX

GENRE: Final = "officiels"


class TableauxAbsents(ErreurMetier):
    """Nothing to send yet."""


@dataclass(frozen=True, slots=True)
class Choix:
    """What the page is about, read from its address and kept within what history covers."""

    famille: str
    annee: int
    possibles: tuple[int, ...]
    version: Version
    instantane: str
    etats: tuple[tuple[str, str], ...]

    @property
    def parametres(self) -> dict[str, Any]:
        return {"famille": self.famille, "annee": self.annee, "instantane": self.instantane}


@acces(Permission.ANALYSER)
def tableaux(request: HttpRequest) -> HttpResponse:
    """The tables of a family for a year, with what is around them. Asked of the worker when nobody has yet."""
    manifeste = lire_manifeste()
    choix = _choix(request, manifeste) if manifeste else None
    contexte: dict[str, Any] = {
        "fil": [("Pilotage", reverse("pilotage")), ("Tableaux officiels", "")],
        "familles": FAMILLES.items(), "versions": list(Version), "choix": choix,
    }  # fmt: skip
    if choix is not None:
        etude = etude_de(request, GENRE, choix.parametres)
        contexte |= contexte_etude(etude)
        if etude.resultat:
            contexte |= _montrer(etude, choix)
        contexte["exports"] = [
            (nom, f"{reverse('pilotage_officiels_export')}?{avec(request, format=code)}")
            for code, nom in (("xlsx", "Excel"), ("csv", "CSV"))
        ]
    return render(request, "pilotage/officiels/tableaux.html", contexte)


@acces(Permission.ANALYSER)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same tables as a file.

    Raises:
        TableauxAbsents: not computed yet.
    """
    manifeste = lire_manifeste()
    choix = _choix(request, manifeste) if manifeste else None
    etude = etude_de(request, GENRE, choix.parametres) if choix else None
    if choix is None or etude is None or not etude.resultat:
        raise TableauxAbsents("Ces tableaux ne sont pas encore calculés : ouvrez la page, puis revenez les chercher.")
    resultat: dict[str, Any] = etude.resultat
    nom = nom_de_fichier(resultat, choix.version)
    if request.GET.get("format") == "xlsx":
        return _fichier(en_classeur(resultat, choix.version), XLSX, f"{nom}.xlsx")
    texte = "\ufeff" + en_texte(resultat, choix.version)
    return _fichier(texte.encode(), "text/csv; charset=utf-8", f"{nom}.csv")


def _choix(request: HttpRequest, manifeste: Manifeste) -> Choix | None:
    """``None``: no year can be told of."""
    etats = {
        str(i.pk): (f"{i.libelle}, {i.connu_le:%d/%m/%Y}", i)
        for i in instantanes().filter(lignes_effacees_le=None)[:60]
    }
    instantane = request.GET.get("instantane", "")
    if instantane in etats:
        manifeste = Manifeste.de_json(json.dumps(etats[instantane][1].manifeste))
    else:
        instantane = ""
    famille = request.GET.get("famille", "")
    famille = famille if famille in FAMILLES else next(iter(FAMILLES))
    possibles = tuple(annees(manifeste, famille))
    if not possibles:
        return None
    demandee = request.GET.get("annee", "")
    annee = int(demandee) if demandee.isdigit() and int(demandee) in possibles else possibles[0]
    publication = request.GET.get("version") == Version.PUBLICATION.value
    return Choix(
        famille, annee, possibles, Version.PUBLICATION if publication else Version.ETAT, instantane,
        tuple((pk, libelle) for pk, (libelle, _) in etats.items()),
    )  # fmt: skip


def _montrer(etude: Etude, choix: Choix) -> dict[str, Any]:
    resultat: dict[str, Any] = etude.resultat or {}
    return {
        "resultat": resultat, "tables": tables(resultat, choix.version), "univers": univers(resultat, choix.version),
        "inconnues": perimetres(resultat, choix.version)["inconnues"],
        "methode": methode(resultat), "quand": quand(resultat),
    }  # fmt: skip


def _fichier(contenu: bytes, genre: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type=genre)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
