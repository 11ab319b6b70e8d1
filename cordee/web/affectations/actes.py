"""Acts on a draft: prepare, calculate again, lock, validate, undo, throw away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.affectation.enums import Mode
from cordee.metier.orientation.selectors.affectations import lignes_visibles
from cordee.metier.orientation.services.affectation import (
    abandonner,
    annuler_validation,
    presenter_referents,
    proposer,
    recalculer,
    valider,
    verrouiller_ligne,
)
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.affectations.commun import portee, trouver
from cordee.web.socle.acces import acces, agent_courant


@acces(Permission.NOMMER_REFERENT)
@require_POST
def preparer(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    structure = None
    if request.POST.get("structure"):
        structure = Structure.objects.filter(pk=_entier(request, "structure")).first()
    try:
        mode = Mode(request.POST.get("mode") or Mode.LOT)
        faite = proposer(structure=structure, mode=mode, par=agent_courant(request), le=horloge.maintenant())
    except ValueError as e:
        raise ErreurMetier("Choisissez la façon d'affecter.") from e
    except ErreurMetier as refus:
        messages.error(request, str(refus))
        return redirect("affectations")
    return redirect("affectation", faite.pk)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def recalcul(request: HttpRequest, pk: int) -> HttpResponse:
    """The best again, around what is locked."""
    proposition = trouver(request, pk)
    avant = proposition.cout
    apres = recalculer(
        proposition=proposition, version=_entier(request, "version"), par=agent_courant(request),
        le=horloge.maintenant(),
    )  # fmt: skip
    dit = "rien n'a changé" if avant == apres.cout else "la proposition a été mise à jour"
    messages.success(request, f"Recalculé avec la situation de maintenant : {dit}.")
    return redirect("affectation", pk)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def verrous(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock or unlock the lines ticked (or one, by its button)."""
    proposition = trouver(request, pk)
    visibles = lignes_visibles(proposition, **portee(request))
    if not request.POST.get("tout"):
        visibles = visibles.filter(pk__in=[n for n in request.POST.getlist("ids") if n.isdecimal()])
    verrou = request.POST.get("action") != "deverrouiller"
    nombre = verrouiller_ligne(
        lignes=visibles, verrou=verrou, version=_entier(request, "version"), proposition=proposition,
        par=agent_courant(request), le=horloge.maintenant(),
    )  # fmt: skip
    messages.success(request, _verrouillees(nombre, verrou=verrou))
    vue = QueryDict(request.POST.get("vue", "")).urlencode()
    return redirect(reverse("affectation", args=[pk]) + (f"?{vue}" if vue else ""))


@acces(Permission.NOMMER_REFERENT)
@require_POST
def validation(request: HttpRequest, pk: int) -> HttpResponse:
    """Name everybody; say how many, and who was left out."""
    proposition = trouver(request, pk)
    bilan = valider(
        proposition=proposition, version=_entier(request, "version"), par=agent_courant(request),
        le=horloge.maintenant(),
    )  # fmt: skip
    messages.success(request, _nommees(bilan.nommees, bilan.decisions))
    if bilan.refusees:
        messages.warning(
            request, f"{len(bilan.refusees)} non faites, chacune avec sa raison : ces personnes attendent toujours."
        )
    return redirect("affectation", pk)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def annulation(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a validation just made."""
    bilan = annuler_validation(proposition=trouver(request, pk), par=agent_courant(request), le=horloge.maintenant())
    suite = f" {len(bilan.refusees)} restent : un acte les a suivies." if bilan.refusees else ""
    messages.success(request, f"{bilan.nommees} nominations annulées : ces personnes attendent de nouveau.{suite}")
    return redirect("affectation", pk)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    abandonner(proposition=trouver(request, pk), par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, "La proposition est abandonnée. Personne n'a été affecté.")
    return redirect("affectations")


@acces(Permission.NOMMER_REFERENT)
@require_POST
def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to each person who accompanies her."""
    faite = presenter_referents(proposition=trouver(request, pk), par=agent_courant(request), le=horloge.maintenant())
    s = "s" if faite.ecrites > 1 else ""
    messages.success(request, f"{faite.ecrites} courrier{s} de présentation écrit{s} ; les lettres attendent l'envoi.")
    for raison, nombre in faite.refus.most_common():
        messages.warning(request, f"{nombre} non écrit{'s' if nombre > 1 else ''} : {raison}.")
    return redirect("affectation", pk)


def _verrouillees(nombre: int, *, verrou: bool) -> str:
    """What was locked, or given back.

    >>> _verrouillees(2, verrou=True), _verrouillees(1, verrou=False)
    ('2 choix verrouillés : ils ne bougeront plus.', '1 choix rendu au calcul.')
    """
    s = "s" if nombre > 1 else ""
    return f"{nombre} choix verrouillé{s} : ils ne bougeront plus." if verrou else f"{nombre} choix rendu{s} au calcul."


def _nommees(nommees: int, decisions: int) -> str:
    """What was done.

    >>> _nommees(1, 0)
    '1 personne a un référent.'
    >>> _nommees(12, 2)
    '12 personnes ont un référent, dont 2 avec une nouvelle décision à notifier.'
    """
    phrase = f"{nommees} personne{'s ont' if nommees > 1 else ' a'} un référent"
    return f"{phrase}, dont {decisions} avec une nouvelle décision à notifier." if decisions else f"{phrase}."


def _entier(request: HttpRequest, nom: str) -> int:
    valeur = request.POST.get(nom, "")
    if not valeur.isdecimal():
        raise ErreurMetier("La page a expiré : rechargez-la, puis recommencez.")
    return int(valeur)
