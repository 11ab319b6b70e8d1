"""Returned mail, entered as fast as the box empties (R9): one field, Enter, the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal, EtatRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import numero_de, references_de
from cordee.metier.organismes.enums import Finalite
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate
from cordee.web.courriers.portee import ENVOYER, visibles
from cordee.web.courriers.remises import noter
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.identites import nom_court

MAXIMUM = 500


class FormulaireRetours(forms.Form):
    """One or many references, and the day the letters came back."""

    references = forms.CharField(
        label="Référence imprimée sur le courrier", max_length=20_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip
    le_jour = forms.DateField(label="Revenus le", widget=SaisieDate)


@dataclass(frozen=True, slots=True)
class Retour:
    """What became of one reference."""

    reference: str
    phrase: str
    reussi: bool
    courrier_id: int | None = None


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def retours(request: HttpRequest) -> HttpResponse:
    """The field, and under it what was noted since the page opened, the latest first."""
    aujourdhui = horloge.aujourdhui()
    if request.method != "POST":
        contexte = {
            "form": FormulaireRetours(initial={"le_jour": aujourdhui}),
            "fil": [("Courriers", reverse("courriers")), ("Courriers revenus", "")],
        }
        return render(request, "courriers/retours.html", contexte)
    form = FormulaireRetours(request.POST)
    if not form.is_valid():
        phrase = "Indiquez une référence et le jour du retour."
        faits = [Retour("", phrase, reussi=False)]
    else:
        lues = references_de(form.cleaned_data["references"])[:MAXIMUM]
        faits = [_noter(request, ref, form.cleaned_data["le_jour"]) for ref in lues][::-1]
    contexte = {"faits": faits, "reussis": sum(f.reussi for f in faits)}
    if htmx.est_htmx(request):
        return render(request, "courriers/retours_faits.html", contexte)
    contexte |= {"form": FormulaireRetours(initial={"le_jour": request.POST.get("le_jour") or aujourdhui})}
    return render(request, "courriers/retours.html", contexte)


def _noter(request: HttpRequest, reference: str, le_jour: date) -> Retour:
    numero = numero_de(reference)
    if numero is None:
        return Retour(reference, "Ce n'est pas une référence de courrier : vérifiez-la.", reussi=False)
    courrier = visibles(request).filter(pk=numero).select_related("personne__canonique").first()
    if courrier is None:
        return Retour(reference, "Aucun courrier ne porte cette référence.", reussi=False)
    if courrier.canal != Canal.COURRIER:
        return Retour(
            reference, f"Parti par {Canal(courrier.canal).libelle.lower()} : il ne peut pas revenir.", reussi=False
        )
    if deja := _deja_su(courrier):
        return Retour(reference, deja, reussi=False, courrier_id=courrier.pk)
    try:
        _revenir(request, courrier, le_jour)
    except ErreurMetier as erreur:
        return Retour(reference, str(erreur), reussi=False, courrier_id=courrier.pk)
    personne = courrier.personne.canonique or courrier.personne
    qui = nom_court(personne.prenom, personne.nom)
    suite = "au représentant" if courrier.au_representant else "adresse à vérifier"
    return Retour(reference, f"{qui}, {courrier.code_postal} : {suite}.", reussi=True, courrier_id=courrier.pk)


def _deja_su(courrier: Courrier) -> str:
    """What is known of it already, in words that need no second reading."""
    if courrier.annule_le is not None:
        return f"Ce courrier a été annulé le {courrier.annule_le:%d/%m/%Y} : vérifiez la référence."
    if courrier.etat == EtatRemise.NPAI:
        suivi = courrier.suivis.filter(etat=EtatRemise.NPAI).latest("pk")
        return f"Déjà noté comme revenu le {suivi.le:%d/%m/%Y}."
    if not courrier.etat:
        return "Ce courrier n'est pas noté comme envoyé : notez d'abord son envoi."
    return ""


def _revenir(request: HttpRequest, courrier: Courrier, le_jour: date) -> None:
    """A decision that comes back goes through the service that knows its clock (E11)."""
    noter(
        courrier=courrier, etat=EtatRemise.NPAI, le_jour=le_jour, par=agent_courant(request), le=horloge.maintenant()
    )  # fmt: skip
