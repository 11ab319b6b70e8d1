"""« Réorientations à décider »: one by one, the oldest due first, with the person's own words (E12)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.enums import Demandeur, MotifReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.parcours.selectors import expliquer_ligne
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.parcours import table
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 30
COLONNES = [
    Colonne("personne", "Personne", champs=("personne__nom", "personne__prenom")),
    Colonne("demande", "Demande", champs=("ouverte_le",)),
    Colonne("parole", "Ce que dit la personne", triable=False),
    Colonne("echeance", "Réponse avant", champs=("echeance", "pk")),
    Colonne("acte", "Décider", triable=False, cachee=True),
]


@acces(P.ENCADRER, P.ORIENTER, finalite=Finalite.ORIENTATION)
def liste(request: HttpRequest) -> HttpResponse:
    """Requests that wait for a decision. Nothing is done to many at once: each is somebody's life."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    attentes = Echeance.objects.filter(
        q_visibles("personne", pour=agent, au=au, droits=droits), genre=GenreEcheance.DECIDER_REORIENTATION,
        fermee_le__isnull=True,
    )  # fmt: skip
    attentes = attentes.select_related(
        "personne", "personne__situation__referent_structure", "personne__situation__referent_agent"
    )
    tri = lire_tri(request.GET, COLONNES, "echeance")
    page = Paginator(attentes.order_by(*champs_de_tri(tri, COLONNES)), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "au": au,
        "page": page,
        "retards": attentes.filter(echeance__lt=au).count(),
        "lignes": _lignes(list(page), au, bool(droits.peut(P.ORIENTER)), bool(droits.peut(P.ENCADRER))),
        "colonnes": COLONNES,
        "tri": tri,
        "lit_parole": droits.peut(P.ENCADRER) or droits.peut(P.VOIR_DIAGNOSTIC_DETAIL),
    }
    return render(request, "equipe/reorientations.html", contexte)


def _lignes(attentes: list[Echeance], au: Any, peut_orienter: bool, peut_refuser: bool) -> list[dict[str, Any]]:
    """Requests recorded before they had a row of their own are told by their event."""
    ids = [e.personne_id for e in attentes]
    demandes = {d.personne_id: d for d in DemandeReorientation.objects.filter(personne__in=ids, issue="en_attente")}
    faits = {
        e.pk: e.donnees
        for e in Evenement.objects.filter(
            pk__in=[a.evenement_id for a in attentes], genre=GenreEvenement.REORIENTATION_DEMANDEE
        )
    }
    lignes = []
    for attente in attentes:
        demande = demandes.get(attente.personne_id)
        donnees = faits.get(attente.evenement_id, {})
        motif = demande.motif if demande else donnees.get("motif", "")
        demandeur = demande.demandeur if demande else donnees.get("demandeur", "")
        lignes.append(
            {
                "e": attente,
                "qui": nom_court(attente.personne.prenom, attente.personne.nom),
                "demande": demande,
                "demandeur": Demandeur(demandeur).libelle if demandeur else "",
                "motif": MotifReorientation(motif).libelle if motif else "",
                "jours": (au - attente.ouverte_le).days,
                "s": getattr(attente.personne, "situation", None),
                "regle": expliquer_ligne(attente),
                "url_accepter": table.url(table.ACTES["orienter"], attente.personne_id) if peut_orienter else "",
                "url_refuser": table.url(table.ACTES["refuser_reorientation"], attente.personne_id)
                if peut_refuser
                else "",
            }
        )
    return lignes
