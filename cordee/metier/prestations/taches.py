"""The background jobs of this room: estimates are computed while agents go on working."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.metier.prestations.selectors import simulations_en_attente
from cordee.metier.prestations.services import calculer_en_attente, reveiller
from cordee.socle import horloge


@app.task(name="prestations.calculer")
def calculer() -> None:
    """Compute every estimate that waits. Run again after a cut, it finds what is left; the model is not loaded for
    nothing.
    """
    if not simulations_en_attente():
        return
    from cordee.metier.prestations.moteur import estimer  # noqa: PLC0415 - the worker alone loads the model

    calculer_en_attente(moteur=estimer, maintenant=horloge.maintenant)


@app.periodic(cron="*/10 * * * *")
@app.task(name="prestations.rattraper", queueing_lock="prestations_rattraper")
def rattraper(timestamp: int) -> None:
    """Estimates whose request was cut between its commit and the word to the worker."""
    if simulations_en_attente():
        reveiller()
