"""Service levels of a structure (REQ-27): a target, a drift, and the sentence that says it.

Delays of convocation go « de 3 jours à environ un mois » from one structure to the next: the median of the last weeks
is held against a target (an *objectif*, never cited to a person: E08) and against the weeks before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cordee.metier.rendezvous.enums import AlerteService
from cordee.reglementation.parametres import decimale, entier

UNE_SEMAINE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Periodes:
    """The weeks that are compared: ``recente`` [debut, fin[ follows ``avant`` [debut, fin[."""

    avant: date
    recente: date
    fin: date

    @property
    def semaines(self) -> list[date]:
        """First day of each week, oldest first."""
        nombre = (self.fin - self.avant) // UNE_SEMAINE
        return [self.avant + rang * UNE_SEMAINE for rang in range(nombre)]


@dataclass(frozen=True, slots=True)
class Seuil:
    """What one level is held against: ``cible``; a rise that is both a share (``hausse``) and a size (``pas``)."""

    cible: float
    hausse: float
    pas: float
    minimum: int


@dataclass(frozen=True, slots=True)
class Mesure:
    """One level over the two periods: a median in days, or a rate from 0 to 1; ``None`` when nothing was counted."""

    recente: float | None = None
    avant: float | None = None
    nombre: int = 0
    nombre_avant: int = 0

    @property
    def hausse(self) -> float | None:
        """How much it grew, as a share of what it was; ``None`` when there is nothing to compare.

        >>> Mesure(12.0, 8.0, 20, 40).hausse, Mesure(12.0, None, 20, 0).hausse
        (0.5, None)
        """
        if self.recente is None or not self.avant:
            return None
        return (self.recente - self.avant) / self.avant


def periodes(au: date) -> Periodes:
    """Whole weeks up to yesterday: the recent ones, and those before.

    >>> p = periodes(date(2026, 2, 17))
    >>> p.avant.isoformat(), p.recente.isoformat(), p.fin.isoformat(), len(p.semaines)
    ('2025-11-25', '2026-01-20', '2026-02-17', 12)
    """
    recentes, avant = entier("service_semaines_recentes", au=au), entier("service_semaines_avant", au=au)
    recente = au - recentes * UNE_SEMAINE
    return Periodes(recente - avant * UNE_SEMAINE, recente, au)


def seuils(au: date) -> dict[str, Seuil]:
    """The parameters in force on a day, by level (``convocation``, ``entretien``: days; ``absences``: a share).

    >>> {nom: s.cible for nom, s in seuils(date(2026, 2, 17)).items()}
    {'convocation': 21, 'entretien': 28, 'absences': 0.3}
    """
    hausse, minimum = float(decimale("service_hausse", au=au)), entier("service_minimum", au=au)
    jours = entier("service_hausse_jours", au=au)
    return {
        "convocation": Seuil(entier("service_delai_convocation", au=au), hausse, jours, minimum),
        "entretien": Seuil(entier("service_delai_entretien", au=au), hausse, jours, minimum),
        "absences": Seuil(
            float(decimale("service_taux_absence", au=au)), hausse, float(decimale("service_hausse_taux", au=au)),
            entier("service_minimum_taux", au=au),
        ),
    }  # fmt: skip


def alertes(mesure: Mesure, seuil: Seuil) -> frozenset[AlerteService]:
    """Whether the level misses its target, and whether it drifts. Under the minimum count nothing is concluded.

    >>> s = Seuil(cible=21, hausse=0.3, pas=3, minimum=10)
    >>> sorted(a.value for a in alertes(Mesure(24.0, 16.0, 30, 60), s))
    ['cible', 'derive']
    >>> alertes(Mesure(24.0, 16.0, 3, 60), s), alertes(Mesure(4.0, 2.0, 30, 60), s)
    (frozenset(), frozenset())
    """
    if mesure.recente is None or mesure.nombre < seuil.minimum:
        return frozenset()
    trouvees = set()
    if mesure.recente > seuil.cible:
        trouvees.add(AlerteService.CIBLE)
    hausse = mesure.hausse if mesure.nombre_avant >= seuil.minimum else None
    if hausse is not None and hausse >= seuil.hausse and mesure.recente - (mesure.avant or 0) >= seuil.pas:
        trouvees.add(AlerteService.DERIVE)
    return frozenset(trouvees)
