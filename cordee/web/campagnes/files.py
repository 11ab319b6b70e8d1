"""The queues a campaign is drawn from, each with its number and what a convocation would be for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.pilotage.stock import Stock
from cordee.socle import horloge
from cordee.web.personnes.filtres import HORS_OPERATEUR, filtrer


@dataclass(frozen=True, slots=True)
class File:
    """One queue: the filters that are it, and the kind of appointment it asks for."""

    cle: str
    libelle: str
    aide: str
    icone: str
    filtres: dict[str, str]
    genre: GenreRendezVous


FILES: Final = (
    File("entrants", "Nouveaux entrants à convoquer", "Première convocation, avant six semaines (CASF D262-65-2).",
         "nouveau", {"etape": GenreEtape.CONVOQUER, "convocation": "jamais"}, GenreRendezVous.ORIENTATION),
    File("seconde", "À convoquer une nouvelle fois",
         "Absentes, excusées ou injoignables à la première convocation, pas encore orientées.", "reprendre",
         {"convocation": "seconde"}, GenreRendezVous.ORIENTATION),
    File("jamais", Stock.JAMAIS.libelle, Stock.JAMAIS.description, "attente", {"stock": Stock.JAMAIS},
         GenreRendezVous.ACCOMPAGNEMENT),
    File("sans_contrat", Stock.SANS_CONTRAT.libelle,
         f"{Stock.SANS_CONTRAT.description} Celles que suit l'opérateur de l'emploi signent chez lui.", "contrat",
         {"structure": HORS_OPERATEUR, "stock": Stock.SANS_CONTRAT}, GenreRendezVous.CONTRAT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileComptee:
    """A queue, how many people wait in it, where to prepare its campaign, where to see its list."""

    file: File
    nombre: int
    url: str
    url_liste: str


def compter(*, pour: Agent, droits: Habilitation, maintenant: datetime) -> list[FileComptee]:
    """Every queue, among the people she may convene: one query each."""
    return [
        FileComptee(
            file, choisir(dict(file.filtres), pour=pour, droits=droits, maintenant=maintenant).count(),
            url_nouvelle(file.filtres), f"{reverse('personnes')}?{urlencode(file.filtres)}",
        )
        for file in FILES
    ]  # fmt: skip


def choisir(
    lus: dict[str, Any], cochees: Sequence[int] = (), *, pour: Agent, droits: Habilitation, maintenant: datetime
) -> QuerySet[Situation]:
    """The people that these filters keep, or those ticked, among those the agent may convene; most urgent first.

    As rows of their situation: counting and ordering them never reads the table of persons.
    """
    au = horloge.jour(maintenant)
    portee = q_visibles("personne", pour=pour, au=au, permission=Permission.CONVOQUER, droits=droits)
    base = Situation.objects.filter(portee).order_by("echeance", "personne")
    if cochees:
        return base.filter(personne__in=cochees)
    vues = q_visibles("personne", pour=pour, au=au, droits=droits)
    return filtrer(base.filter(vues), lus, pour=pour, droits=droits, maintenant=maintenant)


def url_nouvelle(filtres: dict[str, str]) -> str:
    """Where a campaign of these people is prepared."""
    return f"{reverse('campagne_nouvelle')}?{urlencode(filtres)}"


def genre_de(lus: dict[str, Any]) -> GenreRendezVous:
    """What people chosen so would be convened for, unless the agent says otherwise."""
    for file in FILES:
        cle, valeur = next(reversed(file.filtres.items()))
        if lus.get(cle) == valeur:
            return file.genre
    return GenreRendezVous.ORIENTATION


def nom_de(lus: dict[str, Any], le: datetime) -> str:
    """A name to begin with: « Nouveaux entrants à convoquer, 17/02/2026 »."""
    quoi = next((f.libelle for f in FILES if all(lus.get(c) == v for c, v in f.filtres.items())), "Campagne")
    return f"{quoi}, {horloge.jour(le):%d/%m/%Y}"
