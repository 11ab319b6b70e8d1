"""Overbooking: the manager sets a ceiling, the observed no-show rate sets how much of it is used (R4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutCreneau
from cordee.metier.rendezvous.models import Creneau, Surreservation
from cordee.metier.rendezvous.regles.surreservation import Observation, etaler, surplus_admis
from cordee.metier.rendezvous.selectors.surreservation import absences_observees
from cordee.socle.contraintes import enregistrer
from cordee.socle.horloge import jour

FENETRE: Final = timedelta(days=182)
"""No-shows of the last six months, up to yesterday."""


@transaction.atomic
def fixer_plafond(
    *, structure: Structure, genre: GenreRendezVous, plafond: int, par: Agent, le: datetime
) -> Surreservation:
    """Set the ceiling (percentage of the places, 0 to 50) of a structure and kind; future slots follow at once.

    Raises:
        ContrainteViolee: over 50 %.
    """
    reglage = Surreservation.objects.select_for_update().filter(structure=structure, genre=genre).first()
    reglage = reglage or Surreservation(structure=structure, genre=GenreRendezVous(genre))
    reglage.plafond, reglage.fixe_par, reglage.fixe_le = plafond, par, le
    enregistrer(reglage)
    _appliquer([reglage], le=le)
    return reglage


@transaction.atomic
def appliquer_surreservation(*, le: datetime) -> int:
    """Once a day: every ceiling applied again with the no-shows observed since. Returns the slots that changed."""
    return _appliquer(list(Surreservation.objects.select_for_update().order_by("pk")), le=le)


def _appliquer(reglages: list[Surreservation], *, le: datetime) -> int:
    if not reglages:
        return 0
    du, au = jour(le - FENETRE), jour(le)
    observees = absences_observees(du=du, au=au, structures={r.structure_id for r in reglages})
    change = 0
    for reglage in reglages:
        vue = observees.get((reglage.structure_id, reglage.genre), Observation(0, 0))
        reglage.venues, reglage.absences = vue.venues, vue.absences
        reglage.observe_du, reglage.observe_au = du, au
        change += _poser(reglage, vue, le=le)
    Surreservation.objects.bulk_update(reglages, ["venues", "absences", "observe_du", "observe_au"])
    return change


def _poser(reglage: Surreservation, vue: Observation, *, le: datetime) -> int:
    """Share each day's surplus among its slots; a place already held is never withdrawn."""
    a_venir = Creneau.objects.filter(
        structure=reglage.structure_id, genre=reglage.genre, statut=StatutCreneau.OUVERT, debut__gt=le, langue=""
    ).order_by("debut", "pk")
    jours: dict[date, list[tuple[int, int, int]]] = defaultdict(list)
    for pk, debut, places, surplus in a_venir.values_list("pk", "debut", "places", "surplus"):
        jours[jour(debut)].append((pk, places, surplus))
    voulus: dict[int, list[int]] = defaultdict(list)
    for pk, surplus in _du_jour(jours.values(), vue, reglage.plafond):
        voulus[surplus].append(pk)
    return sum(
        Creneau.objects.filter(pk__in=ids).update(
            surplus=Greatest(Value(surplus), F("prises") - F("places"))
        )
        for surplus, ids in voulus.items()
    )  # fmt: skip


def _du_jour(jours: Iterable[list[tuple[int, int, int]]], vue: Observation, plafond: int) -> Iterable[tuple[int, int]]:
    """The slots whose surplus changes, and to what. Days of equal places are computed once."""
    connus: dict[tuple[int, ...], list[int]] = {}
    for lignes in jours:
        places = tuple(p for _, p, _ in lignes)
        if places not in connus:
            connus[places] = etaler(places, surplus_admis(sum(places), vue, plafond=plafond).nombre)
        for (pk, _, avant), apres in zip(lignes, connus[places], strict=True):
            if avant != apres:
                yield pk, apres
