"""Structures side by side, adjusted for whom they receive; one on every outcome. Never a rank, never an agent."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.comparaisons.enums import Groupe, Lecture, NatureIssue
from cordee.pilotage.comparaisons.issues import ISSUES, PART_CONNUE, SEUIL_STRUCTURE, Issue
from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire
from cordee.web.composants.tableaux import Colonne, lire_tri
from cordee.web.pilotage.commun import vide
from cordee.web.pilotage.etudes import contexte_etude, etude_de
from cordee.web.pilotage.structures import ecriture, graphiques
from cordee.web.pilotage.structures.demande import Demande, demande_de, sections
from cordee.web.socle.acces import acces
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
GENRE: Final = "comparaison"
LIRE: Final = (P.PILOTER, P.ENCADRER)
COLONNES: Final = [
    Colonne("nom", "Structure"), Colonne("n", "Personnes", nombre=True),
    Colonne("observe", "Observé", triable=False, nombre=True),
    Colonne("attendu", "Attendu", triable=False, nombre=True),
    Colonne("ecart", "Écart (intervalle à 95 %)", triable=False, nombre=True),
    Colonne("rapport", "Rapport", triable=False, nombre=True), Colonne("lecture", "Ce que l'on peut en dire"),
]  # fmt: skip
ENTETES: Final = ("Structure", "Personnes", "Inconnues", "Observé", "Attendu", "Écart", "Écart, bas", "Écart, haut",
                  "Rapport", "Rapport, bas", "Rapport, haut", "Écart rétréci", "Lecture")  # fmt: skip
_SORT: Final = {
    Lecture.ATTENDUE: graphiques.DEDANS, Lecture.LIMITE_PLUS: graphiques.LIMITE,
    Lecture.LIMITE_MOINS: graphiques.LIMITE,
    Lecture.PLUS: graphiques.DEHORS, Lecture.MOINS: graphiques.DEHORS,
}  # fmt: skip


@acces(*LIRE)
def comparaison(request: HttpRequest) -> HttpResponse:
    """One outcome, every structure she may read."""
    try:
        d = demande_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    if d.visibles is not None and len(d.visibles) == 1 and "issue" not in request.GET:
        return redirect(d.adresse("pilotage_structure", *d.visibles))
    etude = etude_de(request, GENRE, d.etude())
    contexte: dict[str, Any] = {**_commun(request, d), **contexte_etude(etude)}
    if etude.resultat:
        contexte |= _resultat(request, d, etude.resultat["issues"][d.issue.code])
    return render(request, "pilotage/structures/comparaison.html", contexte)


@acces(*LIRE)
def structure(request: HttpRequest, code: str) -> HttpResponse:
    """One structure on every outcome: what it shows, what its publics would give elsewhere."""
    try:
        d = demande_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    if d.visibles is not None and code not in d.visibles:
        raise Http404
    etude = etude_de(request, GENRE, d.etude())
    contexte: dict[str, Any] = {**_commun(request, d), **contexte_etude(etude), "code": code}
    if etude.resultat:
        lignes, nom = [], ""
        for issue in ISSUES.values():
            trouvee = next((s for s in etude.resultat["issues"][issue.code]["structures"] if s["code"] == code), None)
            nom = trouvee["nom"] if trouvee else nom
            lignes.append({"issue": issue, "url": d.adresse("pilotage_structures", issue=issue.code),
                           "s": ecriture.ligne(issue, trouvee) if trouvee else None})  # fmt: skip
        contexte |= {"lignes": lignes, "nom": nom or code}
    contexte["fil"] = [("Structures", d.adresse("pilotage_structures")), (contexte.get("nom", code), "")]
    return render(request, "pilotage/structures/structure.html", contexte)


@acces(*LIRE)
def graphique(request: HttpRequest) -> HttpResponse:
    """The description of a chart of the outcome asked for."""
    d = demande_de(request)
    etude = etude_de(request, GENRE, d.etude())
    if not etude.resultat:
        raise Http404
    r = etude.resultat["issues"][d.issue.code]
    unite = "jours" if d.issue.nature is NatureIssue.JOURS else "points"
    forme = request.GET.get("forme", "")
    if forme == "entonnoir":
        points = [_point(d.issue, s, retreci=False) for s in _montrees(d, r)]
        type_ = r["ecart_type"] * ecriture.echelle(d.issue)
        return JsonResponse(graphiques.entonnoir(points, ecart_type=type_, unite=unite, description=d.issue.libelle))
    if forme == "chenille":
        points = [_point(d.issue, s, retreci=True) for s in _montrees(d, r)]
        return JsonResponse(graphiques.chenille(points, unite=unite, description=d.issue.libelle))
    if forme == "calibration":
        k = ecriture.echelle(d.issue)
        tranches = [{"prevu": t["prevu"] * k, "observe": t["observe"] * k} for t in r["fiche"]["calibration"]]
        axe = "jours" if d.issue.nature is NatureIssue.JOURS else "%"
        return JsonResponse(graphiques.calibre(tranches, unite=axe, description="Calibration"))
    raise Http404


@acces(*LIRE)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same table as a file: figures of structures, hidden ones stay hidden."""
    d = demande_de(request)
    etude = etude_de(request, GENRE, d.etude())
    if not etude.resultat:
        raise Http404
    k = ecriture.echelle(d.issue)
    cles = ("observe", "attendu", "ecart", "bas", "haut")

    def fois(s: dict[str, Any], cle: str) -> float | str:
        return round(s[cle] * k, 2) if cle in s else "non affiché"

    lignes = [
        [s["nom"], s["n"], s["inconnues"], *(fois(s, c) for c in cles),
         *(s.get(c, "") for c in ("rapport", "rapport_bas", "rapport_haut")), fois(s, "retreci"),
         Lecture(s["lecture"]).libelle]
        for s in _lisibles(d, etude.resultat["issues"][d.issue.code])
    ]  # fmt: skip
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(f"structures-{d.issue.code}-{d.au:%Y-%m-%d}", ENTETES, lignes)


