"""« Ma file active »: my people × what may make one forgotten; each cell opens the act that clears it (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.selectors.signaux import Signal, q_signal
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.tableau import url_liste
from cordee.web.parcours import table
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 50
# The act that clears each signal; the étape's own act clears a late étape.
ACTES: dict[Signal, str] = {
    Signal.SANS_RDV: "convoquer",
    Signal.SANS_CONTRAT: "contrat",
    Signal.CONTRAT_FINIT: "actualiser",
    Signal.CONTACT_ANCIEN: "contact",
    Signal.INTENSIF_SANS_CONTACT: "contact",
    Signal.SECTEUR: "proposer_relais",
}
COURTS = {
    Signal.EN_RETARD: "En retard", Signal.SANS_RDV: "Rendez-vous", Signal.SANS_CONTRAT: "Contrat",
    Signal.CONTRAT_FINIT: "À actualiser", Signal.CONTACT_ANCIEN: "Contact", Signal.INTENSIF_SANS_CONTACT: "Intensif",
    Signal.SECTEUR: "Secteur",
}  # fmt: skip
# Columns that stand only where somebody is concerned.
RARES = (Signal.INTENSIF_SANS_CONTACT, Signal.SECTEUR)
COLONNES = [
    Colonne("personne", "Personne", triable=False),
    Colonne("etape", "À faire", triable=False),
    *(Colonne(str(s), COURTS[s], triable=False) for s in Signal),
]


@dataclass(frozen=True, slots=True)
class Marque:
    """One cell: nothing to do, or what to do and where."""

    libelle: str
    actif: bool
    bouton: str = ""
    url: str = ""
    tiroir: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LigneFile:
    """One person of my file."""

    pk: int
    qui: str
    etat: Etat
    etape: GenreEtape | None
    echeance: date | None
    pour: str
    marques: list[Marque]


@acces(P.SUIVRE)
def ma_file(request: HttpRequest) -> HttpResponse:
    """My people, those who risk most to be forgotten first; those of a colleague I cover for are marked."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    base = _miennes(agent, maintenant, droits)
    demande = request.GET.get("signal", "")
    signal = Signal(demande) if demande in set(Signal) else None
    comptes = base.aggregate(
        total=Count("pk"), **{str(s): Count("pk", filter=q_signal(s, maintenant=maintenant)) for s in Signal}
    )
    vus = [s for s in Signal if s not in RARES or comptes[str(s)]]
    choisies = base.filter(q_signal(signal, maintenant=maintenant)) if signal else base
    page = _page(choisies, maintenant, request.GET.get("page"))
    contexte: dict[str, Any] = {
        "au": horloge.jour(maintenant),
        "page": page,
        "lignes": _lignes(list(page), agent, maintenant, vus),
        "colonnes": [c for c in COLONNES if c.cle in {"personne", "etape", *vus}],
        "total": comptes["total"],
        "signal": signal,
        "signaux": [(s, comptes[str(s)], f"?signal={s}") for s in Signal],
        "couvre": sorted({str(a) for a in Agent.objects.filter(pk__in={c.absent for c in droits.couvertures})}),
        "url_export": url_liste(referent=str(agent.pk), **({"signal": str(signal)} if signal else {})),
    }
    return render(request, "equipe/ma_file.html", contexte)


# Parts --------------------------------------------------------------------------------------------------------------
def _miennes(agent: Agent, maintenant: datetime, droits: Habilitation) -> QuerySet[Situation]:
    """Those she is named for, and those of the colleagues she covers for (R20)."""
    miennes = Q(referent_agent=agent)
    for c in droits.couvertures:
        miennes |= Q(referent_agent=c.absent, referent_structure=c.structure)
    visibles = q_visibles("personne", pour=agent, au=horloge.jour(maintenant), droits=droits)
    return Situation.objects.filter(visibles, miennes, soumis=True)


def _page(situations: QuerySet[Situation], maintenant: datetime, numero: str | None) -> Page[Any]:
    marques = {
        f"m_{s}": Case(
            When(q_signal(s, maintenant=maintenant), then=Value(True)), default=Value(False),
            output_field=BooleanField(),
        )
        for s in Signal
    }  # fmt: skip
    triees = (
        situations.annotate(**marques)
        .select_related("personne", "etape", "referent_agent")
        .order_by("echeance", F("dernier_contact_le").asc(nulls_first=True), "pk")
    )
    return Paginator(triees, PAR_PAGE).get_page(numero)


def _lignes(situations: list[Any], agent: Agent, maintenant: datetime, vus: list[Signal]) -> list[LigneFile]:
    prevus = RendezVous.objects.filter(
        personne__in=[s.pk for s in situations], statut=StatutRendezVous.PREVU, debut__gte=maintenant
    )
    prochains: dict[int, datetime] = {}
    for pk, debut in prevus.order_by("-debut").values_list("personne_id", "debut"):
        prochains[pk] = debut
    return [
        LigneFile(
            s.pk, nom_court(s.personne.prenom, s.personne.nom), Etat(s.etat),
            GenreEtape(s.etape.genre) if s.etape else None, s.echeance,
            "" if s.referent_agent_id == agent.pk else str(s.referent_agent),
            [_marque(signal, s, prochains.get(s.pk)) for signal in vus],
        )
        for s in situations
    ]  # fmt: skip


def _marque(signal: Signal, s: Any, rdv: datetime | None) -> Marque:
    actif = bool(getattr(s, f"m_{signal}"))
    detail = {
        Signal.SANS_RDV: f"{rdv.astimezone(horloge.PARIS):%d/%m}" if rdv else "",
        Signal.SANS_CONTRAT: f"{s.contrat_le:%d/%m/%y}" if s.contrat_le else "",
        Signal.CONTRAT_FINIT: f"{s.actualisation_le:%d/%m/%y}" if s.actualisation_le else "",
        Signal.CONTACT_ANCIEN: f"{s.dernier_contact_le:%d/%m/%y}" if s.dernier_contact_le else "jamais",
    }.get(signal, "")
    if not actif:
        return Marque(COURTS[signal], False, detail=detail)
    if signal is Signal.EN_RETARD and s.etape is not None:
        acte = table.acte_pour(GenreEtape(s.etape.genre), Etat(s.etat))
    else:
        acte = table.ACTES.get(ACTES.get(signal, ""))
    if acte is None:
        return Marque(COURTS[signal], True, "Ouvrir", reverse("personne", args=[s.pk]), detail=detail)
    return Marque(COURTS[signal], True, acte.bouton, table.url(acte, s.pk), table.en_tiroir(acte), detail)
