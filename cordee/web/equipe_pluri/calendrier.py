"""The calendar of sessions: what is coming, whether the quorum will be there, a year planned in one act (R21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cordee.metier.devoirs.enums_ep import StatutPassage, StatutSeance
from cordee.metier.devoirs.models import ParticipationEP, SeanceEP
from cordee.metier.devoirs.selectors.ep import ReglementAbsent, previsions, reglement_en_vigueur, seances_visibles
from cordee.metier.devoirs.services import ep
from cordee.metier.organismes.roles import Permission
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe_pluri import commun
from cordee.web.equipe_pluri.formulaires import FormulaireRythme
from cordee.web.socle.acces import acces, habilitation_de
from cordee.web.socle.export import en_csv

P = Permission
PAR_PAGE = 30
VUES = {"a_venir": "À venir", "tenues": "Tenues", "toutes": "Toutes"}
COLONNES = [
    Colonne("seance", "Séance", triable=False),
    Colonne("etat", "État", triable=False),
    Colonne("dossiers", "Dossiers", triable=False, nombre=True),
    Colonne("quorum", "Quorum", triable=False),
]
_RESTENT = [s for s in StatutPassage if s.au_jour]


@acces(P.TENIR_EP, P.SIEGER)
def liste(request: HttpRequest) -> HttpResponse:
    """Sessions to come first; a member sees hers, with what she has answered."""
    d = commun.demande(request)
    vue = request.GET.get("vue", "a_venir")
    vue = vue if vue in VUES else "a_venir"
    seances = seances_visibles(pour=d.agent, au=d.au, droits=habilitation_de(request))
    a_venir = Q(statut__in=[s for s in StatutSeance if s.a_venir] + [StatutSeance.OUVERTE])
    filtre = {"a_venir": a_venir, "tenues": Q(statut=StatutSeance.CLOSE), "toutes": Q()}[vue]
    choisies = _avec_dossiers(seances.filter(filtre)).order_by("debut" if vue == "a_venir" else "-debut")
    page = Paginator(choisies, PAR_PAGE).get_page(request.GET.get("page"))
    lignes = _lignes(list(page), d)
    contexte = {
        "au": d.au, "tient": d.tient, "vue": vue, "page": page, "lignes": lignes, "colonnes": COLONNES,
        "vues": [(cle, libelle, f"?vue={cle}") for cle, libelle in VUES.items()],
        "alertes": [x for x in lignes if x["alerte"]] if d.tient else [],
        "sans_reglement": d.tient and not _reglement(d), "fil": commun.fil(),
    }  # fmt: skip
    return render(request, "equipe_pluri/calendrier.html", contexte)


@acces(P.TENIR_EP)
def export(request: HttpRequest) -> HttpResponse:
    """The calendar as a file: to print, to send to members."""
    d = commun.demande(request)
    seances = _avec_dossiers(seances_visibles(pour=d.agent, au=d.au, droits=habilitation_de(request))).order_by("debut")
    lignes = _lignes(list(seances), d)
    return en_csv(
        "seances_equipe_pluridisciplinaire", ["Séance", "Lieu", "État", "Dossiers", "Sièges sûrs", "Sièges exigés"],
        [(x["s"].debut, x["s"].lieu, x["s"].statut_lu.libelle, x["s"].dossiers, x["prevu"].acquis, x["prevu"].requis)
         for x in lignes],
    )  # fmt: skip


@acces(P.TENIR_EP)
def planifier(request: HttpRequest) -> HttpResponse:
    """A year from a rhythm: the dates are shown before anything is planned; holidays and August are avoided."""
    d = commun.demande(request)
    debut = ajouter_mois(d.au.replace(day=1), 1)
    initial = {"du": debut, "au": ajouter_mois(debut, 12) - timedelta(days=1), "lieu": "Salle du conseil"}
    formulaire = FormulaireRythme(request.POST or None, initial=initial)
    dates, statut = [], 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            c = formulaire.cleaned_data
            try:
                dates = ep.proposer_dates(rythme=formulaire.rythme(), du=c["du"], au=c["au"])
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
            else:
                statut = 200
                if request.POST.get("action") == "planifier":
                    faites = commun.tenter(
                        request, ep.planifier_seances, lambda f: f"{len(f)} séances sont planifiées.",
                        dates=[x.le for x in dates if x.le], heure=c["heure"], minutes=c["minutes"], lieu=c["lieu"],
                    )  # fmt: skip
                    if faites is not None:
                        return redirect("ep")
    contexte = {
        "form": formulaire,
        "dates": dates,
        "retenues": sum(x.le is not None for x in dates),
        "fil": commun.fil(page="Planifier"),
    }
    return render(request, "equipe_pluri/planifier.html", contexte, status=statut)


# Parts --------------------------------------------------------------------------------------------------------------
def _avec_dossiers(seances: Any) -> Any:
    return seances.annotate(dossiers=Count("passages", filter=Q(passages__statut__in=_RESTENT)))


def _lignes(seances: list[SeanceEP], d: commun.Demande) -> list[dict[str, Any]]:
    prevues = previsions(seances)
    siennes = {
        p.seance_id: p
        for p in ParticipationEP.objects.filter(seance__in=[s.pk for s in seances], membre__agent=d.agent)
    }
    lignes = []
    for s in seances:
        prevu = prevues[s.pk]
        proche = s.statut_lu.a_venir and (horloge.jour(s.debut) - d.au).days <= s.reglement.preavis_membres_jours
        lignes.append(
            {
                "s": s, "prevu": prevu, "perspective": prevu.perspective.value, "moi": siennes.get(s.pk),
                "mot": commun.TEINTES[prevu.perspective.value], "absents": commun.colleges(prevu.colleges_absents),
                "sans_invitation": proche and s.statut == "planifiee",
                "alerte": s.statut_lu.a_venir and prevu.perspective == "compromis" and s.statut == "convoquee",
            }
        )  # fmt: skip
    return lignes


def _reglement(d: commun.Demande) -> bool:
    try:
        reglement_en_vigueur(d.au)
    except ReglementAbsent:
        return False
    return True
