"""An agent leaves: her access is cut, her people go to her structure's queue, nobody is left without an owner (R56)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors.charge import personnes_confiees
from cordee.metier.parcours.services.agents import fermer_acces
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration import lectures
from cordee.web.administration.onglets import fil
from cordee.web.administration.phrases import rendues
from cordee.web.composants.saisies import SaisieDate
from cordee.web.socle.acces import acces, agent_courant


class FormulaireDepart(forms.Form):
    """The person who closes an access says that she read what will happen."""

    a_compter_du = forms.DateField(
        label="À compter du", widget=SaisieDate, help_text="Aujourd'hui : l'accès est coupé tout de suite."
    )
    lu = forms.BooleanField(label="J'ai lu ce qui va se passer", required=True)


@acces(Permission.ADMINISTRER)
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will happen, then close the access at once."""
    agent = get_object_or_404(Agent, pk=pk, systeme=False)
    au, moi = horloge.aujourdhui(), agent_courant(request)
    retour = reverse("admin_agent", args=[pk])
    formulaire = FormulaireDepart(request.POST or None, initial={"a_compter_du": au})
    if request.method == "POST" and formulaire.is_valid():
        try:
            _verifier(agent, moi)
            fin = formulaire.cleaned_data["a_compter_du"]
            nombre = fermer_acces(agent=agent, a_compter_du=fin, par=moi, le=horloge.maintenant())
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            if fin > au:
                messages.success(request, f"L'accès de {agent} se fermera le {fin:%d/%m/%Y}.")
            else:
                messages.success(request, f"L'accès de {agent} est fermé. {rendues(nombre)}")
            return redirect(retour)
    postes = lectures.postes_de([pk], au).get(pk, [])
    contexte = {
        "agent": agent,
        "form": formulaire,
        "retour": retour,
        "confiees": personnes_confiees(agent),
        "postes": [(RoleAgent(p.role).libelle, p.structure.nom) for p in postes],
        "fil": fil(("Agents", reverse("admin_agents")), (str(agent), retour), ("Fermer l'accès", "")),
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "administration/fermer_acces.html", contexte, status=statut)


def _verifier(agent: Agent, moi: Agent) -> None:
    if agent.pk == moi.pk:
        raise ErreurMetier("Vous ne pouvez pas fermer votre propre accès : demandez-le à un autre administrateur.")
    if not agent.actif:
        raise ErreurMetier("L'accès de cet agent est déjà fermé.")
    administrateurs = Affectation.objects.filter(
        en_cours(horloge.aujourdhui()), role=RoleAgent.ADMINISTRATEUR, agent__actif=True
    )
    if not administrateurs.exclude(agent=agent).exists():
        raise ErreurMetier("C'est le dernier administrateur : nommez-en un autre avant de fermer son accès.")
