"""The register of experiments, one experiment, what a design could see."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.contradictions import CONTRADICTIONS, Contradiction
from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.enums_evaluation import (
    Comparateur,
    Covariable,
    Critere,
    Devis,
    Estimateur,
    EtatExperience,
    GenreMention,
    Verdict,
)  # fmt: skip
from cordee.pilotage.evaluation.cycle import AMENDABLES, AVEC_RESULTATS, possibles
from cordee.pilotage.evaluation.regles.conclusions import points
from cordee.pilotage.evaluation.regles.protocole import Protocole, changements, lire
from cordee.pilotage.evaluation.regles.puissance import effet_detectable, erreur_des_differences
from cordee.pilotage.evaluation.selectors import experiences, ordres, peut_analyser, registre_verifie
from cordee.pilotage.evaluation.services.registre import etude_registree
from cordee.pilotage.models import Etude, Experience
from cordee.socle import horloge
from cordee.territoires.models import Commune
from cordee.web.composants.etats import declarer
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.pilotage.etudes import contexte_etude
from cordee.web.pilotage.evaluation import lecture
from cordee.web.pilotage.evaluation.formulaires import FiltresExperiences, FormulairePuissance
from cordee.web.socle.acces import acces, agent_courant

P, E = Permission, EtatExperience
LIRE: Final = (P.PILOTER, P.ANALYSER)
PAR_PAGE: Final = 25
COLONNES: Final = [
    Colonne("titre", "Expérimentation"), Colonne("etat", "État"),
    Colonne("enregistree", "Enregistrée le", champs=("enregistree_le",)),
    Colonne("conclusion", "Ce qu'on peut en dire", triable=False),
]  # fmt: skip
COLONNES_ORDRES: Final = [
    Colonne("titre", "Déploiement", triable=False), Colonne("unites", "Unités", triable=False, nombre=True),
    Colonne("vagues", "Vagues", triable=False, nombre=True), Colonne("etat", "Où il en est", triable=False),
]  # fmt: skip
COLONNES_METHODES: Final = [
    Colonne("methode", "Méthode", triable=False), Colonne("intervalle", "Intervalle à 95 %", triable=False),
    Colonne("estimation", "Estimation (points)", triable=False, nombre=True),
    Colonne("note", "Précisions", triable=False),
]  # fmt: skip
ACTES: Final = {
    "enregistrer": ("Enregistrer le protocole", "Le protocole est scellé : il ne changera plus que par amendement, "
                    "motivé et daté. Les résultats pourront être demandés une fois l'expérimentation commencée."),
    "demarrer": ("Commencer", "L'expérimentation commence. Ses résultats seront dits intermédiaires jusqu'à sa fin."),
    "clore": ("Clore", "La fin déclarée est passée : le protocole ne peut plus être amendé."),
    "publier": ("Publier", "Les résultats d'aujourd'hui sont figés et lisibles par les élus. Ils ne bougeront plus, "
                "même si un fichier arrive en retard."),
}  # fmt: skip
declarer(
    {
        E.BROUILLON.value: ("neutre", "modifier"), E.ENREGISTREE.value: ("info", "verrou"),
        E.EN_COURS.value: ("primaire", "attente"), E.CLOSE.value: ("accent", "cocher"),
        E.PUBLIEE.value: ("succes", "succes"), E.ABANDONNEE.value: ("attention", "abandon"),
    }
)  # fmt: skip


@acces(*LIRE)
def liste(request: HttpRequest) -> HttpResponse:
    """Every experiment she may read: those published for who reads publications."""
    agent, au = agent_courant(request), horloge.aujourdhui()
    analyse = peut_analyser(agent, au=au)
    filtres, tri = FiltresExperiences(request.GET), lire_tri(request.GET, COLONNES, "-enregistree")
    lues = experiences(pour=agent, au=au).order_by(*champs_de_tri(tri, COLONNES), "-pk")
    if filtres.lus.get("etat"):
        lues = lues.filter(etat=filtres.lus["etat"])
    if filtres.lus.get("q"):
        lues = lues.filter(titre__icontains=filtres.lus["q"])
    page = Paginator(lues, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page": page, "lignes": _lignes(list(page)), "colonnes": COLONNES, "tri": tri, "filtres": filtres,
        "filtre": bool(filtres.lus), "analyse": analyse, "ordres": list(ordres()[:50]) if analyse else [],
        "colonnes_ordres": COLONNES_ORDRES, "fil": fil(),
    }  # fmt: skip
    return render(request, "pilotage/evaluation/liste.html", contexte)


@acces(*LIRE)
def experience(request: HttpRequest, code: str) -> HttpResponse:
    """One experiment: what may be concluded, then everything that lets one judge."""
    agent = agent_courant(request)
    e = trouver(request, code)
    analyse = peut_analyser(agent, au=horloge.aujourdhui())
    p = lire(e.protocole)
    resultat, etude = resultat_de(e, request.GET.get("etude", ""))
    contexte: dict[str, Any] = {
        "e": e, "etat": E(e.etat), "analyse": analyse, "protocole": paires(e, p), "registre": registre_de(e),
        "verifie": registre_verifie(e) if e.sceau else None, "fige": etude is None and e.resultats is not None,
        "exploratoire": bool(request.GET.get("etude")) and etude is not None, "publies": p.publies,
        "contradictions": contredits(p),
        "peut_amender": analyse and E(e.etat) in AMENDABLES, "peut_explorer": analyse and E(e.etat) in AVEC_RESULTATS,
        "actes": [(a, *ACTES[a]) for a in possibles(E(e.etat)) if a in ACTES] if analyse else [],
        "peut_abandonner": analyse and "abandonner" in possibles(E(e.etat)),
        "demandables": analyse and E(e.etat) in AVEC_RESULTATS and etude is None and e.resultats is None,
        "fil": fil(e.titre), "requete": f"etude={etude.pk}" if etude is not None and request.GET.get("etude") else "",
        **(contexte_etude(etude) if etude is not None else {}),
    }  # fmt: skip
    if resultat is not None:
        contexte |= _lu(resultat, p)
    return render(request, "pilotage/evaluation/experience.html", contexte)


@acces(P.ANALYSER)
def puissance(request: HttpRequest) -> HttpResponse:
    """The smallest effect a design would see, before anything is registered."""
    form = FormulairePuissance(request.GET or None)
    vu = None
    if form.is_bound and form.is_valid():
        d = form.cleaned_data
        erreur = erreur_des_differences(
            taux=d["taux"] / 100, traites=d["traites"], temoins=d["temoins"], traites_avant=d["traites_avant"] or 0,
            temoins_avant=d["temoins_avant"] or 0,
        )  # fmt: skip
        vu = points(100 * effet_detectable(erreur))
    return render(
        request, "pilotage/evaluation/puissance.html", {"form": form, "vu": vu, "fil": fil("Avant de commencer")}
    )


# Parts ---------------------------------------------------------------------------------------------------------------
def trouver(request: HttpRequest, code: str) -> Experience:
    """An experiment she may read, or none."""
    lue = experiences(pour=agent_courant(request), au=horloge.aujourdhui()).filter(code=code).first()
    if lue is None:
        raise Http404
    return lue


def resultat_de(e: Experience, etude: str = "") -> tuple[dict[str, Any] | None, Etude | None]:
    """What the page shows: an exploration of this experiment when asked, else what was published, else the study."""
    if etude.isdigit():
        autre = Etude.objects.filter(pk=int(etude), genre="evaluation", parametres__experience=e.pk).first()
        if autre is None:
            raise Http404
        return autre.resultat, autre
    if e.resultats is not None:
        return e.resultats, None
    trouvee = etude_registree(e)
    return (trouvee.resultat, trouvee) if trouvee is not None else (None, None)


def fil(page: str = "") -> list[tuple[str, str]]:
    debut = [("Pilotage", reverse("pilotage")), ("Évaluations", reverse("pilotage_evaluation") if page else "")]
    return [*debut, (page, "")] if page else debut


def _lignes(lues: list[Experience]) -> list[dict[str, Any]]:
    """Each experiment and its sentence, if there is one. Two queries whatever their number."""
    etudes: dict[int, Any] = {}
    faites = Etude.objects.filter(genre="evaluation", parametres__experience__in=[e.pk for e in lues]).order_by("pk")
    for etude in faites:
        memes = [
            e for e in lues if e.pk == etude.parametres["experience"] and e.protocole == etude.parametres["protocole"]
        ]
        if memes and etude.resultat and not etude.parametres["exploratoire"]:
            etudes[memes[0].pk] = etude.resultat
    rendues = []
    for e in lues:
        r = e.resultats or etudes.get(e.pk)
        verdict = Verdict(r["conclusion"]["verdict"]) if r else None
        rendues.append({"e": e, "etat": E(e.etat), "devis": Devis(e.protocole["devis"]), "verdict": verdict,
                        "ton": lecture.TONS[verdict] if verdict else None,
                        "phrase": r["conclusion"]["phrase"] if r else ""})  # fmt: skip
    return rendues


def _lu(r: dict[str, Any], p: Protocole) -> dict[str, Any]:
    """Everything a result says."""
    verdict = Verdict(r["conclusion"]["verdict"])
    dessins = [n for n in ("intervalles", "evenements", "placebos", "equilibre", "propension")
               if lecture.dessiner(r, n) is not None]  # fmt: skip
    return {
        "r": r, "conclusion": r["conclusion"], "verdict": verdict, "ton": lecture.TONS[verdict],
        "methodes": lecture.methodes(r), "colonnes_methodes": COLONNES_METHODES,
        "diagnostics": lecture.diagnostics(r, p), "controles": lecture.controles(r),
        "effectifs": lecture.effectifs(r),
        "ecartees": [nombre(r["effectifs"][c]) for c in ("trop_recentes", "decedees")],
        "equilibre": lecture.equilibre(r), "trimestres": lecture.trimestres(r), "dessins": dessins,
        "phrase_intervalles": lecture.phrase_intervalles(r), "critere": Critere(r["critere"]),
    }  # fmt: skip


def paires(e: Experience, p: Protocole) -> list[tuple[str, Any]]:
    """The protocol in words."""
    noms = dict(Commune.objects.filter(code_insee__in=[*[t.unite for t in p.traites], *p.exclues])
                .values_list("code_insee", "nom"))  # fmt: skip
    traites = ", ".join(f"{noms.get(t.unite, t.unite)} (depuis le {lecture.jour_fr(t.depuis)})" for t in p.traites)
    lues = [
        ("Hypothèse", e.hypothese), ("Qui est concerné", Devis(p.devis).libelle), ("Unités concernées", traites),
        ("Parcours ou organisme étudié", p.orientation), ("Comparées à", Comparateur(p.comparateur).libelle),
        ("Laissées de côté", ", ".join(noms.get(c, c) for c in p.exclues)),
        ("Ce qui est mesuré", f"{Critere(p.critere).libelle}. {Critere(p.critere).description}"),
        ("Entrées regardées", f"du {lecture.jour_fr(p.entrees_du)} au {lecture.jour_fr(p.fin)}"),
        ("Début", lecture.jour_fr(p.debut)),
        ("Plus petit effet qui compterait", points(p.effet_minimal)),
        ("Méthodes", ", ".join(Estimateur(x).libelle.lower() for x in p.estimateurs)),
        ("Ce qui rend comparable", ", ".join(Covariable(c).libelle.lower() for c in p.covariables)),
        ("Témoins", ", ".join(Critere(t).libelle.lower() for t in p.temoins)),
        ("Dates fictives", ", ".join(lecture.jour_fr(d) for d in p.placebo_dates)),
        ("Graine des tirages", str(p.graine)),
    ]  # fmt: skip
    inscrites = getattr(e, "inscrites", 0)
    return [(t, v) for t, v in lues if v] + ([("Personnes inscrites", nombre(inscrites))] if inscrites else [])


def contredits(p: Protocole) -> list[Contradiction]:
    """The contradictions known of the figures published on this question: two of its numbers at least in their title.

    One alone is also somebody else's: « 11 % » of contracts.
    """
    nombres = {mot for _, valeur in p.publies for mot in _mots(valeur)}
    return [c for c in CONTRADICTIONS if len(nombres.intersection(_mots(c.titre))) > 1]


def _mots(texte: str) -> list[str]:
    return texte.replace("→", " ").replace("%", " ").split()


def registre_de(e: Experience) -> list[dict[str, Any]]:
    """The register, oldest first, with what each amendment changed."""
    return [
        {"m": m, "genre": GenreMention(m.genre),
         "changements": [(CHAMPS.get(c, c), _dire(a), _dire(b)) for c, a, b in changements(m.avant, m.apres)]
         if m.avant is not None and m.apres is not None else []}
        for m in e.mentions.select_related("par")
    ]  # fmt: skip


CHAMPS: Final = {
    "fin": "Fin déclarée", "effet_minimal": "Plus petit effet qui compterait", "exclues": "Communes laissées de côté",
    "temoins": "Témoins", "placebo_dates": "Dates fictives", "critere": "Ce qui est mesuré", "traites": "Unités",
}  # fmt: skip


def _dire(valeur: Any) -> str:
    if isinstance(valeur, list):
        return ", ".join(_dire(v) for v in valeur) or "aucune"
    if isinstance(valeur, str) and len(valeur) == 10 and valeur[4:5] == "-":
        return lecture.jour_fr(valeur)
    return str(valeur)
