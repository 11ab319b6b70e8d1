"""Dossiers sensibles (V13): who may read, who has read, and the files of agents and of their relatives."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.parcours.selectors import situation_de
from cordee.metier.parcours.services import lever_sensible, marquer_sensible
from cordee.metier.personnes.models import LecteurSensible, Lecture, Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.personnes.services import lier_agent
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, habilitation_de
from cordee.web.suivi.commun import Ecran
from cordee.web.suivi.listes import onglets

P = Permission
JOURS = 90


class FormulaireSensible(forms.Form):
    """Who may open the file, and why it is restricted."""

    lecteurs = forms.ModelMultipleChoiceField(
        label="Qui peut ouvrir ce dossier", queryset=Agent.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Personne d'autre ne le verra, ni dans les listes ni par la recherche. Pensez à vous y mettre, et à "
        "une personne qui vous remplace.",
    )  # fmt: skip
    motif = forms.CharField(
        label="Motif", max_length=200, help_text="Par exemple : agente du Département. Aucun détail."
    )
    lie = forms.ModelChoiceField(
        label="Agent concerné", queryset=Agent.objects.none(), required=False, empty_label="Aucun",
        help_text="Si la personne est un agent, ou l'un de ses proches : il ne pourra jamais ouvrir ce dossier.",
    )  # fmt: skip
    soi_meme = forms.BooleanField(label="C'est l'agent lui-même (sinon, un proche)", required=False)

    def __init__(self, *args: Any, agents: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = Agent.objects.filter(pk__in=agents, actif=True).order_by("nom", "prenom")
        for nom, tous in (("lecteurs", choix), ("lie", Agent.objects.filter(actif=True, systeme=False))):
            self.fields[nom].queryset = tous.order_by("nom", "prenom")  # type: ignore[attr-defined]


@acces(P.ENCADRER, finalite=Finalite.IDENTIFICATION)
def sensible(request: HttpRequest, pk: int) -> HttpResponse:
    """Restrict a file, change its readers, give it back; and who read it."""
    ecran = Ecran(request, pk, P.ENCADRER, page="dossier sensible", finalite=Finalite.IDENTIFICATION)
    actuels = list(LecteurSensible.objects.filter(
        en_cours(ecran.au), personne__in=ids_du_groupe(ecran.personne)).select_related("agent"))  # fmt: skip
    initial = {
        "lecteurs": [x.agent_id for x in actuels] or [ecran.agent.pk],
        "motif": actuels[0].motif if actuels else "",
    }
    form = FormulaireSensible(
        request.POST or None, initial=initial, agents=_choix(ecran, actuels), use_required_attribute=False
    )
    if request.method == "POST" and request.POST.get("action") == "lever":
        lever_sensible(personne=ecran.personne, **ecran.commun)
        messages.success(request, "Le dossier s'ouvre de nouveau à son périmètre ordinaire.")
        return redirect(ecran.adresse())
    if request.method == "POST" and form.is_valid():
        try:
            suite = _restreindre(ecran, form)
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "Le dossier est restreint aux personnes désignées.")
            return redirect(suite)
    page = ecran.page("Dossier sensible", form=form, lecteurs=actuels, lectures=_lectures(ecran, actuels), jours=JOURS)
    return render(request, "suivi/sensible.html", page, status=422 if request.method == "POST" else 200)


def _restreindre(ecran: Ecran, form: FormulaireSensible) -> str:
    d = form.cleaned_data
    if d["lie"] is not None:
        lier_agent(personne=ecran.personne, agent=d["lie"], soi_meme=d["soi_meme"], **ecran.commun)
    marquer_sensible(personne=ecran.personne, lecteurs=d["lecteurs"], motif=d["motif"], **ecran.commun)
    return ecran.adresse() if ecran.agent in d["lecteurs"] else reverse("personnes")


def _choix(ecran: Ecran, actuels: list[LecteurSensible]) -> list[int]:
    """Those who work where the person is followed or received, the agent and the present readers."""
    s = situation_de(ecran.personne).situation
    structures = [x for x in (s.referent_structure, s.structure_secteur) if x] if s else []
    agents = {a.pk for structure in structures for a in agents_de(structure, au=ecran.au)}
    for structure in ecran.droits.structures_encadrees | ecran.droits.structures:
        agents |= set(Agent.objects.filter(affectations__structure=structure, actif=True).values_list("pk", flat=True))
    return list(agents | {x.agent_id for x in actuels} | {ecran.agent.pk})


def _lectures(ecran: Ecran, actuels: list[LecteurSensible]) -> list[dict[str, Any]]:
    depuis = ecran.maintenant - timedelta(days=JOURS)
    lues = Lecture.objects.filter(personne_id__in=ids_du_groupe(ecran.personne), lue_le__gte=depuis)
    return _alertes(list(lues.order_by("-lue_le")[:200]), {x.agent_id for x in actuels}) if actuels else []


def _alertes(lues: list[Lecture], lecteurs: set[int]) -> list[dict[str, Any]]:
    agents = Agent.objects.in_bulk({x.agent_id for x in lues})
    return [
        {"le": x.lue_le, "qui": agents.get(x.agent_id, "Agent inconnu"), "pourquoi": Finalite(x.finalite).libelle,
         "page": x.page, "alerte": x.agent_id not in lecteurs}
        for x in lues
    ]  # fmt: skip


@acces(P.ENCADRER, finalite=Finalite.IDENTIFICATION)
def sensibles(request: HttpRequest) -> HttpResponse:
    """Restricted files of the département and their reads, without a name: an open file nobody listed has read, a file
    nobody may open any more.
    """
    if not habilitation_de(request).structures_de(Etendue.DEPARTEMENT, P.ENCADRER):
        raise PermissionDenied
    maintenant = horloge.maintenant()
    au, depuis = horloge.jour(maintenant), maintenant - timedelta(days=JOURS)
    dossiers = list(
        Personne.objects.filter(dossier_sensible=True, canonique=None).order_by("pk").values_list("pk", flat=True)
    )
    contexte = {
        "onglets": onglets(request), "au": au, "jours": JOURS, "lignes": _dossiers(dossiers, au, depuis),
        "colonnes": [Colonne("dossier", "Dossier", triable=False), Colonne("lecteurs", "Lecteurs", triable=False),
                     Colonne("lectures", "Lectures", triable=False, nombre=True),
                     Colonne("alertes", "Hors de la liste", triable=False, nombre=True)],
    }  # fmt: skip
    return render(request, "suivi/sensibles.html", contexte)


def _dossiers(dossiers: list[int], au: Any, depuis: datetime) -> list[dict[str, Any]]:
    """Three queries, however many they are."""
    lecteurs: dict[int, set[int]] = {pk: set() for pk in dossiers}
    noms: dict[int, list[str]] = {pk: [] for pk in dossiers}
    marques: dict[int, Any] = {}
    for x in LecteurSensible.objects.filter(en_cours(au), personne__in=dossiers).select_related("agent"):
        lecteurs[x.personne_id].add(x.agent_id)
        marques[x.personne_id] = min(marques.get(x.personne_id, x.debut), x.debut)
        if x.agent.actif:
            noms[x.personne_id].append(str(x.agent))
    comptes: dict[int, list[int]] = {pk: [0, 0] for pk in dossiers}
    lues = Lecture.objects.filter(personne_id__in=dossiers, lue_le__gte=depuis)
    for personne, agent, le in lues.values_list("personne_id", "agent_id", "lue_le"):
        comptes[personne][0] += 1
        comptes[personne][1] += agent not in lecteurs[personne] and horloge.jour(le) >= marques.get(personne, au)
    return [
        {"pk": pk, "lecteurs": noms[pk], "depuis": marques.get(pk), "lectures": comptes[pk][0],
         "alertes": comptes[pk][1]}
        for pk in dossiers
    ]  # fmt: skip
