"""What every page of a campaign shares: the campaign of the address, the stepper, the crumbs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from cordee.metier.rendezvous.enums import EtatCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.regles.campagne_etats import MODIFIABLES
from cordee.metier.rendezvous.selectors.campagne import CampagneIntrouvable, campagne_visible
from cordee.socle import horloge
from cordee.web.composants import etats
from cordee.web.socle.acces import agent_courant, habilitation_de

ETAPES = (
    ("qui", "Qui", ""),
    ("quand", "Quand et où", "campagne_quand"),
    ("comment", "Comment", "campagne_comment"),
    ("verifier", "Vérifier", "campagne_verifier"),
    ("envoyer", "Envoyer", "campagne"),
)
etats.declarer({
    "prete": ("info", "succes"), "terminee": ("succes", "succes"), "annulee": ("neutre", "abandon"),
    "planifiee": ("info", "agenda"), "sans_place": ("attention", "alerte"), "convoquee": ("succes", "courrier"),
    "retiree": ("neutre", "abandon"),
})  # fmt: skip


def ouvrir(request: HttpRequest, pk: int) -> Campagne:
    """The campaign of the address, when it is for this agent; the same 404 otherwise."""
    try:
        return campagne_visible(
            pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request), pk=pk
        )
    except CampagneIntrouvable as erreur:
        raise Http404 from erreur


def modifiable(campagne: Campagne) -> bool:
    return EtatCampagne(campagne.etat) in MODIFIABLES


def perimee(campagne: Campagne, au: date) -> bool:
    """Whether slots were given another day: delays have moved since."""
    return campagne.preparee_le is None or horloge.jour(campagne.preparee_le) != au


def contexte(campagne: Campagne, etape: str) -> dict[str, Any]:
    """What the head of each page needs."""
    peut = modifiable(campagne)
    etapes = [
        {"cle": cle, "libelle": libelle, "url": reverse(nom, args=[campagne.pk]) if nom and peut else ""}
        for cle, libelle, nom in ETAPES
    ]
    return {
        "campagne": campagne,
        "etat": EtatCampagne(campagne.etat),
        "etape": etape,
        "etapes": etapes,
        "modifiable": peut,
        "fil": [("Campagnes", reverse("campagnes")), (campagne.libelle, "")],
    }
