"""Asking the background worker to load a file: the agent goes on working meanwhile (R31)."""

from __future__ import annotations

from django.db import transaction

from cordee.echanges.caf.depot import DepotFige, mettre_en_attente
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet.taches import charger_fichier
from cordee.metier.organismes.models import Agent


@transaction.atomic
def demander(*, fichier: FichierRecu, par: Agent, confirmer: bool) -> None:
    """Queue the loading. The job exists only if the request succeeds: both are in one transaction.

    Raises:
        DepotFige: it is asked for, being done, or done.
    """
    mettre_en_attente(fichier=fichier)
    charger_fichier.defer(fichier_id=fichier.pk, par_id=par.pk, confirmer=confirmer)


def relancer(*, fichier: FichierRecu, par: Agent) -> None:
    """Queue again a loading that seems to have stopped. Harmless otherwise: the second waits, then finds it done.

    Raises:
        DepotFige: it is not being loaded.
    """
    if fichier.statut != StatutFichier.EN_COURS:
        raise DepotFige("Ce fichier n'est pas en cours de chargement : rechargez la page.")
    charger_fichier.defer(fichier_id=fichier.pk, par_id=par.pk, confirmer=False)
