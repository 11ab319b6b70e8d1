"""Where and when: the département of this installation, the ends of its months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from cordee.socle import memoire
from cordee.territoires.models import Commune


@dataclass(frozen=True, slots=True)
class Carte:
    """What is inside what: the département's code, the EPT of each commune."""

    departement: str
    ept_des_communes: Mapping[str, str]


def carte() -> Carte:
    """The département of this installation: the one most communes of the map are in. Read once for a page."""
    return memoire.retenir("pilotage.carte", _lire)


def _lire() -> Carte:
    departements = Commune.objects.values_list("departement").annotate(n=Count("pk")).order_by("-n", "departement")
    premier = departements.first()
    code = str(premier[0]) if premier else ""
    epts = Commune.objects.filter(departement=code, ept__isnull=False).values_list("pk", "ept_id")
    return Carte(code, dict(epts))


def fins_de_mois(debut: date, fin: date) -> list[date]:
    """The last days of months from one day to another, both included.

    >>> fins_de_mois(date(2025, 12, 31), date(2026, 2, 27))
    [datetime.date(2025, 12, 31), datetime.date(2026, 1, 31)]
    """
    jours = []
    jour = fin_de_mois(debut)
    while jour <= fin:
        jours.append(jour)
        jour = fin_de_mois(jour + timedelta(days=1))
    return jours


def fin_de_mois(jour: date) -> date:
    return (jour.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