# Parts --------------------------------------------------------------------------------------------------------------
def _commun(request: HttpRequest, d: Demande) -> dict[str, Any]:
    return {
        "d": d, "issues": list(ISSUES.values()), "groupes": list(Groupe), "tout": d.visibles is None,
        "sections": sections(request, "pilotage_structures"), "seuil": SEUIL_STRUCTURE,
        "part_inconnue": round(100 * (1 - PART_CONNUE)), "lectures": list(Lecture),
        "url_methode": reverse("pilotage_methode"),
    }  # fmt: skip


def _resultat(request: HttpRequest, d: Demande, r: dict[str, Any]) -> dict[str, Any]:
    issue, lisibles = d.issue, _lisibles(d, r)
    comptes = Counter(Lecture(s["lecture"]) for s in lisibles)
    filtre = request.GET.get("lecture", "")
    choisies = [s for s in lisibles if not filtre or s["lecture"] == filtre]
    tri = lire_tri(request.GET, COLONNES, "nom")
    cles = {"nom": lambda s: s["nom"], "n": lambda s: s["n"], "lecture": lambda s: list(Lecture).index(s["lecture"])}
    choisies.sort(key=lambda s: s["nom"])
    choisies.sort(key=cles[tri.cle], reverse=tri.decroissant)
    lignes = [
        {**ecriture.ligne(issue, s), "url": d.adresse("pilotage_structure", s["code"])} for s in choisies
    ]  # fmt: skip
    fiche = r["fiche"]
    return {
        "r": r, "lignes": lignes, "colonnes": COLONNES, "tri": tri, "vues": bool(_montrees(d, r)),
        "moyenne": ecriture.valeur(issue, r["moyenne"]), "phrases": _phrases(issue, r),
        "comptes": [{"lecture": x, "n": n, "ton": ecriture.TONS[x], "actif": filtre == x,
                     "url": d.adresse("pilotage_structures", lecture=str(x))} for x in Lecture if (n := comptes[x])],
        "filtre": filtre, "url_sans_filtre": d.adresse("pilotage_structures"),
        "url_entonnoir": d.adresse("pilotage_structures_graphique", forme="entonnoir"),
        "url_chenille": d.adresse("pilotage_structures_graphique", forme="chenille"),
        "url_calibration": d.adresse("pilotage_structures_graphique", forme="calibration"),
        "url_export": d.adresse("pilotage_structures_export", format="csv"),
        "url_export_xlsx": d.adresse("pilotage_structures_export", format="xlsx"),
        "effets": _effets(issue, fiche), "fiche": fiche, "vue": _vue(comptes),
        "calibration": [
            {"n": t["n"], **{x: ecriture.valeur(issue, t[x]) for x in ("prevu", "observe")}}
            for t in fiche["calibration"]
        ],
        "inconnues": r["inconnues"], "part_inconnues": _part(r["inconnues"], r["inconnues"] + r["personnes"]),
    }  # fmt: skip


