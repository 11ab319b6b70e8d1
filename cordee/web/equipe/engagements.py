"""Our commitments, late first, as plainly as the person's: what we promised, to whom, who owes it, when (R15)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats.models import Engagement
from cordee.metier.contrats.selectors.signaux import q_engagements_a_venir, q_engagements_en_retard, q_promis
from cordee.metier.contrats.services.engagements import abandonner_engagement, marquer_tenu
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.equipe.perimetre import structure_encadree
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 50
COLONNES = [
    Colonne("promis", "Ce que nous avons promis", triable=False),
    Colonne("personne", "À qui", champs=("contrat__personne__nom", "contrat__personne__prenom")),
    Colonne("qui", "Qui s'en charge", champs=("contrat__referent__nom", "contrat__referent__prenom")),
    Colonne("avant", "Promis pour le", champs=("avant_le",)),
    Colonne("actes", "Actions", triable=False, cachee=True),
]
VUES = {"retard": ("En retard", q_engagements_en_retard), "a_venir": ("À venir", q_engagements_a_venir)}
ENTETES = ("Engagement", "Personne", "Qui s'en charge", "Structure", "Promis pour le", "Jours de retard")


@acces(P.SUIVRE, P.ENCADRER, finalite=Finalite.SUIVI)
def engagements(request: HttpRequest) -> HttpResponse:
    """The list, by référent for a head, mine for a référent; filters in the address, a file to take away."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    vue = request.GET.get("vue", "") if request.GET.get("vue", "") in VUES else "retard"
    siens = _filtrees(request, _visibles(agent, maintenant, droits), droits)
    lignes = siens.filter(VUES[vue][1](maintenant))
    tri = lire_tri(request.GET, COLONNES[:-1], "avant")
    triees = lignes.order_by(*champs_de_tri(tri, COLONNES[:-1]), "pk").select_related(
        "contrat__personne", "contrat__structure", "contrat__referent", "responsable", "structure"
    )
    if request.GET.get("format") == "csv":
        choisies = list(triees[:5000])
        journaliser_export(
            request, {e.contrat.personne_id for e in choisies}, finalite=Finalite.SUIVI, page="engagements"
        )
        return en_csv(f"nos-engagements-{au:%Y-%m-%d}", ENTETES, [_exporter(e, au) for e in choisies])
    page = Paginator(triees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte: dict[str, Any] = {
        "au": au, "page": page, "tri": tri, "colonnes": COLONNES, "parametres": request.GET.urlencode(),
        "lignes": [_ligne(e, au) for e in page],
        "peut_regler": droits.peut(P.CONTRACTUALISER) or droits.peut(P.ENCADRER),
        "par_agent": _par_agent(lignes) if droits.peut(P.ENCADRER) else [],
        "filtre": bool(request.GET.get("personne") or request.GET.get("referent") or request.GET.get("structure")),
        "fil": [_retour(droits), ("Nos engagements", "")], "vue": vue,
        "vues": [(cle, mots, _adresse(request, cle)) for cle, (mots, _) in VUES.items()],
    }  # fmt: skip
    return render(request, "equipe/engagements.html", contexte)


@acces(P.CONTRACTUALISER, P.ENCADRER, finalite=Finalite.SUIVI)
@require_POST
def regler(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise of ours is kept, or will not be: said on the list, by whoever may see the person."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    engagement = get_object_or_404(_visibles(agent, maintenant, droits), pk=pk)
    try:
        if request.POST.get("action") == "tenu":
            marquer_tenu(engagement=engagement, tenu_le=horloge.jour(maintenant), par=agent, le=maintenant)
            messages.success(request, "Engagement tenu : c'est noté au contrat.")
        else:
            abandonner_engagement(engagement=engagement, par=agent, le=maintenant)
            messages.success(request, "Cet engagement ne se fera plus : parlez-en avec la personne.")
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    suite = request.POST.get("suite", "")
    return redirect(f"{reverse('engagements')}?{suite}" if suite else "engagements")


# Parts --------------------------------------------------------------------------------------------------------------
def _adresse(request: HttpRequest, vue: str) -> str:
    parametres = request.GET.copy()
    parametres["vue"] = vue
    parametres.pop("page", None)
    return f"?{parametres.urlencode()}"


def _retour(droits: Habilitation) -> tuple[str, str]:
    if droits.peut(P.ENCADRER):
        return "Mon équipe", reverse("equipe")
    return "Ma file active", reverse("ma_file")


def _visibles(agent: Agent, maintenant: datetime, droits: Habilitation) -> QuerySet[Any]:
    """Promises still open to the people she may see; a référent's own, and those she keeps for somebody else."""
    visibles = q_visibles("contrat__personne", pour=agent, au=horloge.jour(maintenant), droits=droits)
    ouverts = Engagement.objects.filter(visibles, q_promis())
    lignes: QuerySet[Any] = ouverts.annotate(charge_id=Coalesce("responsable", "contrat__referent"))
    if not droits.peut(P.ENCADRER):
        couverts = [c.absent for c in droits.couvertures]
        lignes = lignes.filter(Q(charge_id=agent.pk) | Q(contrat__referent__in=[agent.pk, *couverts]))
    return lignes


def _filtrees(request: HttpRequest, lignes: QuerySet[Any], droits: Habilitation) -> QuerySet[Any]:
    personne, referent = request.GET.get("personne", ""), request.GET.get("referent", "")
    if personne.isdecimal() and len(personne) < 10:
        lignes = lignes.filter(contrat__personne=int(personne))
    if referent.isdecimal() and len(referent) < 10:
        lignes = lignes.filter(charge_id=int(referent))
    if structure := request.GET.get("structure", ""):
        lignes = lignes.filter(contrat__structure=structure_encadree(structure, droits))
    return lignes


def _ligne(e: Engagement, au: date) -> dict[str, Any]:
    personne = e.contrat.personne
    return {
        "texte": e.texte, "pk": personne.pk, "qui": nom_court(personne.prenom, personne.nom),
        "charge": e.responsable or e.contrat.referent, "structure": e.structure or e.contrat.structure,
        "avant_le": e.avant_le, "jours": (au - e.avant_le).days if e.avant_le else 0,
        "regler": reverse("engagement_regler", args=[e.pk]),
        "url": f"{reverse('personne', args=[personne.pk])}?onglet=contrat",
    }  # fmt: skip


def _exporter(e: Engagement, au: date) -> list[Any]:
    d = _ligne(e, au)
    return [d["texte"], f"{e.contrat.personne.prenom} {e.contrat.personne.nom}", str(d["charge"] or ""),
            d["structure"].nom, f"{d['avant_le']:%d/%m/%Y}", d["jours"]]  # fmt: skip


def _par_agent(lignes: QuerySet[Any]) -> list[tuple[str, int, int]]:
    comptes = lignes.order_by().values_list("charge_id").annotate(n=Count("pk")).order_by("-n", F("charge_id").asc())
    rangs = list(comptes[:8])
    agents = Agent.objects.in_bulk([pk for pk, _ in rangs if pk])
    return [(str(agents[pk]), n, pk) for pk, n in rangs if pk in agents]
