"""« Courriers » of one person: the proof of everything that was sent to her, in ten seconds (R81)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.courriers.selectors import canaux_possibles, courriers_de, date_certaine_de
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle import horloge
from cordee.web.socle.acces import acces, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission


@acces(P.VOIR_PERSONNES, finalite=Finalite.SUIVI)
def de_la_personne(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter and message, latest first: what, when, how, each state, and the exact document."""
    dossier = ouvrir_dossier(request, pk, page="courriers", finalite=Finalite.SUIVI)
    personne = dossier.personne
    lignes = [
        {"courrier": c, "reference": c.donnees.get("reference", ""),
         "certaine": date_certaine_de(c) if c.etat else None}
        for c in courriers_de(personne)
    ]  # fmt: skip
    contexte = {
        "personne": personne, "qui": nom_court(personne.prenom, personne.nom), "lignes": lignes,
        "preference": PreferenceContact.objects.filter(personne__in=ids_du_groupe(personne)).order_by("pk").last(),
        "canaux": canaux_possibles(personne=personne, genre=GenreCourrier.CONVOCATION, au=horloge.aujourdhui()),
        "peut_noter": dossier.peut(P.SUIVRE, P.CONVOQUER), "peut_ouvrir": dossier.peut(P.CONVOQUER, P.NOTIFIER),
        "peut_lire": dossier.peut(P.NOTIFIER, P.SUIVRE, P.CONTRACTUALISER, P.CONVOQUER),
        "fil": [("Personnes", reverse("personnes")), (nom_court(personne.prenom, personne.nom),
                reverse("personne", args=[personne.pk])), ("Courriers", "")],
    }  # fmt: skip
    return render(request, "courriers/personne.html", contexte)
