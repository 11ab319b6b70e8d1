"""Reads of the decisions taken on the allowance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from cordee.metier.devoirs.enums import StatutMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_des_groupes, ids_du_groupe


def mesures_de(personne: Personne) -> QuerySet[MesureDecidee]:
    """The decisions known of a person, latest first. The caller has checked her perimeter."""
    return MesureDecidee.objects.filter(personne__in=ids_du_groupe(personne)).order_by("-debut", "-pk")


def mesures_en_cours(personne: Personne, *, au: date) -> QuerySet[MesureDecidee]:
    """Those that bear on the allowance on a day."""
    return mesures_de(personne).filter(Q(fin__isnull=True) | Q(fin__gt=au), debut__lte=au, statut=StatutMesure.DECIDEE)


def dernieres_mesures(personnes: Iterable[int]) -> dict[int, MesureDecidee]:
    """Person → her latest decision, for the lines of a list: two queries."""
    groupes = ids_des_groupes(personnes)
    qui = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
    trouvees: defaultdict[int, list[MesureDecidee]] = defaultdict(list)
    for mesure in MesureDecidee.objects.filter(personne__in=list(qui)).order_by("debut", "pk"):
        trouvees[qui[mesure.personne_id]].append(mesure)
    return {pk: mesures[-1] for pk, mesures in trouvees.items()}
