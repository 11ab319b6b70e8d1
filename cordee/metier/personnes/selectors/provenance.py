"""Where each fact about a person comes from, and since when: the dated rows behind her page, present and past.

A constant number of queries, whatever their number. No perimeter: the person comes from ``personne_visible``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Max, Q

from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    Contact,
    DroitFoyer,
    DroitPersonne,
    Identifiant,
    OuvertureDroit,
    Personne,
)
from cordee.metier.personnes.selectors.groupes import ids_du_groupe

Ligne = TypeVar("Ligne", Adresse, DroitFoyer)
MAXIMUM = 60
"""Rows read of each kind: five years of months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The rows, the latest first in each list. ``fiches``: her row, and those merged into her.

    ``membres``: roles in the households she belongs to now, the others' rows left out of names. ``identite_modifiee``:
    last change of her civil status, ``None`` when nothing changed since it was created. The NIR's row says that it is
    known, from whom and since when: never its value.
    """

    fiches: list[Personne]
    identite_modifiee: datetime | None
    numeros: list[Identifiant]
    adresses: list[Adresse]
    contacts: list[Contact]
    appartenances: list[Appartenance]
    membres: list[Appartenance]
    droits_foyer: list[DroitFoyer]
    droits_personne: list[DroitPersonne]
    ouvertures: list[OuvertureDroit]

    @property
    def fichiers(self) -> set[int]:
        """Ids of the files these rows come from."""
        lignes = (self.adresses, self.contacts, self.droits_foyer, self.droits_personne)
        return {ligne.fichier_id for liste in lignes for ligne in liste if ligne.fichier_id}


def provenance(personne: Personne) -> Provenance:
    """All that is dated about a person. Eleven queries.

    Of a household she left, only what was true while she was in it: where the others live since is not hers to show.
    """
    ids = ids_du_groupe(personne)
    recent = (F("fin").desc(nulls_first=True), "-debut", "-pk")
    appartenances = list(
        Appartenance.objects.filter(personne__in=ids)
        .select_related("foyer", "foyer__organisme")
        .order_by(*recent)[:MAXIMUM]
    )
    foyers = {a.foyer_id for a in appartenances}
    actuels = {a.foyer_id for a in appartenances if a.fin is None}
    adresses = Adresse.objects.filter(Q(personne__in=ids) | Q(foyer__in=foyers))
    departs = _departs(appartenances)
    return Provenance(
        fiches=list(Personne.objects.filter(pk__in=ids).order_by("pk")),
        identite_modifiee=Personne.objects.filter(pk__in=ids).aggregate(dernier=Max("events__pgh_created_at"))[
            "dernier"
        ],
        numeros=list(
            Identifiant.objects.filter(personne__in=ids)
            .defer("valeur_chiffree", "empreinte")
            .order_by("genre", *recent)[:MAXIMUM]
        ),
        adresses=_vecues(adresses.select_related("commune", "domiciliataire").order_by(*recent)[:MAXIMUM], departs),
        contacts=list(Contact.objects.filter(personne__in=ids).order_by("genre", *recent)[:MAXIMUM]),
        appartenances=appartenances,
        membres=list(
            Appartenance.objects.filter(foyer__in=actuels, fin__isnull=True).exclude(personne__in=ids).order_by("debut")
        ),
        droits_foyer=_vecues(
            DroitFoyer.objects.filter(foyer__in=foyers)
            .select_related("foyer__organisme")
            .defer("detail")
            .order_by(*recent)[:MAXIMUM],
            departs,
        ),
        droits_personne=list(
            DroitPersonne.objects.filter(personne__in=ids).defer("detail").order_by(*recent)[:MAXIMUM]
        ),
        ouvertures=list(OuvertureDroit.objects.filter(personne__in=ids).order_by("-recue_le")[:MAXIMUM]),
    )


def _departs(appartenances: Iterable[Appartenance]) -> dict[int, date]:
    """Household she left → the day she did."""
    departs: dict[int, date] = {}
    restees = set()
    for a in appartenances:
        if a.fin is None:
            restees.add(a.foyer_id)
        else:
            departs[a.foyer_id] = max(a.fin, departs.get(a.foyer_id, a.fin))
    return {foyer: fin for foyer, fin in departs.items() if foyer not in restees}


def _vecues(lignes: Iterable[Ligne], departs: dict[int, date]) -> list[Ligne]:
    """The rows of a household up to the day she left it (in memory only: nothing is saved)."""
    vecues = []
    for ligne in lignes:
        depart = departs.get(ligne.foyer_id or 0)
        if depart is not None:
            if ligne.debut >= depart:
                continue
            ligne.fin = min(ligne.fin or depart, depart)
        vecues.append(ligne)
    return vecues
