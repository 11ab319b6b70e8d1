"""Asking the background worker to load a file: the agent goes on working meanwhile (R31)."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

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


def avant(fichier: FichierRecu) -> list[FichierRecu]:
    """The files whose loading comes before this one's, the first one first. Two queries."""
    demandes = ProcrastinateJob.objects.filter(task_name=charger_fichier.name, status__in=("todo", "doing"))
    ordre: list[int] = []
    for args in demandes.order_by("id").values_list("args", flat=True):
        if args["fichier_id"] == fichier.pk:
            break
        ordre.append(args["fichier_id"])
    encore = (
        FichierRecu.objects.exclude(statut__in=(StatutFichier.CHARGE, StatutFichier.REFUSE))
        .select_related("organisme", "emetteur")
        .in_bulk(ordre)
    )
    return [encore[pk] for pk in dict.fromkeys(ordre) if pk in encore]
