"""How many people did not come, by structure and kind, over a dated window."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Count, Q

from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.surreservation import Observation
from cordee.socle.horloge import PARIS

S = StatutRendezVous


def absences_observees(
    *, du: date, au: date, structures: Collection[int] | None = None
) -> dict[tuple[int, str], Observation]:
    """(structure, kind) → who came and who did not over ``[du, au)``. One query.

    Absences noted, excused afterwards or not at all; who excused herself before the hour, or was cancelled, freed her
    place and is not counted. Walk-ins had no place.
    """
    debut, fin = (datetime.combine(j, time(), tzinfo=PARIS) for j in (du, au))
    constates = RendezVous.objects.filter(debut__gte=debut, debut__lt=fin, statut__in=(S.HONORE, S.ABSENT))
    if structures is not None:
        constates = constates.filter(structure__in=list(structures))
    lignes = constates.values("structure", "genre").annotate(
        venues=Count("pk", filter=Q(statut=S.HONORE)), absences=Count("pk", filter=Q(statut=S.ABSENT))
    )
    return {
        (ligne["structure"], ligne["genre"]): Observation(venues=ligne["venues"], absences=ligne["absences"])
        for ligne in lignes.order_by()
    }
