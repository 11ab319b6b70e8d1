"""Acts on the lists: prepare, send, note what the body answered, say which convention authorises it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.caf.liste_caisse import lire_retour
from cordee.metier.devoirs.enums import MotifRejetCaisse
from cordee.metier.devoirs.services.transmission import (
    accuser_liste,
    envoyer_liste,
    preparer_liste,
    preparer_urgente,
    rattacher_convention,
    rejeter_liste,
)
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.caisse.formulaires import FormulaireAccuse, FormulaireConvention, FormulaireRejet, FormulaireUrgente
from cordee.web.caisse.views import titre, trouver
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant

P = Permission


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
@require_POST
def preparer(request: HttpRequest, organisme: int) -> HttpResponse:
    """The list of the month, made or made again."""
    liste = preparer_liste(organisme=_organisme(organisme), par=agent_courant(request), le=horloge.maintenant())
    combien = liste.lignes.count()
    messages.success(request, f"La liste est prête : {combien} ligne{'s' if combien > 1 else ''}. Relisez-la.")
    return redirect("caisse_liste", liste.pk)


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
def urgente(request: HttpRequest, organisme: int) -> HttpResponse:
    """What gives back does not wait for the month's list."""
    body, form = _organisme(organisme), FormulaireUrgente(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            liste = preparer_urgente(
                organisme=body, motif=form.cleaned_data["motif"], par=agent_courant(request), le=horloge.maintenant()
            )
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            return htmx.rediriger(request, reverse("caisse_liste", args=[liste.pk]))
    return _tiroir(
        request, form, f"Liste urgente, {body}", "Préparer",
        "Elle ne porte que ce qui rend de l'argent à la personne : levées, annulations, baisses au plafond du foyer, "
        "avec les mois à rembourser. Ce qui retire attend la liste du mois.",
    )  # fmt: skip


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
@require_POST
def envoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """The list has been handed over."""
    liste = trouver(pk)
    try:
        envoyer_liste(liste=liste, par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as erreur:
        messages.error(request, str(erreur))
    else:
        messages.success(request, "La liste est notée envoyée. Les prochains fichiers diront ce qui est appliqué.")
    return redirect("caisse_liste", pk)


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
def accuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The body has it: noted by hand, or read from the list it sends back."""
    liste = trouver(pk)
    form = FormulaireAccuse(request.POST or None, request.FILES or None, initial={"accusee_le": horloge.aujourdhui()})
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        try:
            retour = lire_retour(d["fichier"].read()) if d["fichier"] else None
            accuser_liste(
                liste=liste, accusee_le=d["accusee_le"], reference=d["reference"],
                rejets=retour.rejets if retour else {}, par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            if retour is not None:
                muettes = f", {retour.muettes} sans réponse" if retour.muettes else ""
                messages.info(
                    request, f"Fichier lu : {len(retour.acceptees)} acceptées, {len(retour.rejets)} rejetées{muettes}."
                )
            messages.success(request, "L'accusé de réception est noté.")
            return htmx.rediriger(request, reverse("caisse_liste", args=[pk]))
    return _tiroir(request, form, f"Accusé de réception : {titre(liste)}", "Enregistrer", retour=pk)


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
def rejet(request: HttpRequest, pk: int) -> HttpResponse:
    """The body refuses the whole list."""
    liste, form = trouver(pk), FormulaireRejet(request.POST or None, initial={"accusee_le": horloge.aujourdhui()})
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        try:
            rejeter_liste(
                liste=liste, motif=MotifRejetCaisse(d["motif"]), accusee_le=d["accusee_le"],
                par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "Le rejet est noté : les décisions attendent la prochaine liste.")
            return htmx.rediriger(request, reverse("caisse_liste", args=[pk]))
    return _tiroir(
        request, form, f"Rejet : {titre(liste)}", "Noter le rejet",
        "Toutes les lignes sont notées rejetées. Les décisions redeviennent à transmettre.", retour=pk,
    )  # fmt: skip


@acces(P.INSTRUIRE, finalite=Finalite.SANCTION)
def convention(request: HttpRequest, organisme: int) -> HttpResponse:
    """Which convention authorises the exchange (REQ-24)."""
    body, form = _organisme(organisme), FormulaireConvention(request.POST or None, au=horloge.aujourdhui())
    if request.method == "POST" and form.is_valid():
        rattacher_convention(
            organisme=body, convention=form.cleaned_data["convention"], par=agent_courant(request),
            le=horloge.maintenant(),
        )  # fmt: skip
        messages.success(request, "La convention est rattachée à ce flux.")
        return htmx.rediriger(request, reverse("caisse"))
    return _tiroir(
        request, form, f"Convention du flux, {body}", "Rattacher",
        "Le registre des conventions est tenu dans l'administration. Seules celles en vigueur sont proposées.",
    )  # fmt: skip


def _organisme(pk: int) -> OrganismePayeur:
    trouve = OrganismePayeur.objects.filter(pk=pk).first()
    if trouve is None:
        raise Http404
    return trouve


def _tiroir(
    request: HttpRequest, form: object, titre: str, envoyer: str, texte: str = "", *, retour: int | None = None
) -> HttpResponse:
    contexte = {
        "form": form, "gabarit": htmx.gabarit(request), "titre": titre, "envoyer": envoyer, "texte": texte,
        "retour": reverse("caisse_liste", args=[retour]) if retour else reverse("caisse"),
    }  # fmt: skip
    return render(request, "caisse/formulaire.html", contexte, status=422 if request.method == "POST" else 200)
