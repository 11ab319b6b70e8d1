"""Who is away and who covers: two short forms, beside the board (R20, R57)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import Affectation, Agent, Structure, Suppleance, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.services import couvrir, finir_suppleance
from cordee.metier.orientation.selectors.equipe import absences_de, collegues_de
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.services.absences import declarer_absence
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate
from cordee.web.equipe.perimetre import structure_encadree
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

P = Permission


class FormulaireAbsence(forms.Form):
    """``rendezvous.services.absences.declarer_absence``, and the cover at once when a colleague is chosen."""

    debut = forms.DateField(label="Premier jour d'absence", widget=SaisieDate)
    fin = forms.DateField(
        label="Date de retour", required=False, widget=SaisieDate,
        help_text="Vide : le retour n'est pas connu. Pensez alors à transférer ses personnes.",
    )  # fmt: skip
    motif = forms.ChoiceField(
        label="Motif", choices=MotifAbsence.choices(), widget=forms.RadioSelect,
        help_text="Aucune information de santé n'est enregistrée.",
    )  # fmt: skip
    remplacant = forms.ChoiceField(label="Remplacement par", required=False)

    def __init__(self, *args: Any, collegues: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(a.pk): a for a in collegues}
        _choisir(self, self.par_pk, "Personne pour l'instant")


class FormulaireRemplacement(forms.Form):
    """``organismes.services.couvrir``."""

    remplacant = forms.ChoiceField(label="Remplacement par")
    debut = forms.DateField(label="Du", widget=SaisieDate)
    fin = forms.DateField(label="Jusqu'au (dernier jour)", widget=SaisieDate)

    def __init__(self, *args: Any, collegues: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(a.pk): a for a in collegues}
        _choisir(self, self.par_pk, "Choisir")


@acces(P.ENCADRER)
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an absence; her slots close, and a colleague may cover her urgent étapes."""
    structure, agent, collegues = _contexte(request, pk)
    formulaire = FormulaireAbsence(request.POST or None, collegues=collegues, initial={"debut": horloge.aujourdhui()})
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        try:
            _absenter(agent, formulaire.par_pk.get(d["remplacant"]), d, par=agent_courant(request))
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, f"L'absence de {agent} est enregistrée.")
            return htmx.rediriger(request, _retour(structure))
    return _dessiner(request, "equipe/absence.html", formulaire, structure, agent)


@acces(P.ENCADRER)
def remplacement(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague covers for her over a period: urgent étapes, reads and acts say « pour »."""
    structure, agent, collegues = _contexte(request, pk)
    absences = absences_de([agent.pk], maintenant=horloge.maintenant())
    prevue = next((a for a in absences if a.fin), None)
    au = horloge.aujourdhui()
    initial = {
        "debut": max(horloge.jour(prevue.debut), au) if prevue else au,
        "fin": horloge.jour(prevue.fin) - timedelta(days=1) if prevue and prevue.fin else None,
    }
    formulaire = FormulaireRemplacement(request.POST or None, collegues=collegues, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        try:
            couvrir(
                absent=agent, remplacant=formulaire.par_pk[d["remplacant"]], debut=d["debut"],
                fin=d["fin"] + timedelta(days=1), par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            qui = formulaire.par_pk[d["remplacant"]]
            messages.success(request, f"{qui} remplace {agent} jusqu'au {d['fin']:%d/%m/%Y}.")
            return htmx.rediriger(request, _retour(structure))
    return _dessiner(request, "equipe/remplacement.html", formulaire, structure, agent)


@acces(P.ENCADRER)
@require_POST
def fin_remplacement(request: HttpRequest, pk: int) -> HttpResponse:
    """She is back: the cover ends at once."""
    ligne = Suppleance.objects.select_related("absent").filter(pk=pk).first()
    if ligne is None:
        raise Http404
    structure, agent, _ = _contexte(request, ligne.absent_id)
    finir_suppleance(suppleance=ligne, fin=horloge.aujourdhui(), par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, f"Le remplacement de {agent} prend fin aujourd'hui.")
    return redirect(_retour(structure))


@transaction.atomic
def _absenter(agent: Agent, remplacant: Agent | None, d: dict[str, Any], *, par: Agent) -> None:
    """The absence, and its cover when a colleague is chosen: both or neither."""
    commun: dict[str, Any] = {"par": par, "le": horloge.maintenant()}
    declarer_absence(
        agent=agent, debut=_minuit(d["debut"]), fin=_minuit(d["fin"]) if d["fin"] else None,
        motif=MotifAbsence(d["motif"]), **commun,
    )  # fmt: skip
    if remplacant is None:
        return
    if d["fin"] is None:
        raise ErreurMetier("Un remplacement a une fin : donnez une date de retour, ou transférez ses personnes.")
    couvrir(absent=agent, remplacant=remplacant, debut=d["debut"], fin=d["fin"], **commun)


def _choisir(formulaire: forms.Form, collegues: dict[str, Agent], vide: str) -> None:
    champ: Any = formulaire.fields["remplacant"]
    champ.choices = [("", vide), *((pk, str(a)) for pk, a in collegues.items())]


# Parts --------------------------------------------------------------------------------------------------------------
def _contexte(request: HttpRequest, pk: int) -> tuple[Structure, Agent, list[Agent]]:
    """The agent, in a structure the head may manage, and the colleagues who may cover."""
    au = horloge.aujourdhui()
    structure = structure_encadree(request.GET.get("structure", ""), habilitation_de(request))
    en_poste = Affectation.objects.filter(en_cours(au), structure=structure, agent_id=pk).exists()
    agent = Agent.objects.filter(pk=pk, systeme=False).first()
    if agent is None or not en_poste:
        raise Http404
    return structure, agent, [a for a in collegues_de(structure, au=au) if a.pk != pk]


def _retour(structure: Structure) -> str:
    return f"{reverse('equipe')}?structure={structure.pk}"


def _dessiner(
    request: HttpRequest, gabarit: str, formulaire: forms.Form, structure: Structure, agent: Agent
) -> HttpResponse:
    contexte = {
        "form": formulaire,
        "agent": agent,
        "structure": structure,
        "suivies": Situation.objects.filter(referent_agent=agent, referent_structure=structure, soumis=True).count(),
        "retour": _retour(structure),
        "gabarit": htmx.gabarit(request),
    }
    return render(request, gabarit, contexte, status=422 if request.method == "POST" else 200)


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time.min, tzinfo=horloge.PARIS)