def _lisibles(d: Demande, r: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in r["structures"] if d.visibles is None or s["code"] in d.visibles]


def _montrees(d: Demande, r: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in _lisibles(d, r) if "ecart" in s]


def _point(issue: Issue, s: dict[str, Any], *, retreci: bool) -> graphiques.Point:
    k = ecriture.echelle(issue)
    cles = ("retreci", "retreci_bas", "retreci_haut") if retreci else ("ecart", "bas", "haut")
    ecart, bas, haut = (s[c] * k for c in cles)
    lecture = Lecture(s["lecture"])
    bulle = (
        f"{s['nom']} : {ecriture.valeur(issue, s['observe'])} observé, {ecriture.valeur(issue, s['attendu'])} attendu, "
        f"{s['n']} personnes. {lecture.libelle}."
    )
    return graphiques.Point(s["nom"], s["n"], ecart, bas, haut, _SORT[lecture], bulle)


def _phrases(issue: Issue, r: dict[str, Any]) -> list[str]:
    """What the whole says, before any structure."""
    phrases = [r["multiple"]]
    if r["dispersion"] > 0:
        ecart = ecriture.ecart(issue, r["dispersion"]).removeprefix("+")
        phrases.append(
            f"Une fois le hasard retiré et à publics comparables, deux structures sur trois sont à moins de {ecart} de "
            "ce qui est attendu d'elles."
        )
    else:
        phrases.append("À publics comparables, les écarts entre structures ne dépassent pas ce que donne le hasard.")
    if r["surdispersion"] >= 2:
        phrases.append(
            f"Les écarts varient {nombre(r['surdispersion'], 1)} fois plus que le hasard : les structures ne "
            f"travaillent pas "
            "dans les mêmes conditions, ou leurs publics diffèrent par ce qui n'est pas connu ici. Beaucoup de "
            "points hors "
            "des limites ne veut pas dire beaucoup de structures en défaut."
        )
    return phrases


def _vue(comptes: Counter[Lecture]) -> str:
    """The chart in one sentence."""
    morceaux = [f"{n} {x.libelle[0].lower()}{x.libelle[1:]}" for x in Lecture if (n := comptes[x])]
    return "Structures : " + ", ".join(morceaux) + "." if morceaux else "Aucune structure à montrer."


def _effets(issue: Issue, fiche: dict[str, Any]) -> list[dict[str, Any]]:
    """The weight of each trait, by trait, in words of the model."""
    groupes: dict[str, list[dict[str, Any]]] = {}
    for e in fiche["effets"]:
        taux = issue.nature is NatureIssue.TAUX
        reference = e["bas"] is None
        texte = "" if e["valeur"] is None else nombre(e["valeur"], 2)
        if taux and not reference and e["valeur"] is not None:
            texte = f"× {texte}"
        groupes.setdefault(e["caractere"], []).append({
            **e, "texte": "référence" if reference and e["valeur"] is not None else texte or "trop peu de personnes",
            "intervalle": "" if reference else f"{nombre(e['bas'], 2)} à {nombre(e['haut'], 2)}",
            "part": "—" if e["part"] is None else f"{nombre(e['part'], 1)}\u00a0%",
        })  # fmt: skip
    return [{"caractere": c, "modalites": m} for c, m in groupes.items()]


def _part(n: int, tous: int) -> str:
    return f"{nombre(100 * n / tous, 1)}\u00a0%" if tous else "—"
