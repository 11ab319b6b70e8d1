"""The waiting list, and the place each person could have now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutAttente
from cordee.metier.rendezvous.models import Attente, Creneau
from cordee.metier.rendezvous.regles.repartition import Attendu, Cout, Libre, repartir
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres, structures_de_l_agenda
from cordee.metier.rendezvous.selectors.occupations import occupations
from cordee.metier.rendezvous.selectors.reaffectation import libres_de, minutes_avec_interprete, modalites_admises

DELAI_PREVENIR: Final = timedelta(hours=2)
"""Nobody is offered a place that begins sooner: she could not come."""
JOURS_CHERCHES: Final = 60


@dataclass(frozen=True, slots=True)
class PlaceProposee:
    """Somebody who waits, and the place she could have; ``None``: none suits her today."""

    attente: Attente
    creneau: Creneau | None


def file_d_attente(
    *, droits: Habilitation | None = None, structures: Collection[int] | None = None,
    genre: GenreRendezVous | None = None,
) -> QuerySet[Attente]:  # fmt: skip
    """Who waits, the oldest deadline first."""
    attentes = Attente.objects.filter(statut=StatutAttente.EN_ATTENTE)
    if droits is not None and (siennes := structures_de_l_agenda(droits)) is not None:
        attentes = attentes.filter(structure__in=list(siennes))
    if structures is not None:
        attentes = attentes.filter(structure__in=list(structures))
    if genre is not None:
        attentes = attentes.filter(genre=genre)
    return attentes.select_related("personne", "structure").order_by("echeance", "depuis", "pk")


def places_proposees(attentes: Sequence[Attente], *, le: datetime) -> list[PlaceProposee]:
    """The soonest place that suits each, given in the order of the list; none is promised twice. Three queries."""
    if not attentes:
        return []
    du = le + DELAI_PREVENIR
    candidats = creneaux_libres(
        du=du, au=du + timedelta(days=JOURS_CHERCHES), structures={a.structure_id for a in attentes}, langue=None
    ).filter(genre__in={a.genre for a in attentes})
    donnes = repartir(_attendus(attentes), libres_de(candidats), cout=_le_plus_tot)
    par_pk = Creneau.objects.select_related("structure", "agent", "lieu").in_bulk(
        [libre.cle for libre in donnes.values() if libre is not None]
    )
    return [
        PlaceProposee(a, par_pk[libre.cle] if (libre := donnes[a.pk]) is not None else None) for a in attentes
    ]  # fmt: skip


def premiere_pour(creneau: Creneau, *, le: datetime) -> Attente | None:
    """The oldest deadline that this slot suits; ``None``: nobody, full, closed, or too soon to tell anybody."""
    if creneau.debut < le + DELAI_PREVENIR:
        return None
    lu = Creneau.objects.filter(pk=creneau.pk).first()
    if lu is None:
        return None
    # The slot itself, and the one that could be held with it for an interpreter.
    libres = libres_de(
        creneaux_libres(
            du=lu.debut, au=lu.fin + timedelta(seconds=1), genre=GenreRendezVous(lu.genre),
            structures=[lu.structure_id], langue=None,
        ).filter(Q(pk=lu.pk) | Q(debut=lu.fin))
    )  # fmt: skip
    if all(libre.cle != lu.pk for libre in libres):
        return None
    file = list(file_d_attente(structures=[lu.structure_id], genre=GenreRendezVous(lu.genre)))
    for attente, attendu in zip(file, _attendus(file), strict=True):
        choisi = repartir([attendu], libres, cout=_le_plus_tot)[attente.pk]
        if choisi is not None and choisi.cle == lu.pk:
            return attente
    return None


def _attendus(attentes: Sequence[Attente]) -> list[Attendu]:
    occupees = occupations({a.personne_id for a in attentes})
    return [
        Attendu(
            cle=a.pk, structure=a.structure_id, genre=a.genre, modalites=modalites_admises(a.modalite),
            langue=a.personne.langue if a.personne.interprete else "",
            minutes=minutes_avec_interprete(a.genre, a.personne.langue if a.personne.interprete else ""),
            occupee=occupees.get(a.personne_id, ()),
        )
        for a in attentes
    ]  # fmt: skip


def _le_plus_tot(attendu: Attendu, libre: Libre) -> Cout:
    return (libre.debut.timestamp(),)
