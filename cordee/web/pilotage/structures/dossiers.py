"""How whole the files of people are, structure by structure, and how late acts are typed (REQ-40, REQ-81, K21)."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.comparaisons.champs import CHAMPS
from cordee.pilotage.comparaisons.issues import SEUIL_STRUCTURE
from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.models import Etude
from cordee.pilotage.selectors import ChiffresAbsents, fraicheur
from cordee.web.composants.tableaux import Colonne, lire_tri
from cordee.web.pilotage.commun import vide
from cordee.web.pilotage.etudes import contexte_etude, etude_de
from cordee.web.pilotage.structures.demande import sections, structures_lisibles
from cordee.web.socle.acces import acces
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
GENRE: Final = "dossiers"
LIRE: Final = (P.PILOTER, P.ENCADRER)
COLONNES: Final = [
    Colonne("nom", "Structure"), Colonne("n", "Personnes", nombre=True), Colonne("score", "Remplissage", nombre=True),
    *(Colonne(c.code, c.court, nombre=True, triable=False) for c in CHAMPS),
    Colonne("saisie", "Noté tard", nombre=True, triable=False),
]  # fmt: skip


def etude_du_jour(request: HttpRequest) -> Etude:
    """The files as they are in the last state of the lake.

    Raises:
        ChiffresAbsents: no lake yet.
    """
    return etude_de(request, GENRE, {"au": fraicheur().au.isoformat()})


@acces(*LIRE)
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every structure she may read: its score, its pieces, how late it types."""
    visibles = structures_lisibles(request)
    try:
        etude = etude_du_jour(request)
    except ChiffresAbsents as absence:
        return vide(request, absence)
    contexte: dict[str, Any] = {
        "champs": CHAMPS, "sections": sections(request, "pilotage_structures_dossiers"), "seuil": SEUIL_STRUCTURE,
        "colonnes": COLONNES, "tout": visibles is None,
        "url_indicateur": reverse("pilotage_indicateur", args=["remplissage_dossiers"]),
        **contexte_etude(etude),
    }  # fmt: skip
    if etude.resultat:
        lignes = _lisibles(etude, visibles)
        tri = lire_tri(request.GET, COLONNES, "nom")
        lignes.sort(key=lambda s: s["nom"])
        lignes.sort(key=lambda s: s[tri.cle], reverse=tri.decroissant)
        contexte |= {
            "tri": tri, "lignes": [_ligne(s) for s in lignes],
            "ensemble": _ligne({**etude.resultat["ensemble"], "nom": ""}),
            "au": etude.resultat["au"], "url_csv": _export("csv"), "url_xlsx": _export("xlsx"),
        }  # fmt: skip
    return render(request, "pilotage/structures/dossiers.html", contexte)


@acces(*LIRE)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    visibles = structures_lisibles(request)
    etude = etude_du_jour(request)
    if not etude.resultat:
        raise Http404
    entetes = ["Structure", "Personnes", "Remplissage (sur 100)", *(f"{c.libelle} (%)" for c in CHAMPS),
               "Actes notés depuis trois mois", "Notés en (médiane, jours)",
               "Notés en (9 sur 10, jours)", "Après 7 jours (%)"]  # fmt: skip
    lignes = [
        [s["nom"], s["n"], s["score"], *(s["champs"][c.code]["part"] for c in CHAMPS),
         *((s["saisie"][x] for x in ("n", "mediane", "p90", "tard")) if s["saisie"] else ("", "", "", ""))]
        for s in _lisibles(etude, visibles)
    ]  # fmt: skip
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(f"dossiers-{etude.resultat['au']}", entetes, lignes)


# Parts --------------------------------------------------------------------------------------------------------------
def _lisibles(etude: Etude, visibles: frozenset[str] | None) -> list[dict[str, Any]]:
    return [s for s in (etude.resultat or {}).get("structures", []) if visibles is None or s["code"] in visibles]


def _ligne(s: dict[str, Any]) -> dict[str, Any]:
    saisie = s.get("saisie")
    return {
        "nom": s["nom"], "n": s["n"], "score": nombre(s["score"], 1) if s["score"] is not None else "—",
        "champs": [(c, _part(s["champs"][c.code]["part"])) for c in CHAMPS],
        "saisie": f"{saisie['tard']}\u00a0%" if saisie else "—",
        "saisie_detail": f"la moitié en {saisie['mediane']} j, neuf sur dix en {saisie['p90']} j" if saisie else "",
    }  # fmt: skip


def _part(part: int | None) -> str:
    return "—" if part is None else f"{part}\u00a0%"


def _export(genre: str) -> str:
    return f"{reverse('pilotage_structures_dossiers_export')}?format={genre}"
