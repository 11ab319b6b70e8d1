"""Small forms in the drawer: what a person asks for, an apology, a failure settled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers import services
from cordee.metier.courriers.enums import Canal, GenreCourrier, LangueLettre, MotifExcuses
from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.courriers.selectors import canaux_possibles
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.administration.saisie import soumettre
from cordee.web.courriers.portee import ENVOYER, un
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
_CANAUX = (Canal.COURRIER, Canal.COURRIEL, Canal.SMS, Canal.GUICHET)


class FormulairePreferences(forms.Form):
    """What she asks for. Nothing is asked about why."""

    grands_caracteres = forms.BooleanField(label="Lettres en grands caractères", required=False)
    pictogrammes = forms.BooleanField(label="Lettres avec des images, pour qui lit difficilement", required=False)
    langue = forms.ChoiceField(
        label="Traduction à côté du français", required=False, choices=[("", "Aucune"), *LangueLettre.choices()]
    )
    appel_prefere = forms.BooleanField(label="L'appeler plutôt que lui écrire", required=False)
    sans_appel = forms.BooleanField(label="Ne pas l'appeler : lui écrire (SMS, courriel)", required=False)
    sans_courrier_domicile = forms.BooleanField(label="Rien par la poste à son domicile", required=False)


class FormulaireExcuses(forms.Form):
    """What went wrong, what is put right, and how to say it."""

    motif = forms.ChoiceField(label="Ce qui s'est passé", choices=MotifExcuses.choices())
    precision = forms.CharField(
        label="Ce qui est corrigé", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple : « Le bon rendez-vous est le mardi 17 février à 9 h. »",
    )  # fmt: skip
    canal = forms.ChoiceField(label="Par quel moyen")

    def __init__(self, *args: Any, canaux: list[Canal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["canal"].choices = [(c.value, c.libelle) for c in canaux]  # type: ignore[attr-defined]


@acces(P.SUIVRE, P.CONVOQUER, finalite=Finalite.SUIVI)
def preferences(request: HttpRequest, pk: int) -> HttpResponse:
    """How she wishes to be written to."""
    dossier = ouvrir_dossier(request, pk, page="préférences de contact", finalite=Finalite.SUIVI)
    if not dossier.peut(P.SUIVRE, P.CONVOQUER):
        raise PermissionDenied
    personne = dossier.personne
    connue = PreferenceContact.objects.filter(personne=personne).first()
    initial = {nom: getattr(connue, nom) for nom in FormulairePreferences.base_fields} if connue else None
    return soumettre(
        request, FormulairePreferences(request.POST or None, initial=initial),
        lambda d: services.noter_preferences(
            personne=personne, par=agent_courant(request), le=horloge.maintenant(), **d
        ),
        titre="Comment lui écrire", retour=reverse("courriers_de_la_personne", args=[personne.pk]),
        message="C'est noté : les prochains courriers en tiennent compte.", gabarit="courriers/tiroir.html",
        qui=nom_court(personne.prenom, personne.nom), icone="cocher",
        explication="Ce que la personne demande, sans dire pourquoi.",
    )  # fmt: skip


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def excuses(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this letter was an error."""
    c = un(request, pk)
    personne = c.personne.canonique or c.personne
    ouvrir_dossier(request, personne.pk, page="courrier", finalite=Finalite.SUIVI)
    possibles = {
        p.canal for p in canaux_possibles(personne=personne, genre=GenreCourrier.EXCUSES, au=horloge.aujourdhui())
        if p.possible
    }  # fmt: skip
    return soumettre(
        request, FormulaireExcuses(request.POST or None, canaux=[x for x in _CANAUX if x in possibles]),
        lambda d: services.s_excuser(
            courrier=c, motif=MotifExcuses(d["motif"]), precision=d["precision"], canal=Canal(d["canal"]),
            structure=_structure(request), par=agent_courant(request), le=horloge.maintenant(),
        ),
        titre="Présenter des excuses", retour=reverse("courriers_de_la_personne", args=[personne.pk]),
        message="La lettre d'excuses est prête.", gabarit="courriers/tiroir.html", envoyer="Écrire les excuses",
        qui=nom_court(personne.prenom, personne.nom), icone="courrier",
        explication="Le courrier erroné ne part pas s'il attend encore. La lettre ne dit pas de quoi il parlait.",
    )  # fmt: skip


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def regler(request: HttpRequest, pk: int) -> HttpResponse:
    """The person was told otherwise: the failure leaves the list."""
    c = un(request, pk)
    services.regler_echec(courrier=c, par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, "L'échec est noté comme réglé.")
    return redirect("lettre", pk=pk)


def _structure(request: HttpRequest) -> Structure | None:
    """Where she works: its telephone answers."""
    siennes = habilitation_de(request).structures
    return Structure.objects.filter(pk__in=siennes).select_related("commune").order_by("pk").first()
