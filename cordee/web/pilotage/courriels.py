"""A view sent by e-mail: to whom, when, what was sent; the link of a message that stops it, without signing in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cordee.metier.organismes.models import Agent
from cordee.pilotage.entetes import definitions
from cordee.pilotage.enums_vues import Cadence, Franchissement
from cordee.pilotage.models import AbonnementVue, VueGardee
from cordee.pilotage.vues_gardees import selectors, services
from cordee.pilotage.vues_gardees.contenu import codes_de
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.formulaires import FormulaireRange
from cordee.web.pilotage.commun import LIRE
from cordee.web.pilotage.vues import fil
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

PAR_PAGE = 30


class FormulaireEnvoi(FormulaireRange):
    """Who receives a view, and when."""

    cote_a_cote = (("code", "sens", "seuil"),)

    cadence = forms.ChoiceField(label="Quand", choices=Cadence.choices(), widget=forms.RadioSelect,
                                initial=Cadence.CHAQUE_LUNDI)  # fmt: skip
    code = forms.ChoiceField(label="Chiffre à suivre", required=False)
    sens = forms.ChoiceField(label="Prévenir quand il", required=False,
                             choices=[("", "—"), *Franchissement.choices()])  # fmt: skip
    seuil = forms.FloatField(label="Seuil", required=False, localize=True)
    destinataires = forms.ModelMultipleChoiceField(
        label="Pour qui", queryset=Agent.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choix-destinataires"}),
        help_text="Seuls vos collègues qui ont le droit d'ouvrir cette page. Si l'un perd ce droit, plus rien ne lui "
                  "est envoyé.",
    )  # fmt: skip

    def __init__(self, *args: Any, vue: VueGardee, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possibles = selectors.destinataires_possibles(vue, le=horloge.maintenant())
        if vue.agent_id != agent.pk or not vue.partagee:
            possibles = possibles.filter(pk=agent.pk)
        self.fields["destinataires"].queryset = possibles  # type: ignore[attr-defined]
        self.fields["destinataires"].initial = [agent.pk]
        connus = [(c, f"{definitions()[c].libelle} ({definitions()[c].unite.libelle})") for c in codes_de(vue)]
        self.fields["code"].choices = [("", "—"), *connus]  # type: ignore[attr-defined]
        if not connus:
            for nom in ("code", "sens", "seuil"):
                del self.fields[nom]
            sans_seuil = [c for c in Cadence.choices() if c[0] != Cadence.SEUIL]
            self.fields["cadence"].choices = sans_seuil  # type: ignore[attr-defined]


@acces(*LIRE)
def envois(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it, see who receives it and what was sent."""
    agent = agent_courant(request)
    try:
        vue = selectors.vue_de(pk=pk, pour=agent, droits=habilitation_de(request))
    except selectors.VueIntrouvable as absente:
        raise Http404 from absente
    formulaire, statut = FormulaireEnvoi(request.POST or None, vue=vue, agent=agent), 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            try:
                crees = _abonner(vue, formulaire.cleaned_data, agent)
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
            else:
                messages.success(request, f"C'est demandé pour {len(crees)} destinataire{'s'[: len(crees) > 1]}.")
                return redirect("pilotage_vue_envois", pk=vue.pk)
    contexte = {
        "vue": vue, "form": formulaire, "abonnements": selectors.abonnements(vue, pour=agent),
        "page": Paginator(selectors.journal(vue, pour=agent), PAR_PAGE).get_page(request.GET.get("page")),
        "definitions": definitions(), "fil": fil(vue.nom),
    }  # fmt: skip
    return render(request, "pilotage/envois.html", contexte, status=statut)


@acces(*LIRE)
@require_POST
def arreter(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one sending."""
    abonnement = get_object_or_404(AbonnementVue.objects.select_related("vue"), pk=pk)
    try:
        services.arreter(abonnement=abonnement, par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as refus:
        raise Http404 from refus
    messages.success(request, "C'est arrêté : plus aucun message ne partira.")
    return redirect((request.POST.get("retour") == "vue" and reverse("pilotage_vue_envois", args=[abonnement.vue_id]))
                    or reverse("pilotage_vues"))  # fmt: skip


@login_not_required
@require_http_methods(["GET", "POST"])
def arret(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link at the foot of a message: one button, no sign-in, nothing said of what it was."""
    if not AbonnementVue.objects.filter(jeton=jeton).exists():
        raise Http404
    fait = request.method == "POST"
    if fait:
        services.arreter_par_lien(jeton=jeton, le=horloge.maintenant())
    return render(request, "pilotage/arret.html", {"fait": fait})


def _abonner(vue: VueGardee, lus: Mapping[str, Any], agent: Agent) -> list[AbonnementVue]:
    cadence = Cadence(lus["cadence"])
    seuil = cadence is Cadence.SEUIL
    rythme = services.Rythme(
        cadence=cadence, code=lus.get("code", "") if seuil else "",
        sens=Franchissement(lus["sens"]) if seuil and lus.get("sens") else None,
        seuil=lus.get("seuil") if seuil else None,
    )  # fmt: skip
    return services.abonner(
        vue=vue, destinataires=lus["destinataires"], rythme=rythme, par=agent, le=horloge.maintenant()
    )
