"""One page for every act: a form, one service, and what changed meanwhile when two agents work on one file (R60)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.selectors import Souvenir, histoire_de, situation_de
from cordee.metier.parcours.services.appui import verrouiller
from cordee.socle import horloge
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.web.composants import htmx
from cordee.web.parcours import table
from cordee.web.parcours.formulaires import FORMULAIRES, FormulaireActe
from cordee.web.parcours.formulaires.base import ContexteActe
from cordee.web.parcours.table import Acte
from cordee.web.socle.acces import acces, agent_courant, exiger, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
F = TypeVar("F", bound=FormulaireActe)


# Lists an act may go back to: a word of the address, never an address (no open redirect).
RETOURS = {"rapprochements": "rapprochements"}


class AutreSaisie(DonneesPerimees):
    """Something happened to the person since the page was drawn."""


@acces(P.VOIR_PERSONNES)
def acte(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """The page of an act: its form, then its service."""
    choisi = table.ACTES.get(cle)
    if choisi is None or cle not in FORMULAIRES:
        raise Http404
    contexte = contexte_de(request, pk, choisi)
    formulaire = FORMULAIRES[cle](request.POST or None, contexte=contexte, use_required_attribute=False)
    changements: list[Souvenir] = []
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and not formulaire.empechement() and formulaire.is_valid():
        try:
            phrase = accomplir(formulaire, formulaire.executer)
        except AutreSaisie as erreur:
            changements = depuis(formulaire)
            formulaire = reprendre(formulaire, request, erreur)
        except DonneesPerimees as erreur:
            contexte.personne.refresh_from_db()
            differences = getattr(formulaire, "differences", list)()
            formulaire = reprendre(formulaire, request, erreur)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, _suite(contexte))
    return dessiner(
        request, "parcours/acte.html", contexte, choisi,
        form=formulaire, changements=changements, differences=differences,
    )  # fmt: skip


def _suite(contexte: ContexteActe) -> str:
    """Where the agent goes next: back to the list she came from, or to the person."""
    liste = RETOURS.get(contexte.parametres.get("retour", ""))
    return reverse(liste) if liste else reverse("personne", args=[contexte.personne.pk])


def contexte_de(request: HttpRequest, pk: int, choisi: Acte) -> ContexteActe:
    """The person, in the perimeter, on whom the agent may do this act. Her read is logged with the act's purpose."""
    exiger(request, *choisi.permissions)
    dossier = ouvrir_dossier(
        request, pk, page=f"acte/{choisi.cle}", finalite=choisi.finalite, journal=request.method == "GET"
    )
    if not dossier.peut(*choisi.permissions):
        raise PermissionDenied
    return ContexteActe(
        dossier,
        situation_de(dossier.personne),
        agent_courant(request),
        habilitation_de(request),
        horloge.maintenant(),
        request.GET.dict(),
    )


@transaction.atomic
def accomplir(formulaire: FormulaireActe, geste: Callable[[], str]) -> str:
    """Do the act on the person as she was on the screen, locked meanwhile.

    Raises:
        AutreSaisie: an event has been recorded since.
        ErreurMetier: what the service refuses.
    """
    personne = verrouiller(formulaire.contexte.personne)
    dernier = Situation.objects.filter(personne=personne).values_list("dernier_evenement", flat=True).first() or 0
    vu = formulaire.cleaned_data.get("vu")
    if vu is not None and vu != dernier:
        raise AutreSaisie(
            "Quelque chose a changé depuis l'ouverture de cette page. Rien n'a été enregistré, votre saisie est "
            "gardée : relisez ce qui s'est passé puis validez de nouveau si c'est toujours juste."
        )
    return geste()


def dessiner(request: HttpRequest, gabarit: str, contexte: ContexteActe, choisi: Acte, **plus: Any) -> HttpResponse:
    """The page, as a page or in the drawer; 422 when the form holds errors."""
    formulaire = plus.get("form")
    personne = contexte.personne
    page = {
        "acte": choisi,
        "personne": personne,
        "qui": nom_court(personne.prenom, personne.nom),
        "au": contexte.au,
        "s": contexte.situation,
        "retour": _suite(contexte),
        "gabarit": htmx.gabarit(request),
        "brouillon": f"{choisi.cle}-{personne.pk}",
        "fil": [
            ("Personnes", reverse("personnes")),
            (nom_court(personne.prenom, personne.nom), reverse("personne", args=[personne.pk])),
            (choisi.titre, ""),
        ],
        **plus,
    }
    erreurs = request.method == "POST" and formulaire is not None and bool(formulaire.errors)
    return render(request, gabarit, page, status=422 if erreurs else 200)


def depuis(formulaire: FormulaireActe) -> list[Souvenir]:
    """What was recorded since the page was drawn."""
    vu = formulaire.cleaned_data.get("vu") or 0
    return [s for s in histoire_de(formulaire.contexte.personne) if s.pk > vu]


def reprendre(formulaire: F, request: HttpRequest, erreur: ErreurMetier) -> F:
    """The same form with what was typed, now knowing what changed: a second validation is a choice."""
    saisie = request.POST.copy()
    s = situation_de(formulaire.contexte.personne).situation
    saisie["vu"] = str(s.dernier_evenement if s else 0)
    if "version" in formulaire.fields:
        saisie["version"] = str(formulaire.version_enregistree)
    nouveau = type(formulaire)(saisie, contexte=formulaire.contexte, use_required_attribute=False)
    nouveau.is_valid()
    nouveau.add_error(None, str(erreur))
    return nouveau
