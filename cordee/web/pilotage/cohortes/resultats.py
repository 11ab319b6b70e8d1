"""The page of one to four cohorts: who stays, leaves, moves, comes back. Each chart with its table and its sentence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.cohortes.definition import DefinitionIllisible
from cordee.pilotage.cohortes.enums import Cause, EtatMois, Jalon
from cordee.pilotage.models import Etude
from cordee.web.pilotage.cohortes import graphiques, lectures
from cordee.web.pilotage.cohortes.demande import (
    LETTRES,
    MAXIMUM,
    Demande,
    etats_publies,
    lire_demande,
    phrases,
)  # fmt: skip
from cordee.web.pilotage.cohortes.sankey import Sankey, sankey
from cordee.web.pilotage.etudes import contexte_etude, etude_de
from cordee.web.socle.acces import acces

GENRE: Final = "cohortes"
ETAPES: Final = (0, 6, 12, 24)
TEINTES_ETATS: Final = ("#d8d2c4", "#cfe5e4", "#8fbfbf", "#3f8b91", "#0e5a63", "#f3c9a8", "#2b6e45", "#9db8d6",
                        "#b4541a", "#a7adb0")  # fmt: skip
"""In the order of ``EtatMois``; the same in ``cohortes.css``."""
TEINTES_CAUSES: Final = ("#2b6e45", "#9db8d6", "#5c86b5", "#b4541a", "#a12a2a", "#d8d2c4", "#55656b", "#a7adb0",
                         "#ddd9d0")  # fmt: skip


@acces(Permission.ANALYSER)
def resultats(request: HttpRequest) -> HttpResponse:
    """Cohorts side by side."""
    try:
        demande = lire_demande(request)
    except DefinitionIllisible as refus:
        return render(request, "pilotage/cohortes/illisible.html", {"phrase": str(refus), "fil": fil("Résultats")})
    etude = etude_de(request, GENRE, demande.parametres)
    contexte = {**contexte_etude(etude), **_tetes(demande, etude), "fil": fil("Résultats")}
    if etude.resultat is not None:
        contexte |= _lus(demande, etude.resultat, request.GET)
    return render(request, "pilotage/cohortes/resultats.html", contexte)


@acces(Permission.ANALYSER)
def graphique(request: HttpRequest) -> HttpResponse:
    """The description of one chart of the page."""
    resultat = resultat_de(request)
    forme, quel = request.GET.get("forme", ""), request.GET.get("quel", "")
    description = request.GET.get("forme", "")
    cohortes = resultat["cohortes"]
    if forme == "maintien":
        lignes = [_ligne(i, c["maintien"]) for i, c in enumerate(cohortes) if c["montree"]]
        return JsonResponse(graphiques.courbes(lignes, description="Part encore dans les droits et devoirs"))
    if forme == "jalon" and quel in [str(j) for j in Jalon]:
        lus = [(i, c["jalons"].get(quel)) for i, c in enumerate(cohortes) if c["montree"]]
        lignes = [_ligne(i, j["courbe"]) for i, j in lus if j and j["courbe"]]
        return JsonResponse(graphiques.courbes(lignes, description=Jalon(quel).libelle, jusque_un=False))
    if forme in ("causes", "etats") and quel.isdigit() and int(quel) < len(cohortes) and cohortes[int(quel)]["montree"]:
        c = cohortes[int(quel)]
        lues = _bandes_causes(c) if forme == "causes" else _bandes_etats(c)
        mois = max((len(b.valeurs) for b in lues), default=1) - 1
        return JsonResponse(graphiques.bandes(lues, description=description, mois=mois, marches=forme == "causes"))
    raise Http404


def resultat_de(request: HttpRequest) -> dict[str, Any]:
    """The answer of the study of this address.

    Raises:
        DefinitionIllisible: the address cannot be read, or nothing has been computed yet (409).
    """
    demande = lire_demande(request)
    etude = etude_de(request, GENRE, demande.parametres)
    if etude.resultat is None:
        raise DefinitionIllisible(etude.erreur or "Le calcul n'est pas terminé : revenez dans quelques secondes.")
    return dict(etude.resultat)


def fil(page: str = "") -> list[tuple[str, str]]:
    debut = [("Pilotage", reverse("pilotage")), ("Cohortes", reverse("pilotage_cohortes") if page else "")]
    return [*debut, (page, "")] if page else debut


# Parts ----------------------------------------------------------------------------------------------------------------
def _tetes(demande: Demande, etude: Etude) -> dict[str, Any]:
    """What each cohort is, and what may be done with it."""
    composer = reverse("pilotage_cohortes_composer")
    tetes = []
    for i, (lettre, titre, phrase) in enumerate(phrases(demande.cohortes)):
        seule = Demande((demande.cohortes[i],), demande.instantane)
        tetes.append({
            "lettre": lettre, "titre": titre, "phrase": phrase,
            "url_modifier": f"{composer}?{_composer(demande, i)}",
            "url_retirer": demande.sans(i).adresse() if len(demande.cohortes) > 1 else "",
            "url_garder": seule.adresse("pilotage_cohortes_garder"),
            "url_fichier": seule.adresse("pilotage_cohortes_fichier"),
        })  # fmt: skip
    ajouter = f"{composer}?{_composer(demande, None)}" if len(demande.cohortes) < MAXIMUM else ""
    return {
        "tetes": tetes, "url_ajouter": ajouter,
        "url_export": demande.adresse("pilotage_cohortes_export"),
        "etats_publies": etats_publies(), "instantane": demande.instantane,
        "cs": [d.adresse() for d in demande.cohortes],
    }  # fmt: skip


def _composer(demande: Demande, rang: int | None) -> str:
    """The query of the builder: the others kept aside, this one (or the last) as a start."""
    modele = demande.cohortes[-1 if rang is None else rang]
    gardees = demande if rang is None else demande.sans(rang)
    return "&".join(
        x for x in (modele.adresse(), Demande(gardees.cohortes).requete() if gardees.cohortes else "",
                    f"rang={len(demande.cohortes) if rang is None else rang}",
                    f"instantane={demande.instantane}" if demande.instantane else "") if x
    )  # fmt: skip


def _lus(demande: Demande, resultat: dict[str, Any], lus: Any) -> dict[str, Any]:
    """Everything the page says."""
    cohortes = resultat["cohortes"]
    for i, c in enumerate(cohortes):
        c["lettre"] = LETTRES[i]
        if c["montree"]:
            c["suivi_ecrit"] = lectures.suivi(c, resultat["observation"])
            c["ecartes_ecrits"] = lectures.ecartes(c)
    montrees = [c for c in cohortes if c["montree"]]
    choix = _choix_de_passage(montrees, lus.get("passage", ""), demande)
    return {
        "resultat": resultat, "cohortes": cohortes, "montrees": montrees,
        "maintien": {
            "phrase": lectures.phrase_maintien(cohortes), "tableau": lectures.tableau_maintien(cohortes),
            "risque": lectures.tableau_risque(cohortes),
            "url": demande.adresse("pilotage_cohortes_graphique", forme="maintien"),
        },
        "comparaison": lectures.comparaison(resultat),
        "par_cohorte": [
            _une(c, i, demande, choix["actif"]) for i, c in enumerate(cohortes) if c["montree"]
        ],
        "legende_etats": [(e.libelle, i) for i, e in enumerate(EtatMois, start=1)],
        "choix_passage": choix["liens"],
        "jalons": [
            {"libelle": j.libelle, "phrase": lectures.phrase_jalon(j, cohortes),
             "tableau": lectures.tableau_jalon(j, cohortes),
             "url": demande.adresse("pilotage_cohortes_graphique", forme="jalon", quel=j.value)}
            for j in Jalon
            if any(c["jalons"].get(j.value, {}).get("courbe") for c in montrees)
        ],
        "retours": {"phrase": lectures.phrase_retours(cohortes), "tableau": lectures.tableau_retours(cohortes)},
    }  # fmt: skip


def _une(c: dict[str, Any], rang: int, demande: Demande, passage: tuple[int, int] | None) -> dict[str, Any]:
    """What the page says of one cohort."""
    du_choix = next((p for p in c["passages"] if (p["de"], p["vers"]) == passage), None)
    return {
        "lettre": LETTRES[rang],
        "causes": {
            "phrase": lectures.phrase_causes(c), "tableau": lectures.tableau_causes(c),
            "url": demande.adresse("pilotage_cohortes_graphique", forme="causes", quel=str(rang)),
            "legende": [
                (lectures.nom_de_cause(x, c), i) for i, x in enumerate(Cause, start=1) if x.value in c["causes"]
            ],
        },
        "etats": {
            "phrase": lectures.phrase_etats(c), "tableau": lectures.tableau_etats(c),
            "url": demande.adresse("pilotage_cohortes_graphique", forme="etats", quel=str(rang)),
        },
        "passage": du_choix and {
            "phrase": lectures.phrase_passages(du_choix), "tableau": lectures.tableau_passages(du_choix),
        },
        "sankey": _sankey(c),
    }  # fmt: skip


def _sankey(c: dict[str, Any]) -> dict[str, Any] | None:
    """The flow between the photos that everybody of the cohort reached, in shapes and in words."""
    etapes = [k for k in ETAPES if k <= c["suivi_complet"]]
    paires = list(itertools.pairwise(etapes))
    lus = [p for paire in paires for p in c["passages"] if (p["de"], p["vers"]) == paire]
    dessin: Sankey | None = sankey(lus) if lus and len(lus) == len(paires) else None
    return {"dessin": dessin, "phrase": " ".join(lectures.phrase_passages(p, cites=1) for p in lus)} if dessin else None


def _choix_de_passage(montrees: Sequence[dict[str, Any]], brut: str, demande: Demande) -> dict[str, Any]:
    """The matrices that may be shown, and the one asked for (a year by default)."""
    paires = list(dict.fromkeys((p["de"], p["vers"]) for c in montrees for p in c["passages"]))
    demandee = next((p for p in paires if f"{p[0]}-{p[1]}" == brut), None)
    actif = demandee or next((p for p in paires if p == (0, 12)), paires[-1] if paires else None)
    liens = [
        {"libelle": f"{a} à {b} mois", "url": demande.adresse(passage=f"{a}-{b}") + "#titre-passages",
         "actif": (a, b) == actif}
        for a, b in sorted(paires)
    ]  # fmt: skip
    return {"liens": liens, "actif": actif}


def _ligne(rang: int, courbe: dict[str, Any]) -> graphiques.Ligne:
    return graphiques.Ligne(LETTRES[rang], courbe["valeur"], courbe["bas"], courbe["haut"])


def _bandes_causes(c: dict[str, Any]) -> list[graphiques.Bande]:
    return [
        graphiques.Bande(i, TEINTES_CAUSES[i - 1], [v for v in c["causes"][cause.value]["valeur"] if v is not None])
        for i, cause in enumerate(Cause, start=1)
        if cause.value in c["causes"]
    ]  # fmt: skip


def _bandes_etats(c: dict[str, Any]) -> list[graphiques.Bande]:
    bandes = []
    for i, etat in enumerate(EtatMois, start=1):
        valeurs = [e["nombres"].get(etat.value, 0) / sum(e["nombres"].values()) for e in c["etats"]]
        if any(valeurs):
            bandes.append(graphiques.Bande(i, TEINTES_ETATS[i - 1], [round(v, 4) for v in valeurs]))
    return bandes
