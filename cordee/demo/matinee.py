"""A living morning: a bounded number of acts, through the product's own services, on whatever the files left.

Everybody who opens the demonstration finds a believable day: appointments, letters really made, decisions to hand
over, contacts of the week, files to accept. Numbers of acts are hypotheses; the same seed on the same day gives the
same morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cordee.demo.matinee_atelier import Atelier
from cordee.demo.matinee_plateforme import Plateforme
from cordee.demo.matinee_referents import Referents
from cordee.demo.organisation import Organisation


@dataclass(frozen=True, slots=True)
class BilanMatinee:
    """Acts done by kind, and what the product refused (sentence → times)."""

    actes: dict[str, int]
    refus: dict[str, int]


@transaction.atomic
def vivre_la_matinee(organisation: Organisation, *, graine: int, le: datetime) -> BilanMatinee:
    """Live the last days of work, up to the instant ``le``. At most about a thousand acts."""
    atelier = Atelier(organisation, graine, le)
    plateforme, referents = Plateforme(atelier), Referents(atelier)
    plateforme.vivre()
    referents.vivre()
    plateforme.poster()
    return BilanMatinee(dict(atelier.actes.most_common()), dict(atelier.refus.most_common()))
