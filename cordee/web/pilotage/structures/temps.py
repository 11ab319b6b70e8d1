"""Delays and practices of structures, quarter by quarter: do they draw nearer, who changes pace (REQ-27, 28)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.comparaisons.mesures import MESURES, MIN_PAR_TRIMESTRE, MesureSuivie
from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire
from cordee.web.composants.tableaux import Colonne, lire_tri
from cordee.web.pilotage.commun import vide
from cordee.web.pilotage.etudes import contexte_etude, etude_de
from cordee.web.pilotage.structures import graphiques
from cordee.web.pilotage.structures.demande import Demande, demande_de, sections
from cordee.web.socle.acces import acces
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
GENRE: Final = "derive"
LIRE: Final = (P.PILOTER, P.ENCADRER)
MONTRES: Final = 4
"""Quarters shown in the table; all of them in the file."""


@acces(*LIRE)
def temps(request: HttpRequest) -> HttpResponse:
    """One measure, every structure she may read, quarter by quarter."""
    try:
        d = demande_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    m = _mesure(request)
    etude = etude_de(request, GENRE, {"au": d.au.isoformat()})
    familles: dict[str, list[MesureSuivie]] = {}
    for mesure in MESURES.values():
        familles.setdefault(mesure.famille, []).append(mesure)
    contexte: dict[str, Any] = {
        "d": d, "m": m, "familles": list(familles.items()), "sections": sections(request, "pilotage_structures_temps"),
        "tout": d.visibles is None, "minimum": MIN_PAR_TRIMESTRE, **contexte_etude(etude),
    }  # fmt: skip
    if etude.resultat:
        contexte |= _resultat(request, d, m, etude.resultat)
    return render(request, "pilotage/structures/temps.html", contexte)


@acces(*LIRE)
def graphique(request: HttpRequest) -> HttpResponse:
    """The spread of structures through time, and the line of one of them."""
    d, m = demande_de(request), _mesure(request)
    etude = etude_de(request, GENRE, {"au": d.au.isoformat()})
    if not etude.resultat:
        raise Http404
    r = etude.resultat["mesures"][m.code]
    s = _choisie(request, _lisibles(d, r))
    ligne = s["valeurs"] if s else [None] * len(r["trimestres"])
    return JsonResponse(graphiques.etalement(
        [court(t) for t in r["trimestres"]], r["etalement"], ligne, nom=s["nom"] if s else "", unite=m.unite,
        habitude=s["habitude"] if s else None, description=m.libelle,
    ))  # fmt: skip


@acces(*LIRE)
def exporter(request: HttpRequest) -> HttpResponse:
    """Every quarter of every structure she may read."""
    d, m = demande_de(request), _mesure(request)
    etude = etude_de(request, GENRE, {"au": d.au.isoformat()})
    if not etude.resultat:
        raise Http404
    r = etude.resultat["mesures"][m.code]
    entetes = ["Structure", *(court(t) for t in r["trimestres"]), "Habitude, bas", "Habitude, haut", "Lecture"]
    lignes = [
        [s["nom"], *("" if v is None else v for v in s["valeurs"]),
         *((s["habitude"][1], s["habitude"][2]) if s["habitude"] else ("", "")), _lecture(s)[0]]
        for s in _lisibles(d, r)
    ]  # fmt: skip
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(f"structures-{m.code}-{d.au:%Y-%m-%d}", entetes, lignes)


def court(trimestre: str) -> str:
    """A quarter as people write it.

    >>> court("2026-04-01")
    'T2 2026'
    """
    jour = date.fromisoformat(trimestre)
    return f"T{(jour.month + 2) // 3} {jour.year}"


# Parts --------------------------------------------------------------------------------------------------------------
def _mesure(request: HttpRequest) -> MesureSuivie:
    return MESURES.get(request.GET.get("mesure", "")) or next(iter(MESURES.values()))


def _lisibles(d: Demande, r: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in r["structures"] if d.visibles is None or s["code"] in d.visibles]


def _choisie(request: HttpRequest, lisibles: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The structure of the address; hers when she reads only one."""
    voulue = request.GET.get("structure", "")
    if not voulue and len(lisibles) == 1:
        return lisibles[0]
    return next((s for s in lisibles if s["code"] == voulue), None)


