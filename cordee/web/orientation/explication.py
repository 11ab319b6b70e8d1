"""« Comment la proposition a été faite » : the request of a person is noted, and its answer handed over or sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import empechement
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services.explication import (
    demander_explication,
    demandes_de,
    repondre_explication,
    sans_explication,
)
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors.perimetre import ids_du_groupe
from cordee.reglementation.delais import echeance
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.orientation.formulaires import FormulaireDemande
from cordee.web.socle.acces import acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
_CANAUX = {
    Canal.GUICHET: "En main propre, maintenant",
    Canal.COURRIER: "Par la poste",
    Canal.ESPACE_PERSONNEL: "Dans l'espace personnel",
}
PLUS_TARD = "plus_tard"


@acces(P.ORIENTER, P.NOTIFIER, P.SUIVRE, finalite=Finalite.ORIENTATION)
def expliquer(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests about the decision in force, and the form of a new one."""
    dossier = ouvrir_dossier(
        request, pk, page="explication", finalite=Finalite.ORIENTATION, journal=request.method == "GET"
    )
    if not dossier.peut(P.ORIENTER, P.NOTIFIER, P.SUIVRE):
        raise PermissionDenied
    personne, au = dossier.personne, horloge.aujourdhui()
    orientation = _decision(personne)
    empeche = sans_explication(orientation) if orientation else "Aucune décision d'orientation n'a encore été prise."
    formulaire = FormulaireDemande(request.POST or None, canaux=_canaux(personne, au), au=au)
    statut = 200
    if request.method == "POST" and orientation is not None and not empeche:
        statut = 422
        if formulaire.is_valid() and (phrase := _faire(request, orientation, formulaire)):
            messages.success(request, phrase)
            return htmx.rediriger(request, reverse("personne", args=[personne.pk]))
    contexte = {
        "form": formulaire, "personne": personne, "orientation": orientation, "empeche": empeche,
        "qui": nom_court(personne.prenom, personne.nom), "retour": reverse("personne", args=[personne.pk]),
        "demandes": [
            {"d": d, "avant": echeance("expliquer_proposition", depuis=d.demandee_le).terme}
            for d in (demandes_de(orientation) if orientation else ())
        ],
        "attente": bool(orientation and any(d.repondue_le is None for d in demandes_de(orientation))),
        "gabarit": htmx.gabarit(request), "au": au,
        "fil": [
            ("Personnes", reverse("personnes")),
            (nom_court(personne.prenom, personne.nom), reverse("personne", args=[personne.pk])),
            ("Explication de la proposition", ""),
        ],
    }  # fmt: skip
    return render(request, "orientation/explication.html", contexte, status=statut)


def _faire(request: HttpRequest, orientation: Orientation, formulaire: FormulaireDemande) -> str:
    """Note the request (unless one waits) and answer it; what is refused is said above the form."""
    commun: dict[str, Any] = {"par": agent_courant(request), "le": horloge.maintenant()}
    canal = formulaire.cleaned_data["canal"]
    try:
        en_attente = next((d for d in demandes_de(orientation) if d.repondue_le is None), None)
        demande = en_attente or demander_explication(
            orientation=orientation, demandee_le=formulaire.cleaned_data["demandee_le"], **commun
        )
        if canal == PLUS_TARD:
            terme = echeance("expliquer_proposition", depuis=demande.demandee_le).terme
            return f"La demande est notée : répondez avant le {terme:%d/%m/%Y}."
        repondre_explication(demande=demande, canal=Canal(canal), **commun)
    except ErreurMetier as refus:
        formulaire.add_error(None, str(refus))
        return ""
    return "L'explication est écrite : elle est dans les courriers de la personne."


def _decision(personne: Personne) -> Orientation | None:
    lignes = Orientation.objects.filter(personne__in=ids_du_groupe(personne), fin__isnull=True)
    return lignes.select_related("personne", "structure").order_by("-debut", "-pk").first()


def _canaux(personne: Personne, au: date) -> list[tuple[str, str]]:
    """The ways open to this person, then « later »."""
    ouverts = [
        (str(canal), libelle)
        for canal, libelle in _CANAUX.items()
        if not empechement(personne=personne, genre=GenreCourrier.EXPLICATION_PROPOSITION, canal=canal, au=au)
    ]
    return [*ouverts, (PLUS_TARD, "Plus tard : noter seulement la demande")]
