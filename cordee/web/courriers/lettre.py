"""One letter: the proof of what was said, how it went, and what may still be done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.messagerie.transporteurs import transporteur_de
from cordee.metier.courriers import services
from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import KIND_COURRIER, suites_de
from cordee.metier.courriers.selectors import date_certaine_de
from cordee.metier.courriers.services.acheminement import MESSAGES
from cordee.metier.organismes.enums import Finalite
from cordee.socle import horloge
from cordee.web.composants.saisies import SaisieDate
from cordee.web.courriers.portee import ENVOYER, un
from cordee.web.courriers.remises import noter
from cordee.web.socle.acces import acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court


class FormulaireEtat(forms.Form):
    """What became of the letter, and when."""

    etat = forms.ChoiceField(label="Ce qu'est devenu le courrier")
    le_jour = forms.DateField(label="Le", widget=SaisieDate)

    def __init__(self, *args: Any, courrier: Courrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etat"].choices = [(e.value, e.libelle) for e in suites_de(courrier)]  # type: ignore[attr-defined]


class FormulaireEnvoi(forms.Form):
    """The day it left."""

    le_jour = forms.DateField(label="Parti le", widget=SaisieDate)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def lettre(request: HttpRequest, pk: int) -> HttpResponse:
    """What, when, how, each state, the document, and what may be done next."""
    c = un(request, pk)
    personne = c.personne.canonique or c.personne
    ouvrir_dossier(request, personne.pk, page="courrier", finalite=Finalite.SUIVI)
    aujourdhui = horloge.aujourdhui()
    attend = not c.etat and c.annule_le is None
    suites = suites_de(c)
    sans_prestataire = c.canal in MESSAGES and transporteur_de(Canal(c.canal)) is None
    contexte = {
        "courrier": c, "personne": personne, "qui": nom_court(personne.prenom, personne.nom),
        "reference": c.donnees.get("reference", ""), "regle": KIND_COURRIER[GenreCourrier(c.genre)],
        "suivis": c.suivis.select_related("note_par").order_by("le", "pk"),
        "certaine": date_certaine_de(c), "attend": attend, "message": c.donnees.get("message_court"),
        "lot": getattr(c, "pli", None), "acheminement": getattr(c, "acheminement", None),
        "a_la_main": attend and not hasattr(c, "pli") and (not hasattr(c, "acheminement") or sans_prestataire),
        "sans_prestataire": sans_prestataire,
        "form_envoi": FormulaireEnvoi(initial={"le_jour": aujourdhui}) if attend else None,
        "form_etat": FormulaireEtat(courrier=c, initial={"le_jour": aujourdhui}) if suites and not attend else None,
        "fil": [("Courriers", reverse("courriers")), (c.donnees.get("reference", "") or f"n° {c.pk}", "")],
    }  # fmt: skip
    return render(request, "courriers/lettre.html", contexte)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact document, made again from what was kept; larger print when asked."""
    c = un(request, pk)
    personne = c.personne.canonique or c.personne
    ouvrir_dossier(request, personne.pk, page="courrier", finalite=Finalite.SUIVI)
    grands = request.GET.get("grands") == "1"
    reponse = HttpResponse(services.pdf(c, grands_caracteres=grands), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="courrier-{c.pk}.pdf"'
    return reponse


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def envoye(request: HttpRequest, pk: int) -> HttpResponse:
    """It left by itself, outside any batch."""
    c = un(request, pk)
    form = FormulaireEnvoi(request.POST)
    if not form.is_valid():
        messages.warning(request, "Indiquez le jour de l'envoi.")
        return redirect("lettre", pk=pk)
    services.marquer_envoye(
        courrier=c, le_jour=form.cleaned_data["le_jour"], par=agent_courant(request), le=horloge.maintenant()
    )  # fmt: skip
    messages.success(request, "Le courrier est noté comme envoyé.")
    return redirect("lettre", pk=pk)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def etat(request: HttpRequest, pk: int) -> HttpResponse:
    """Presented, received, refused, not claimed, returned. A decision starts its clock by its own service (E11)."""
    c = un(request, pk)
    form = FormulaireEtat(request.POST, courrier=c)
    if not form.is_valid():
        messages.warning(request, "Choisissez ce qu'est devenu le courrier, et le jour.")
        return redirect("lettre", pk=pk)
    nouvel = EtatRemise(form.cleaned_data["etat"])
    noter(
        courrier=c, etat=nouvel, le_jour=form.cleaned_data["le_jour"], par=agent_courant(request),
        le=horloge.maintenant(),
    )  # fmt: skip
    certaine = date_certaine_de(c)
    suite = f" La date certaine est le {certaine:%d/%m/%Y}." if certaine else ""
    messages.success(request, f"« {nouvel.libelle} » est noté.{suite}")
    return redirect("lettre", pk=pk)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not leave."""
    c = un(request, pk)
    n = services.annuler_en_attente(courriers=[c.pk], par=agent_courant(request), le=horloge.maintenant())
    if n:
        messages.success(request, "Le courrier est annulé : il ne partira pas.")
    else:
        messages.warning(request, "Ce courrier est déjà parti ou annulé.")
    return redirect("lettre", pk=pk)
