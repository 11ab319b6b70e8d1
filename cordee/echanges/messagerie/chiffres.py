"""The figures agents asked for by e-mail: aggregates and a link, handed to the mail server one by one (V8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from cordee.echanges.messagerie.envoi import Bilan
from cordee.echanges.messagerie.transporteurs import Issue, Message, Transporteur, transporteur_de
from cordee.metier.courriers.enums import Canal
from cordee.pilotage.models import EnvoiVue
from cordee.pilotage.vues_gardees import envois


def envoyer_les_chiffres(*, le: datetime, horloge: Callable[[], datetime] | None = None) -> Bilan:
    """Queue what is due, then send what waits, at most the pace of the server. Without a server, messages wait.

    Args:
        horloge: the instant of each answer; ``le`` for all by default.
    """
    maintenant = horloge or (lambda: le)
    bilan = Bilan()
    envois.preparer(le=le)
    envois.reprendre(le=le)
    transporteur = transporteur_de(Canal.COURRIEL)
    if transporteur is None:
        return bilan
    with transporteur.ouvrir():
        for _ in range(settings.COURRIEL_DEBIT):
            envoi = envois.prendre(le=le)
            if envoi is None:
                break
            _envoyer(transporteur, envoi, bilan, le=maintenant())
    return bilan


def _envoyer(transporteur: Transporteur, envoi: EnvoiVue, bilan: Bilan, *, le: datetime) -> None:
    courriel = envois.ecrire(envoi, le=le)
    if courriel is None:
        return
    reponse = transporteur.envoyer(
        Message(courriel.reference, courriel.a, courriel.texte, objet=courriel.objet, html=courriel.html)
    )
    if reponse.issue is Issue.PARTI:
        envois.noter_depart(envoi, code=reponse.code, le=le)
        bilan.partis += 1
    elif reponse.issue is Issue.REFUSE:
        envois.noter_refus(envoi, code=reponse.code, le=le)
        bilan.refuses += 1
    else:
        envois.noter_report(envoi, code=reponse.code, le=le)
        bilan.reportes += 1
