"""Reads of targets: those aimed at on a day, those whose day has come (the promises), the whole history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from cordee.metier.organismes.models import Structure
from cordee.pilotage.carte import carte
from cordee.pilotage.cibles.regles import PROMESSE
from cordee.pilotage.enums import Niveau
from cordee.pilotage.models import Cible
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Commune, Ept


def cibles(codes: Collection[str], territoire: str, au: date) -> dict[str, Cible]:
    """By indicator, the next target of a territory as it was aimed at on a day: the nearest day that is not over."""
    return _par_code(_connues(codes, territoire, au).filter(echeance__gt=au).order_by("-echeance", "pk"))


def promesses(codes: Collection[str], territoire: str, au: date) -> dict[str, Cible]:
    """By indicator, the last target whose day has come in the eighteen months before: last year's promise."""
    echues = _connues(codes, territoire, au).filter(echeance__lte=au, echeance__gt=au - PROMESSE)
    return _par_code(echues.order_by("echeance", "pk"))


def toutes(*, retirees: bool = False) -> QuerySet[Cible]:
    """Every target in force, by indicator then day; ``retirees``: those taken back, latest first."""
    lues = Cible.objects.select_related("agent", "par", "retiree_par")
    if retirees:
        return lues.filter(retiree_le__isnull=False).order_by("-retiree_le", "-pk")
    return lues.filter(retiree_le__isnull=True).order_by("code", "territoire", "echeance")


def lieux() -> dict[Niveau, dict[str, str]]:
    """Every territory a target may be fixed for: level → code → name, by name; figures need not be there yet."""
    departement = carte().departement
    epts = Ept.objects.filter(communes__departement=departement).distinct().order_by("nom")
    communes = Commune.objects.filter(departement=departement).order_by("nom")
    return {
        Niveau.DEPARTEMENT: {departement: "Tout le département"} if departement else {},
        Niveau.EPT: dict(epts.values_list("pk", "nom")),
        Niveau.COMMUNE: dict(communes.values_list("pk", "nom")),
        Niveau.STRUCTURE: dict(Structure.objects.order_by("nom").values_list("code", "nom")),
    }


def _connues(codes: Collection[str], territoire: str, au: date) -> QuerySet[Cible]:
    """Those of that territory that were fixed by that day and not yet taken back at its end."""
    soir = datetime.combine(au, time.max, tzinfo=PARIS)
    return Cible.objects.select_related("agent").filter(
        Q(retiree_le__isnull=True) | Q(retiree_le__gt=soir), code__in=codes, territoire=territoire, fixee_le__lte=au
    )


def _par_code(lues: QuerySet[Cible]) -> dict[str, Cible]:
    """The last of each indicator in the order given."""
    return {c.code: c for c in lues}