def _resultat(request: HttpRequest, d: Demande, m: MesureSuivie, resultat: dict[str, Any]) -> dict[str, Any]:
    r = resultat["mesures"][m.code]
    lisibles = _lisibles(d, r)
    montres = r["trimestres"][-MONTRES:]
    colonnes = [
        Colonne("nom", "Structure"),
        *(Colonne(f"t{i}", court(t), triable=i == len(montres) - 1, nombre=True) for i, t in enumerate(montres)),
        Colonne("habitude", "Son habitude", triable=False, nombre=True), Colonne("lecture", "Lecture"),
    ]  # fmt: skip
    tri = lire_tri(request.GET, colonnes, "nom")
    dernier = f"t{len(montres) - 1}"
    lisibles.sort(key=lambda s: s["nom"])
    if tri.cle != "nom":
        cle = {dernier: lambda s: s["valeurs"][-1] if s["valeurs"][-1] is not None else -1.0,
               "lecture": lambda s: abs(s["sens"])}[tri.cle]  # fmt: skip
        lisibles.sort(key=cle, reverse=tri.decroissant)
    elif tri.decroissant:
        lisibles.reverse()
    choisie = _choisie(request, lisibles)
    autres = {"mesure": m.code}
    return {
        "colonnes": colonnes, "tri": tri, "choisie": choisie,
        "lignes": [_ligne(d, m, s) for s in lisibles],
        "alertes": [_ligne(d, m, s) for s in lisibles if s["sens"]],
        "toutes_alertes": _toutes_alertes(d, resultat) if d.visibles is not None else [],
        "phrases": _phrases(m, r), "dernier": court(r["trimestres"][-1]) if r["trimestres"] else "",
        "url_graphique": d.adresse("pilotage_structures_temps_graphique", **autres,
                                   structure=choisie["code"] if choisie else ""),
        "url_csv": d.adresse("pilotage_structures_temps_export", **autres, format="csv"),
        "url_xlsx": d.adresse("pilotage_structures_temps_export", **autres, format="xlsx"),
        "vue": _vue(m, r, choisie), "etalement": _table(m, r),
    }  # fmt: skip


def _ligne(d: Demande, m: MesureSuivie, s: dict[str, Any]) -> dict[str, Any]:
    texte, ton, icone = _lecture(s)
    return {
        "nom": s["nom"], "valeurs": [_ecrire(v, m) for v in s["valeurs"][-MONTRES:]],
        "habitude": _habitude(s, m),
        "lecture": texte, "ton": ton, "icone": icone,
        "url": d.adresse("pilotage_structures_temps", mesure=m.code, structure=s["code"]),
        "derniers": [_ecrire(v, m) for v in s["valeurs"][-2:]],
    }  # fmt: skip


def _habitude(s: dict[str, Any], m: MesureSuivie) -> str:
    if not s["habitude"]:
        return "pas encore connue"
    return f"{_ecrire(max(s['habitude'][1], 0), m)} à {_ecrire(s['habitude'][2], m)}"


def _lecture(s: dict[str, Any]) -> tuple[str, str, str]:
    if not s["habitude"]:
        return "Trop peu de trimestres connus", "neutre", "aide"
    return {
        1: ("Au-dessus de son habitude, deux trimestres de suite", "accent", "haut"),
        -1: ("Au-dessous de son habitude, deux trimestres de suite", "info", "bas"),
        0: ("Dans son habitude", "neutre", "cercle"),
    }[s["sens"]]


def _toutes_alertes(d: Demande, resultat: dict[str, Any]) -> list[dict[str, Any]]:
    """What a head is told of her structures, whatever the measure on the page."""
    return [
        {"mesure": m, **_ligne(d, m, s)}
        for m in MESURES.values() for s in _lisibles(d, resultat["mesures"][m.code]) if s["sens"]
    ]  # fmt: skip


def _phrases(m: MesureSuivie, r: dict[str, Any]) -> list[str]:
    phrases = []
    dernier = next((b for b in reversed(r["etalement"]) if "q1" in b), None)
    if dernier:
        phrases.append(
            f"Au dernier trimestre, la moitié des structures sont entre {_ecrire(dernier['q1'], m)} et "
            f"{_ecrire(dernier['q3'], m)} {m.unite} ; huit sur dix entre {_ecrire(dernier['d1'], m)} et "
            f"{_ecrire(dernier['d9'], m)}."
        )
    x = r["rapprochement"]
    if x:
        phrases.append(
            f"{x['phrase']} : la moitié centrale s'étalait sur {nombre(x['avant'], 1)} {m.unite} la première année "
            f"montrée, "
            f"{nombre(x['apres'], 1)} la dernière (rapport {nombre(x['rapport'], 2)}, intervalle à 95 % de "
            f"{nombre(x['bas'], 2)} à "
            f"{nombre(x['haut'], 2)}, {x['n']} structures connues aux deux bouts)."
        )
    else:
        phrases.append("Il faut deux années connues de huit structures au moins pour dire si elles se rapprochent.")
    return phrases


def _vue(m: MesureSuivie, r: dict[str, Any], choisie: dict[str, Any] | None) -> str:
    dernier = next((b for b in reversed(r["etalement"]) if "mediane" in b), None)
    debut = (
        f"{m.libelle} par trimestre : structure médiane à {_ecrire(dernier['mediane'], m)} {m.unite}"
        if dernier
        else m.libelle
    )
    return f"{debut}. {choisie['nom']} : {_lecture(choisie)[0].lower()}." if choisie else f"{debut}."


def _table(m: MesureSuivie, r: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"t": court(t), "n": b["n"], "q1": _ecrire(b.get("q1"), m), "mediane": _ecrire(b.get("mediane"), m),
         "q3": _ecrire(b.get("q3"), m)}
        for t, b in zip(r["trimestres"], r["etalement"], strict=True)
    ]  # fmt: skip


def _ecrire(v: float | None, m: MesureSuivie) -> str:
    if v is None:
        return "—"
    return nombre(
        v,
        0
        if m.unite == "%" or (m.unite == "jours" and float(v).is_integer())
        else 1
        if m.unite in ("jours", "heures")
        else 2,
    )
