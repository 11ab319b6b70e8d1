"""Slots: the free ones, the number each structure offers, and those of an agent or a structure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutCreneau, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.socle.horloge import jour

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

_LIBRES = F("places") + F("surplus") - F("prises")


class AvecLibres(TypedDict):
    """What ``creneaux_libres`` adds to a slot."""

    libres: int


@dataclass(frozen=True, slots=True)
class Offre:
    """Places of a structure over a period: still free, and opened in all (overbooking included)."""

    libres: int
    ouvertes: int


def structures_de_l_agenda(droits: Habilitation) -> frozenset[int] | None:
    """Structures whose agenda an agent sees; ``None``: all of them."""
    if droits.departement(Permission.CONVOQUER):
        return None
    return droits.structures_de(Etendue.STRUCTURE) | droits.structures_de(Etendue.AGENT)


def creneaux_libres(
    *, du: datetime, au: datetime, genre: GenreRendezVous | None = None, pour: Agent | None = None,
    structures: Collection[int] | None = None, modalite: ModaliteRendezVous | None = None, langue: str | None = "",
) -> QuerySet[WithAnnotations[Creneau, AvecLibres]]:  # fmt: skip
    """Open slots that begin in ``[du, au)`` with a place left, soonest first, annotated ``libres``.

    ``structures``: ids to look into; ``pour``: only those whose agenda this agent sees; neither: everywhere.
    ``langue``: for a person who needs an interpreter: slots where her language is spoken, and ordinary ones (long
    enough, or followed by a free one: ``services.reserver`` decides). Without it, slots kept for a language are left
    out (``None``: every slot). Slots whose agent left, or has an appointment made by hand then, are left out too.

    Lazy: one query when read, plus one for the roles of ``pour``.
    """
    libres = (
        Creneau.objects.filter(statut=StatutCreneau.OUVERT, debut__gte=du, debut__lt=au)
        .filter(prises__lt=F("places") + F("surplus"))
        .annotate(libres=_LIBRES)
    )
    if langue is not None:
        libres = libres.filter(Q(langue="") | Q(langue=langue))
    if genre is not None:
        libres = libres.filter(genre=genre)
    if structures is not None:
        libres = libres.filter(structure__in=list(structures))
    if pour is not None:
        siennes = structures_de_l_agenda(habilitation(pour, au=jour(du)))
        libres = libres if siennes is None else libres.filter(structure__in=list(siennes))
    if modalite is not None:
        libres = libres.filter(modalite=modalite)
    return (
        libres.exclude(agent_pris())
        .select_related("structure", "lieu", "agent")
        .order_by("debut", "structure_id", "pk")
    )


def agent_pris() -> Q:
    """Slots whose agent left, or has an appointment made by hand over these hours: nobody can be booked on them."""
    a_la_main = RendezVous.objects.filter(
        agent=OuterRef("agent"), creneau=None, statut=StatutRendezVous.PREVU, debut__lt=OuterRef("fin"),
        fin__gt=OuterRef("debut"),
    )  # fmt: skip
    return Q(Exists(a_la_main)) | Q(agent__actif=False)


def places_par_structure(
    *, du: datetime, au: datetime, genre: GenreRendezVous, modalite: ModaliteRendezVous | None = None
) -> dict[int, Offre]:
    """What each structure offers to slots that begin in ``[du, au)``: one query. Absent: nothing is open."""
    ouverts = Creneau.objects.filter(genre=genre, statut=StatutCreneau.OUVERT, debut__gte=du, debut__lt=au, langue="")
    ouverts = ouverts.exclude(agent_pris() & Q(prises=0))
    if modalite is not None:
        ouverts = ouverts.filter(modalite=modalite)
    sommes = ouverts.values("structure").annotate(libres=Sum(_LIBRES), ouvertes=Sum(F("places") + F("surplus")))
    return {s["structure"]: Offre(libres=s["libres"], ouvertes=s["ouvertes"]) for s in sommes.order_by()}


def agenda(
    *, du: datetime, au: datetime, agent: Agent | None = None, structure: Structure | None = None
) -> QuerySet[Creneau]:
    """Every slot of an agent or of a structure that begins in ``[du, au)``, closed ones included, by hour."""
    creneaux = Creneau.objects.filter(debut__gte=du, debut__lt=au)
    if agent is not None:
        creneaux = creneaux.filter(agent=agent)
    if structure is not None:
        creneaux = creneaux.filter(structure=structure)
    return creneaux.select_related("structure", "lieu", "agent").order_by("debut", "agent_id", "pk")


def creneaux_incoherents() -> QuerySet[Creneau]:
    """Slots whose number of places held is not what the appointments say: always none. One query."""
    tenus = RendezVous.objects.filter(
        statut__in=(StatutRendezVous.PREVU, StatutRendezVous.HONORE, StatutRendezVous.ABSENT)
    )
    comptes = [
        Coalesce(
            Subquery(
                tenus.filter(**{champ: OuterRef("pk")}).order_by().values(champ).annotate(n=Count("pk")).values("n")
            ),
            0,
        )
        for champ in ("creneau", "suite")
    ]
    return Creneau.objects.annotate(tenues=comptes[0] + comptes[1]).exclude(prises=F("tenues"))
