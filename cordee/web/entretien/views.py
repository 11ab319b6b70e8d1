"""The interview: two columns, the conversation and the proposal forming live (screens.md 4)."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.services.entretien_commun import ouvrir_entretien_commun
from cordee.metier.parcours.selectors import Souvenir
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.web.composants import htmx
from cordee.web.entretien.connu import connu
from cordee.web.entretien.ecran import ecran
from cordee.web.entretien.formulaires import Decision, Entretien
from cordee.web.entretien.lecture import journaliser_detail
from cordee.web.parcours import table
from cordee.web.parcours.views import AutreSaisie, accomplir, contexte_de, depuis, dessiner, reprendre
from cordee.web.socle.acces import acces

P = Permission
ECRANS: dict[str, type[Entretien]] = {"orienter": Decision, "diagnostic": Entretien}


@acces(P.ORIENTER, finalite=Finalite.ORIENTATION)
def orienter(request: HttpRequest, pk: int) -> HttpResponse:
    """Interview and decision on one screen."""
    return _entretien(request, pk, "orienter")


@acces(P.DIAGNOSTIQUER, finalite=Finalite.DIAGNOSTIC)
def diagnostiquer(request: HttpRequest, pk: int) -> HttpResponse:
    """The interview alone."""
    return _entretien(request, pk, "diagnostic")


def _entretien(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    choisi, fabrique = table.ACTES[cle], ECRANS[cle]
    contexte = contexte_de(request, pk, choisi)
    action = request.POST.get("action", "")
    couple, en_brouillon = action.removeprefix("couple-"), action == "brouillon" or action.startswith("couple-")
    seul = en_brouillon or action == "diagnostic"
    formulaire = (Entretien if seul else fabrique)(
        request.POST or None, contexte=contexte, use_required_attribute=False
    )
    if request.method == "GET" and formulaire.depart.d_autrui(contexte.agent):
        journaliser_detail(contexte)
    changements: list[Souvenir] = []
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and (formulaire.is_valid() or en_brouillon):
        suite = reverse("personne", args=[contexte.personne.pk])
        try:
            if action.startswith("couple-"):
                phrase, suite = _passer_au_conjoint(formulaire, couple, cle)
            elif en_brouillon:
                phrase, suite = _garder(formulaire), request.path
            else:
                phrase = accomplir(formulaire, formulaire.executer)
        except AutreSaisie as erreur:
            changements = depuis(formulaire)
            formulaire = reprendre(formulaire, request, erreur)
        except DonneesPerimees as erreur:
            differences = formulaire.differences()
            formulaire = _comparer(formulaire, request, erreur)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, suite)
    if seul and fabrique is Decision:  # the error page shows the whole screen again
        saisie = formulaire.data if formulaire.is_bound else request.POST
        formulaire = Decision(saisie, contexte=contexte, use_required_attribute=False).montrer(formulaire)
    return dessiner(
        request, "entretien/entretien.html", contexte, choisi, form=formulaire, ecran=ecran(formulaire),
        changements=changements, differences=differences, proposition=formulaire.proposition(),
        decide=fabrique is Decision,
    )  # fmt: skip


def _garder(formulaire: Entretien) -> str:
    formulaire.enregistrer(brouillon=True)
    return "Le brouillon est gardé : l'entretien peut reprendre plus tard."


@transaction.atomic
def _passer_au_conjoint(formulaire: Entretien, pk: str, cle: str) -> tuple[str, str]:
    """Keep this interview, open that of the other adult of the household (R36). Returns the sentence, the address."""
    adultes = {str(m.personne.pk): m.personne for m in connu(formulaire.contexte).conjoints if m.personne}
    if pk not in adultes:
        raise ErreurMetier("Cette personne ne fait pas partie du foyer, ou son dossier ne vous est pas ouvert.")
    ligne = formulaire.enregistrer(brouillon=True)
    ouvrir_entretien_commun(diagnostic=ligne, conjoint=adultes[pk], **formulaire.commun)
    prenom = adultes[pk].prenom.title()
    return f"Le brouillon est gardé. Voici l'entretien de {prenom}.", reverse(f"acte_{cle}", args=[int(pk)])


def _comparer(formulaire: Entretien, request: HttpRequest, erreur: ErreurMetier) -> Entretien:
    """The same form with what was typed, over what is stored now: a second validation is a choice (R60)."""
    saisie = request.POST.copy()
    for nom, valeur in formulaire.caches_a_jour().items():
        saisie[nom] = valeur
    nouveau = type(formulaire)(saisie, contexte=formulaire.contexte, use_required_attribute=False)
    nouveau.is_valid()
    nouveau.add_error(None, str(erreur))
    return nouveau


@acces(P.ORIENTER, P.DIAGNOSTIQUER, finalite=Finalite.ORIENTATION)
@require_POST
def proposition(request: HttpRequest, pk: int) -> HttpResponse:
    """What the answers on the screen would lead to. Nothing is written."""
    contexte = contexte_de(request, pk, table.ACTES["orienter"])
    formulaire = Decision(request.POST, contexte=contexte, use_required_attribute=False)
    suivie = Decision(formulaire.suivre(request.POST), contexte=contexte, use_required_attribute=False)
    contenu = {"form": suivie.montrer(), "proposition": suivie.proposition(), "decide": True}
    return render(request, "entretien/_decision.html", contenu)


def ecran_ou_404(cle: str) -> str:
    """The word of the address that names a screen of interview."""
    if cle not in ECRANS:
        raise Http404
    return cle
