"""The background job that loads a file: agents go on working meanwhile (R31)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet.rejeu import rejouer_la_demande
from cordee.echanges.guichet.services import charger
from cordee.metier.organismes.models import Agent
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier

__all__ = ["INTERROMPU", "charger_fichier", "rejouer_la_demande"]

INTERROMPU = "Interrompu : à relancer"


@app.task(name="guichet.charger_fichier", aliases=["caf.charger_fichier"], lock="fichiers")
def charger_fichier(fichier_id: int, par_id: int, confirmer: bool = False) -> None:
    """Load a file that an agent asked for. A refusal is an ordinary end: its reason is kept with the file.

    Cut at any moment, nothing is half done: the page offers to ask again. The alias is the name of jobs queued by
    earlier versions.
    """
    fichier = FichierRecu.objects.get(pk=fichier_id)
    try:
        charger(fichier=fichier, par=Agent.objects.get(pk=par_id), le=horloge.maintenant(), confirmer=confirmer)
    except ErreurMetier:
        # Told on the page: the reason is in the row. What was asked and did not happen can be asked again.
        FichierRecu.objects.filter(pk=fichier_id, statut=StatutFichier.RECU).update(etape_traitement=INTERROMPU)
