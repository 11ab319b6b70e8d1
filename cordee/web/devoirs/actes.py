"""One page for every act of a file: a form, one service, the file again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.devoirs import registre
from cordee.web.devoirs.formulaires.base import ContexteDevoirs, FormulaireDevoirs, Objet
from cordee.web.devoirs.registre import ActeDevoirs
from cordee.web.socle.acces import acces, agent_courant, exiger, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def acte(request: HttpRequest, objet: str, pk: int, cle: str) -> HttpResponse:
    """The form of an act in the drawer or on its page; its refusals stand above the form, with their articles."""
    choisi = registre.ACTES.get((objet, cle))
    if choisi is None:
        raise Http404
    exiger(request, choisi.permission)
    trouve = chercher(objet, pk)
    contexte = _contexte(request, trouve, choisi)
    form = choisi.formulaire(request.POST or None, contexte=contexte, use_required_attribute=False)
    retour = adresse(trouve)
    if request.method == "POST" and "apercu" in request.GET:
        return _apercu(form)
    if request.method == "POST" and not form.empechement() and form.is_valid():
        try:
            phrase = form.executer()
        except ErreurMetier as erreur:
            for ligne in _refus(erreur):
                form.add_error(None, ligne)
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, adresse(getattr(form, "suite", None) or trouve))
    personne = contexte.personne
    page = {
        "acte": choisi, "form": form, "retour": retour, "gabarit": htmx.gabarit(request), "au": contexte.au,
        "qui": nom_court(personne.prenom, personne.nom), "adresse": request.path,
        "fil": [("Droits et devoirs", reverse("devoirs")), ("Dossier", retour), (choisi.titre, "")],
    }  # fmt: skip
    return render(request, "devoirs/acte.html", page, status=422 if request.method == "POST" else 200)


def _apercu(form: FormulaireDevoirs) -> HttpResponse:
    """The letter of the act as it would leave, in a tab of its own; the act is not done.

    Raises:
        Http404: this act writes no letter.
        ErreurMetier: what the service refuses.
    """
    document = form.apercu() if form.a_une_lettre else None
    if document is None:
        raise Http404
    reponse = HttpResponse(document, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = 'inline; filename="apercu.pdf"'
    return reponse


def chercher(objet: str, pk: int) -> Objet:
    """The row an address names. The perimeter is checked on its person by ``ouvrir_dossier``.

    Raises:
        Http404: no such row.
    """
    lus: Any = {
        registre.MANQUEMENT: Manquement.objects.select_related("personne", "procedure"),
        registre.PROCEDURE: Procedure.objects.select_related("personne", "responsable", "griefs"),
        registre.MESURE: MesureDecidee.objects.select_related("personne", "procedure"),
        registre.RECOURS: Recours.objects.select_related("mesure__personne", "mesure__procedure"),
    }[objet]
    trouve: Objet | None = lus.filter(pk=pk).first()
    if trouve is None:
        raise Http404
    return trouve


def personne_de(objet: Objet) -> Personne:
    """Whose file it is."""
    return objet.mesure.personne if isinstance(objet, Recours) else objet.personne


def adresse(objet: Objet) -> str:
    """The page of the file the row stands in; the person where there is none (former tool)."""
    if isinstance(objet, Recours):
        return adresse(objet.mesure)
    if isinstance(objet, Manquement):
        if objet.procedure_id is not None:
            return reverse("procedure", args=[objet.procedure_id])
        return reverse("manquement", args=[objet.pk])
    if isinstance(objet, Procedure):
        return reverse("procedure", args=[objet.pk])
    if objet.procedure_id is not None:
        return reverse("procedure", args=[objet.procedure_id])
    return reverse("personne", args=[objet.personne_id])


def _contexte(request: HttpRequest, objet: Objet, choisi: ActeDevoirs) -> ContexteDevoirs:
    dossier = ouvrir_dossier(
        request, personne_de(objet).pk, page=f"devoirs/{choisi.cle}", finalite=Finalite.SANCTION,
        journal=request.method == "GET",
    )  # fmt: skip
    if not dossier.peut(choisi.permission):
        raise PermissionDenied
    return ContexteDevoirs(objet, dossier, agent_courant(request), horloge.maintenant())


def _refus(erreur: ErreurMetier) -> list[str]:
    """Each thing that is missing on its own line, with its article."""
    manques = getattr(erreur, "manques", ())
    return [f"{m.phrase} ({m.article})" for m in manques] or [str(erreur)]
