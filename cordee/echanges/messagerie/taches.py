"""Background work on what leaves: files of batches."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.echanges.messagerie.impression import preparer_fichiers
from cordee.metier.courriers.models import LotImpression
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier


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
