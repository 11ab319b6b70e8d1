"""The waiting list, and the place each person could have now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, QuerySet

from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutAttente, StatutCreneau
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
    candidats = list(
        creneaux_libres(
            du=du, au=du + timedelta(days=JOURS_CHERCHES), structures={a.structure_id for a in attentes}, langue=None
        )
    )
    donnes = repartir(_attendus(attentes), libres_de(candidats), cout=_le_plus_tot)
    par_pk = {c.pk: c for c in candidats}
    return [
        PlaceProposee(a, par_pk[libre.cle] if (libre := donnes[a.pk]) is not None else None) for a in attentes
    ]  # fmt: skip


def premiere_pour(creneau: Creneau, *, le: datetime) -> Attente | None:
    """The oldest deadline that this slot suits; ``None``: nobody, full, closed, or too soon to tell anybody."""
    lu = (
        Creneau.objects.filter(pk=creneau.pk, statut=StatutCreneau.OUVERT, debut__gte=le + DELAI_PREVENIR)
        .filter(prises__lt=F("places") + F("surplus"))
        .first()
    )
    if lu is None:
        return None
    suivants = Creneau.objects.filter(structure=lu.structure_id, genre=lu.genre, debut=lu.fin).filter(
        statut=StatutCreneau.OUVERT, prises__lt=F("places") + F("surplus")
    )
    libres = [x for x in libres_de([lu, *suivants]) if x.cle == lu.pk or x.debut == lu.fin]
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
