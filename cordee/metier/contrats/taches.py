"""Background work on contracts: drafts prepared in number."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.metier.contrats.enums import StatutLotContrats
from cordee.metier.contrats.models import LotContrats
from cordee.metier.contrats.services.lots import avancer_lot
from cordee.socle import horloge


@app.task(name="contrats.preparer_lot", pass_context=False)
def preparer_lot(lot_id: int) -> None:
    """Part after part, each kept as soon as it is done: cut short, the work goes on where it stopped."""
    lot = LotContrats.objects.select_related("cree_par").filter(pk=lot_id).first()
    while lot is not None and lot.statut != StatutLotContrats.FAIT:
        lot = avancer_lot(lot=lot, par=lot.cree_par, le=horloge.maintenant())
