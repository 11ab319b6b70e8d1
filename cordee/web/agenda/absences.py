"""Who is away, until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import AbsenceAgent
from cordee.metier.organismes.roles import Permission
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.selectors.reaffectation import a_reaffecter
from cordee.socle import horloge
from cordee.socle.horloge import PARIS
from cordee.web.administration.saisie import soumettre
from cordee.web.agenda.formulaires import FormulaireAbsence, FormulaireFin
from cordee.web.agenda.onglets import cadre, fil
from cordee.web.agenda.perimetre import PerimetreAgenda, perimetre
from cordee.web.socle.acces import acces, agent_courant

P = Permission


@acces(P.CONVOQUER)
def liste(request: HttpRequest) -> HttpResponse:
    """Absences under way and to come, in the structures seen."""
    vu = perimetre(request)
    le = horloge.maintenant()
    absences = list(
        AbsenceAgent.objects.filter(Q(fin__isnull=True) | Q(fin__gt=le), agent__in=vu.agents())
        .select_related("agent")
        .order_by("debut", "pk")
    )
    tenus = {a.pk for a in _tenus(vu)}
    contexte = {
        **cadre("absences"), "en_cours": [a for a in absences if a.debut <= le],
        "a_venir": [a for a in absences if a.debut > le], "tenus": tenus, "au": vu.au,
    }  # fmt: skip
    return render(request, "agenda/absences.html", contexte)


@acces(P.CONVOQUER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away."""
    vu = perimetre(request)
    formulaire = FormulaireAbsence(
        request.POST or None, agents=_tenus(vu),
        initial={"agent": str(vu.agent.pk), "debut": vu.au, "motif": MotifAbsence.CONGE},
    )  # fmt: skip

    def agir(lus: Mapping[str, Any]) -> None:
        debut, fin = formulaire.bornes()
        agent, le = formulaire.agents[lus["agent"]], horloge.maintenant()
        services.declarer_absence(
            agent=agent, debut=debut, fin=fin, motif=MotifAbsence(lus["motif"]), par=agent_courant(request), le=le
        )
        touches = a_reaffecter(du=le, au=le + services.HORIZON, agent=agent).count()
        if touches:
            messages.warning(request, f"{touches} rendez-vous à replacer : voyez « À replacer ».")

    return soumettre(
        request, formulaire, agir, titre="Déclarer une absence", retour=reverse("agenda_absences"),
        message="L'absence est enregistrée : les créneaux libres de ces jours sont fermés.",
        envoyer="Enregistrer l'absence", fil=fil(("Absences", reverse("agenda_absences")), ("Nouvelle", "")),
    )  # fmt: skip


@acces(P.CONVOQUER)
def fin(request: HttpRequest, pk: int) -> HttpResponse:
    """She comes back."""
    vu = perimetre(request)
    absence = get_object_or_404(AbsenceAgent.objects.select_related("agent"), pk=pk)
    if not vu.agents().filter(pk=absence.agent_id).exists():
        raise Http404
    if not vu.tient_agent(absence.agent):
        raise PermissionDenied
    return soumettre(
        request, FormulaireFin(request.POST or None, initial={"fin": vu.au}),
        lambda lus: services.terminer_absence(
            absence=absence, fin=datetime.combine(lus["fin"], time(), tzinfo=PARIS), par=agent_courant(request),
            le=horloge.maintenant(),
        ),
        titre=f"Retour de {absence.agent}", retour=reverse("agenda_absences"),
        message="Le retour est enregistré : ses créneaux sont de nouveau ouverts.", envoyer="Enregistrer le retour",
        fil=fil(("Absences", reverse("agenda_absences")), ("Retour", "")),
    )  # fmt: skip


def _tenus(vu: PerimetreAgenda) -> list[Any]:
    """Colleagues whose absences she may record."""
    if vu.tout:
        return list(vu.agents())
    siens = list(vu.agents(list(vu.encadrees))) if vu.encadrees else []
    return siens if vu.agent in siens else [vu.agent, *siens]
