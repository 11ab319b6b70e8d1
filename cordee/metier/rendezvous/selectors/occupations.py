"""At which hours people are expected already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous

Heures = tuple[tuple[datetime, datetime], ...]


def occupations(personnes: Collection[int], *, sauf: Collection[int] = ()) -> dict[int, Heures]:
    """The hours of their expected appointments, those of ``sauf`` left out. One query."""
    heures: dict[int, list[tuple[datetime, datetime]]] = {}
    attendus = RendezVous.objects.filter(personne__in=list(personnes), statut=StatutRendezVous.PREVU)
    for personne, debut, fin in attendus.exclude(pk__in=list(sauf)).values_list("personne", "debut", "fin"):
        heures.setdefault(personne, []).append((debut, fin))
    return {personne: tuple(paires) for personne, paires in heures.items()}
