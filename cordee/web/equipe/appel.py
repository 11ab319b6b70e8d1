"""A phone call noted in three taps: « Appel », how it went, when next (R12). A message left is an attempt (R13)."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.selectors.equipe import jours_de_repos
from cordee.metier.parcours.enums import Intensite
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import contacts_courants
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_contact
from cordee.reglementation.calendrier import jour_travaille_avant
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P, R = Permission, ResultatContact
RESULTATS = ((R.JOINTE, "Jointe"), (R.MESSAGE, "Message laissé"), (R.SANS_REPONSE, "Pas de réponse"))
_RYTHME = {Intensite.INTENSIVE: 14, Intensite.REGULIERE: 28, Intensite.LEGERE: 84}


class Appel(forms.Form):
    """``suivi.services.noter_contact``: the result, then the button of the next date sends it."""

    resultat = forms.ChoiceField(label="Comment ça s'est passé", choices=RESULTATS, widget=forms.RadioSelect)
    prochain = forms.DateField(required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def appel(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawer of the call."""
    dossier = ouvrir_dossier(request, pk, page="appel", finalite=Finalite.SUIVI, journal=request.method == "GET")
    if not dossier.peut(P.SUIVRE):
        raise PermissionDenied
    agent, maintenant, personne = agent_courant(request), horloge.maintenant(), dossier.personne
    formulaire = Appel(request.POST or None)
    retour = _retour(request)
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        try:
            noter_contact(
                personne=personne, genre=GenreContactSuivi.APPEL, resultat=R(d["resultat"]),
                prochain_le=d["prochain"], note=d["note"], par=agent, le=maintenant,
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, _dit(personne, R(d["resultat"]), d["prochain"]))
            return htmx.rediriger(request, retour)
    au = horloge.jour(maintenant)
    contexte = {
        "gabarit": htmx.gabarit(request), "personne": personne, "form": formulaire, "retour": retour,
        "qui": nom_court(personne.prenom, personne.nom), "resultats": RESULTATS, "choisi": request.POST.get("resultat"),
        "dates": dates_proposees(*_qui_et_quand(personne, agent), au=au),
        "telephones": [c.valeur for c in contacts_courants(personne, au=au) if c.genre == "telephone"][:3],
    }  # fmt: skip
    return render(request, "equipe/appel.html", contexte, status=422 if formulaire.errors else 200)


def dates_proposees(agent: Agent, rythme: int, *, au: date) -> list[tuple[date, str]]:
    """Days to call again, never one the référent has off nor a holiday (R19): soon, in a week, two, at her rhythm."""
    repos = jours_de_repos(agent)
    proposees: dict[date, str] = {}
    for jours, mots in ((3, "Dans 3 jours"), (7, "Dans 1 semaine"), (14, "Dans 2 semaines"), (rythme, "À son rythme")):
        le = jour_travaille_avant(au + timedelta(days=jours), repos)
        if le > au:
            proposees.setdefault(le, mots)
    return sorted(proposees.items())


# Parts --------------------------------------------------------------------------------------------------------------
def _qui_et_quand(personne: Personne, agent: Agent) -> tuple[Agent, int]:
    """Who will make the next contact (her référent, else whoever calls), and after how many days."""
    s = Situation.objects.filter(personne=personne).select_related("referent_agent").first()
    intensite = s.calcul.get("intensite") if s else None
    rythme = _RYTHME[Intensite(intensite) if intensite in set(Intensite) else Intensite.REGULIERE]
    return s.referent_agent if s and s.referent_agent else agent, rythme


def _retour(request: HttpRequest) -> str:
    """Back to the list, or to the person: a word of the address, never an address."""
    nom = request.GET.get("retour", "")
    return reverse("equipe") if nom == "equipe" else reverse("ma_file")


def _dit(personne: Personne, resultat: ResultatContact, prochain: date | None) -> str:
    qui = nom_court(personne.prenom, personne.nom)
    quoi = "échange noté" if resultat is R.JOINTE else "tentative notée"
    return f"{qui} : {quoi}{f', prochain appel le {prochain:%d/%m}' if prochain else ''}."
