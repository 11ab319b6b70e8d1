"""Background work on what leaves: files of batches, messages."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from cordee.echanges.messagerie import codes
from cordee.echanges.messagerie.chiffres import envoyer_les_chiffres
from cordee.echanges.messagerie.envoi import acheminer
from cordee.echanges.messagerie.impression import preparer_fichiers
from cordee.metier.courriers.models import LotImpression
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.participation.models import CodeUnique
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier

journal = logging.getLogger(__name__)


@app.task(name="messagerie.composer", lock="impression")
def composer(lot_id: int) -> None:
    """Make the files of a batch. A refusal is an ordinary end: its reason is kept with the batch, and told there."""
    lot = LotImpression.objects.filter(pk=lot_id).first()
    if lot is None:
        return
    try:
        preparer_fichiers(lot=lot, le=horloge.maintenant())
    except ErreurMetier:
        return  # told on the page of the batch


@app.periodic(cron="* * * * *")
@app.task(name="messagerie.envoyer", queueing_lock="messages", lock="messages")
def envoyer(timestamp: int) -> None:
    """Every minute: the messages whose hour has come."""
    for canal, bilan in acheminer(
        par=agent_systeme(), le=horloge.maintenant(), horloge=horloge.maintenant
    ).items():  # fmt: skip
        if bilan.partis or bilan.refuses or bilan.reportes:
            journal.info("%s: %d sent, %d refused, %d put off", canal, bilan.partis, bilan.refuses, bilan.reportes)


@app.task(name="messagerie.envoyer_code", priority=10)
def envoyer_code(code_id: int) -> None:
    """One one-time code, at once. The job carries its number alone."""
    code = CodeUnique.objects.select_related("contact").filter(pk=code_id).first()
    if code is not None:
        codes.envoyer_code(code=code, par=agent_systeme(), le=horloge.maintenant())


@app.periodic(cron="3-59/10 * * * *")
@app.task(name="messagerie.envoyer_les_chiffres", queueing_lock="chiffres_par_courriel", lock="chiffres_par_courriel")
def envoyer_les_chiffres_demandes(timestamp: int) -> None:
    """Every ten minutes, after the figures: the views that agents asked to receive, when they are due."""
    bilan = envoyer_les_chiffres(le=horloge.maintenant(), horloge=horloge.maintenant)
    if bilan.partis or bilan.refuses or bilan.reportes:
        journal.info("figures: %d sent, %d refused, %d put off", bilan.partis, bilan.refuses, bilan.reportes)
