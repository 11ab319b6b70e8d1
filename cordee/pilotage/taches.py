"""The background jobs of steering."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.pilotage.etudes.services import TACHE, calculer_en_attente
from cordee.pilotage.rapports import editions
from cordee.socle import horloge


@app.task(name=TACHE, lock="etudes")
def calculer_les_etudes() -> None:
    """Compute every study that waits: run again after a cut, it finds what is left."""
    calculer_en_attente(maintenant=horloge.maintenant)


@app.periodic(cron="*/10 * * * *")
@app.task(name="pilotage.etudes.rattraper", queueing_lock="etudes_rattraper", lock="etudes")
def rattraper_les_etudes(timestamp: int) -> None:
    """Studies whose request was cut between its commit and the word to the worker."""
    calculer_en_attente(maintenant=horloge.maintenant)


@app.task(name=editions.TACHE, lock="rapports")
def preparer_les_rapports() -> None:
    """Compute the reports asked for and make the files that wait: run again after a cut, it finds what is left."""
    editions.preparer_en_attente(maintenant=horloge.maintenant)


@app.periodic(cron="*/10 * * * *")
@app.task(name="pilotage.rapports.rattraper", queueing_lock="rapports_rattraper", lock="rapports")
def rattraper_les_rapports(timestamp: int) -> None:
    """Requests cut between their commit and the word to the worker."""
    editions.preparer_en_attente(maintenant=horloge.maintenant)
