"""How a form of this part is shown, checked against what somebody else saved meanwhile, and handed to its service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx

SEL = "cordee.web.administration.saisie"


class FormulaireSuivi(forms.ModelForm):
    """A form of an existing row that remembers what it showed.

    When another agent saved meanwhile, nothing is written: the page says what changed, keeps what was typed, and a
    second submission is a decision (R60).
    """

    vu = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suivis = [nom for nom in self.fields if nom != "vu"]
        if self.instance.pk:
            self.initial["vu"] = signing.dumps(self._valeurs(self.instance), salt=SEL, compress=True)
        else:
            del self.fields["vu"]

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if "vu" in self.fields:
            self._comparer()
        return lus

    def _comparer(self) -> None:
        try:
            vues = signing.loads(self.data.get(self.add_prefix("vu"), ""), salt=SEL)
        except signing.BadSignature:
            vues = {}
        fraiche = self._meta.model.objects.get(pk=self.instance.pk)
        actuelles = self._valeurs(fraiche)
        changes = [nom for nom in self.suivis if vues.get(nom) != actuelles[nom]]
        if not changes:
            return
        donnees = self.data.copy()  # type: ignore[attr-defined]
        donnees[self.add_prefix("vu")] = signing.dumps(actuelles, salt=SEL, compress=True)
        self.data = donnees
        detail = " ; ".join(f"{self.fields[nom].label} : «\xa0{_lisible(fraiche, nom)}\xa0»" for nom in changes)
        raise forms.ValidationError(
            f"Un autre agent a enregistré des changements pendant votre saisie ({detail}). Rien n'a été écrasé. "
            "Vérifiez votre saisie ci-dessous : l'enregistrer de nouveau remplacera ces valeurs."
        )

    def _valeurs(self, ligne: models.Model) -> dict[str, str]:
        return {nom: str(forms.model_to_dict(ligne, [nom]).get(nom)) for nom in self.suivis}


def _lisible(ligne: models.Model, nom: str) -> str:
    affichage = getattr(ligne, f"get_{nom}_display", None)
    return str(affichage() if affichage else getattr(ligne, nom) or "vide")


def soumettre(
    request: HttpRequest, formulaire: forms.BaseForm, agir: Callable[[Mapping[str, Any]], object], *, titre: str,
    retour: str, message: str | Callable[[Any], str], envoyer: str = "Enregistrer",
    gabarit: str = "administration/formulaire.html", **contexte: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form, or do the act and go back; what the domain refuses is said above what was typed.

    ``agir`` receives the cleaned values and calls one service; ``message`` is what is said then, or makes it from the
    service's answer.
    """
    statut = 200
    if request.method == "POST":
        if formulaire.is_valid():
            try:
                fait = agir(formulaire.cleaned_data)
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
            else:
                messages.success(request, message(fait) if callable(message) else message)
                return htmx.rediriger(request, retour)
        statut = 422
    contexte |= {
        "form": formulaire,
        "titre": titre,
        "retour": retour,
        "envoyer": envoyer,
        "gabarit": htmx.gabarit(request),
    }
    return render(request, gabarit, contexte, status=statut)
