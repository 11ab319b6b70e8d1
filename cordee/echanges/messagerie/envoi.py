"""One passage of the worker: messages whose hour has come are handed to their provider, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from cordee.echanges.messagerie.transporteurs import Issue, Message, Transporteur, transporteur_de
from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.models import Acheminement
from cordee.metier.courriers.regles.acheminement import heure_permise
from cordee.metier.courriers.services import pdf
from cordee.metier.courriers.services.acheminement import (
    noter_depart,
    noter_refus,
    noter_report,
    prendre,
    reprendre_les_interrompus,
)
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import PARIS

SANS_ADRESSE = "sans_adresse"


@dataclass(slots=True)
class Bilan:
    """What one passage did, by way."""

    partis: int = 0
    refuses: int = 0
    reportes: int = 0


def acheminer(*, par: Agent, le: datetime, horloge: Callable[[], datetime] | None = None) -> dict[Canal, Bilan]:
    """Send what may leave now, at most the hourly pace of each provider (``DEBIT_*`` messages a minute).

    At night, and on Sundays and public holidays for text messages, nothing leaves. A way without a provider keeps its
    messages waiting.

    Args:
        horloge: the instant of each answer; ``le`` for all by default.
    """
    maintenant = horloge or (lambda: le)
    reprendre_les_interrompus(par=par, le=le)
    bilans = {}
    for canal, debit in ((Canal.COURRIEL, settings.COURRIEL_DEBIT), (Canal.SMS, settings.SMS_DEBIT)):
        transporteur = transporteur_de(canal)
        ici = le.astimezone(PARIS)
        if transporteur is None or heure_permise(canal, ici) > ici:
            continue
        bilans[canal] = _passer(transporteur, debit, par=par, le=le, maintenant=maintenant)
    return bilans


def _passer(
    transporteur: Transporteur, debit: int, *, par: Agent, le: datetime, maintenant: Callable[[], datetime]
) -> Bilan:
    bilan = Bilan()
    with transporteur.ouvrir():
        for _ in range(debit):
            pris = prendre(canal=transporteur.canal, le=le)
            if pris is None:
                break
            _envoyer(transporteur, pris, bilan, par=par, le=maintenant())
    return bilan


def _envoyer(transporteur: Transporteur, acheminement: Acheminement, bilan: Bilan, *, par: Agent, le: datetime) -> None:
    message = _message(acheminement)
    if message is None:
        noter_refus(acheminement=acheminement, code=SANS_ADRESSE, par=par, le=le)
        bilan.refuses += 1
        return
    reponse = transporteur.envoyer(message)
    if reponse.issue is Issue.PARTI:
        noter_depart(acheminement=acheminement, code=reponse.code, par=par, le=le)
        bilan.partis += 1
    elif reponse.issue is Issue.REFUSE:
        noter_refus(acheminement=acheminement, code=reponse.code, par=par, le=le)
        bilan.refuses += 1
    else:
        noter_report(acheminement=acheminement, code=reponse.code, par=par, le=le)
        bilan.reportes += 1


def _message(acheminement: Acheminement) -> Message | None:
    """What is to be sent, to the contact it was written for; None when that contact is gone."""
    courrier = acheminement.courrier
    contenu = courrier.donnees.get("message_court") or {}
    if courrier.contact is None or courrier.contact.en_echec or not contenu.get("texte"):
        return None
    return Message(
        reference=courrier.donnees["reference"], a=courrier.contact.valeur, texte=contenu["texte"],
        objet=contenu.get("objet", ""), piece=pdf(courrier) if contenu.get("piece_jointe") else None,
    )  # fmt: skip
