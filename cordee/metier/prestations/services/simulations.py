"""Estimates: asked for, computed in the background by batches, kept by their inputs, forgotten when unused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from cordee.metier.organismes.models import Agent
from cordee.metier.prestations.enums import Statut
from cordee.metier.prestations.models import Simulation
from cordee.metier.prestations.regles import Hypotheses, Resultat
from cordee.metier.prestations.regles.version import version
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour

TACHE: Final = "prestations.calculer"
VERROU: Final = "prestations"
PRIORITE: Final = 10
"""Somebody waits in front of the screen: before the files and the letters that wait too."""
LOT: Final = 10_000
ESSAIS: Final = 3
Moteur = Callable[[Sequence[Hypotheses]], list[Resultat]]


@transaction.atomic
def demander_simulation(*, hypotheses: Hypotheses, par: Agent, le: datetime) -> Simulation:
    """The estimate of a household: the one already kept for these inputs, else one that waits to be computed.

    The worker is told after the commit: a batch already on its way may have been read before our row existed.
    """
    nom = version()
    simulation, neuve = Simulation.objects.get_or_create(
        empreinte=hypotheses.empreinte(nom),
        defaults={
            "version": nom, "hypotheses": hypotheses.en_json(), "demandee_par": par, "demandee_le": le,
            "servie_le": jour(le),
        },
    )  # fmt: skip
    if not neuve and simulation.servie_le != jour(le):
        simulation.servie_le = jour(le)
        simulation.save(update_fields=["servie_le"])
    if simulation.statut == Statut.ECHEC:
        simulation.statut, simulation.essais = Statut.EN_ATTENTE, 0
        simulation.save(update_fields=["statut", "essais"])
    if simulation.statut == Statut.EN_ATTENTE:
        transaction.on_commit(reveiller)
    return simulation


def reveiller() -> bool:
    """Tell the worker that estimates wait; ``False`` when it is told already."""
    tache = app.configure_task(TACHE, queueing_lock=VERROU, lock=VERROU, priority=PRIORITE)
    try:
        with transaction.atomic():
            tache.defer()
    except AlreadyEnqueued:
        return False
    return True


def calculer_en_attente(*, moteur: Moteur, maintenant: Callable[[], datetime]) -> int:
    """Compute the estimates that wait, by batches; returns how many were computed.

    A batch that fails is taken again one by one, so that one impossible household never holds the others; after three
    tries it is left aside and says so.
    """
    total = 0
    while lot := list(Simulation.objects.filter(statut=Statut.EN_ATTENTE).order_by("id")[:LOT]):
        total += _calculer(lot, moteur, maintenant)
    return total


def _calculer(lot: Sequence[Simulation], moteur: Moteur, maintenant: Callable[[], datetime]) -> int:
    try:
        resultats = moteur([Hypotheses.de_json(s.hypotheses) for s in lot])
    except Exception:  # noqa: BLE001 - whatever the model refuses, the other households are computed
        if len(lot) > 1:
            return sum(_calculer([s], moteur, maintenant) for s in lot)
        _echouer(lot[0])
        return 0
    le = maintenant()
    for simulation, resultat in zip(lot, resultats, strict=True):
        simulation.statut, simulation.resultat, simulation.calculee_le = Statut.CALCULEE, resultat.en_json(), le
    with transaction.atomic():
        Simulation.objects.bulk_update(lot, ["statut", "resultat", "calculee_le"], batch_size=1000)
    return len(lot)


def _echouer(simulation: Simulation) -> None:
    simulation.essais += 1
    if simulation.essais >= ESSAIS:
        simulation.statut = Statut.ECHEC
    simulation.save(update_fields=["essais", "statut"])


def purger_simulations(*, le: datetime) -> int:
    """Erase what nobody opened for a while; returns how many."""
    au = jour(le)
    limite = au - timedelta(days=entier("simulation_conservation_jours", au=au))
    return Simulation.objects.filter(servie_le__lt=limite).delete()[0]
