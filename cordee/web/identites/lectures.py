"""What the pages read: doubts to answer, merges and what was done since. Never outside the agent's perimeter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors.phrases import titre
from cordee.metier.personnes.enums import StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, Fusion, Personne
from cordee.metier.personnes.selectors import ids_du_groupe, personnes_visibles

E = GenreEvenement
_SANS_ACTE = (E.FUSION, E.FUSION_ANNULEE, E.ANNULATION, E.IDENTITE_ARBITREE, E.IDENTITE_DOUTEUSE)


@dataclass(frozen=True, slots=True)
class ActeDepuis:
    """Something recorded since a merge: it stays where it is when the merge is undone."""

    titre: str
    le: date
    par: str


def arbitrages(*, pour: Agent, au: date, droits: Habilitation, ouverts: bool = True) -> QuerySet[Arbitrage]:
    """Doubts whose two people the agent may see."""
    visibles = personnes_visibles(pour=pour, au=au, droits=droits).values("pk")
    return (
        _avec_canoniques(_par_statut(ouverts))
        .filter(qui__in=visibles, avec__in=visibles)
        .select_related("personne", "personne__canonique", "candidate", "candidate__canonique", "decide_par")
    )


def arbitrages_reserves(*, pour: Agent, au: date, droits: Habilitation) -> int:
    """How many open doubts concern a file that is closed to this agent (V13): they wait for its readers."""
    vus = arbitrages(pour=pour, au=au, droits=droits).values("pk")
    return _par_statut(True).exclude(pk__in=vus).count()


def fusions(*, pour: Agent, au: date, droits: Habilitation, annulees: bool = False) -> QuerySet[Fusion]:
    """Merges of people the agent may see, the latest first."""
    visibles = personnes_visibles(pour=pour, au=au, droits=droits).values("pk")
    return (
        Fusion.objects.annotate(qui=Coalesce(F("canonique__canonique_id"), F("canonique_id")))
        .filter(qui__in=visibles, annulee_le__isnull=not annulees)
        .select_related("absorbee", "canonique", "faite_par", "annulee_par")
        .order_by("-faite_le", "-pk")
    )


def actes_depuis(fusion: Fusion) -> list[ActeDepuis]:
    """What was recorded on the kept file since the merge, oldest first: a human will give each to the right person."""
    faite = Evenement.objects.filter(genre=E.FUSION, objet_type="fusion", objet_id=fusion.pk).order_by("pk").first()
    if faite is None:
        return []
    racine = fusion.canonique.canonique or fusion.canonique
    groupe = set(ids_du_groupe(racine)) - set(_rendues(fusion))
    evenements = (
        Evenement.objects.filter(personne__in=groupe, pk__gt=faite.pk).exclude(genre__in=_SANS_ACTE).order_by("pk")
    )
    return [
        ActeDepuis(titre(E(e.genre), e.donnees), e.survenu_le.date(), "" if e.par.systeme else str(e.par))
        for e in evenements.select_related("par")
    ]


def actes_rendus(fusion: Fusion) -> int:
    """How many events go back to the file given back: those written on it before the merge."""
    return Evenement.objects.filter(personne__in=_rendues(fusion)).exclude(genre__in=_SANS_ACTE).count()


def _rendues(fusion: Fusion) -> list[int]:
    """The absorbed row and those merged into it before."""
    ids, frontiere = [fusion.absorbee_id], [fusion.absorbee_id]
    while frontiere:
        frontiere = list(
            Fusion.objects.filter(canonique__in=frontiere, annulee_le=None)
            .exclude(absorbee__in=ids)
            .values_list("absorbee_id", flat=True)
        )
        ids += frontiere
    return ids


def canonique(personne: Personne) -> Personne:
    """Who a row now is."""
    return personne.canonique or personne


def _par_statut(ouverts: bool) -> QuerySet[Arbitrage]:
    ouvert = Q(statut=StatutArbitrage.OUVERT)
    return Arbitrage.objects.filter(ouvert if ouverts else ~ouvert)


def _avec_canoniques(lignes: QuerySet[Arbitrage]) -> QuerySet[Any]:
    return lignes.annotate(
        qui=Coalesce(F("personne__canonique_id"), F("personne_id")),
        avec=Coalesce(F("candidate__canonique_id"), F("candidate_id")),
    )
