"""Accompagnement global and its figures, points of situations, joint reviews, complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe, q_visibles
from cordee.metier.suivi.enums import IssueGlobale
from cordee.metier.suivi.models import (
    AccompagnementGlobal,
    ObjectifGlobal,
    PointSituation,
    Reclamation,
    RevueConjointe,
)

EMPLOI = tuple(str(i) for i in IssueGlobale if i.description == "emploi")
TOLERANCE = Decimal("0.9")
"""An objective of the year is said late under nine tenths of what the days gone by would make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanGlobal:
    """The accompagnement global of a year, on a day, over a perimeter. ``part_emploi``: of the people who left, those
    who left for a job or their own business, in %; ``None`` when nobody left.
    """

    annee: int
    entrees: int
    sorties: int
    sorties_emploi: int
    en_cours: int
    sans_rsa: int
    objectif: ObjectifGlobal | None
    au: date

    @property
    def part_emploi(self) -> Decimal | None:
        return round(Decimal(100 * self.sorties_emploi) / self.sorties, 1) if self.sorties else None

    @property
    def entrees_attendues(self) -> int | None:
        """The objective of the year, for the days gone by."""
        if self.objectif is None:
            return None
        debut = date(self.annee, 1, 1)
        jours = (date(self.annee + 1, 1, 1) - debut).days
        return round(self.objectif.entrees * min(max((self.au - debut).days + 1, 0), jours) / jours)

    @property
    def alertes(self) -> list[str]:
        """What is under the objective, in a sentence each."""
        o, attendues = self.objectif, self.entrees_attendues
        if o is None or attendues is None:
            return []
        dites = []
        if self.entrees < TOLERANCE * attendues:
            dites.append(f"{self.entrees} entrées depuis janvier, {attendues} attendues à cette date.")
        if self.en_cours < TOLERANCE * o.en_cours:
            dites.append(f"{self.en_cours} personnes accompagnées, {o.en_cours} prévues.")
        if self.sans_rsa < TOLERANCE * o.sans_rsa:
            dites.append(
                f"{self.sans_rsa} personnes sans RSA, {o.sans_rsa} prévues : l'accompagnement leur est ouvert."
            )
        if self.part_emploi is not None and self.sorties >= 20 and self.part_emploi < o.part_emploi:
            parts = [str(part).replace(".", ",") for part in (self.part_emploi, o.part_emploi)]
            dites.append(f"{parts[0]} % des sorties vers l'emploi, {parts[1]} % visés.")
        return dites


def global_en_cours(personne: Personne) -> AccompagnementGlobal | None:
    """The one she is in."""
    siens = AccompagnementGlobal.objects.filter(personne__in=ids_du_groupe(personne), fin=None)
    return siens.select_related("structure", "referent", "coreferent_structure", "coreferent").first()


def globaux_de(personne: Personne) -> QuerySet[AccompagnementGlobal]:
    """All of hers, latest first."""
    siens = AccompagnementGlobal.objects.filter(personne__in=ids_du_groupe(personne))
    return siens.select_related("structure", "referent", "coreferent_structure", "coreferent").order_by("-debut", "-pk")


def globaux(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[AccompagnementGlobal]:
    """Those of the agent's perimeter."""
    return AccompagnementGlobal.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits)).select_related(
        "personne", "personne__situation", "structure", "referent", "coreferent_structure", "coreferent"
    )


def bilan_global(lignes: QuerySet[AccompagnementGlobal], *, au: date, annee: int | None = None) -> BilanGlobal:
    """The figures of a year over some accompaniments: two queries.

    Args:
        lignes: ``globaux``, filtered or not; the objective is that of the département.
    """
    annee = annee or au.year
    en_cours = Q(debut__lte=au) & (Q(fin=None) | Q(fin__gt=au))
    sorties = Q(fin__year=annee)
    comptes = lignes.order_by().aggregate(
        entrees=Count("pk", filter=Q(debut__year=annee)), sorties=Count("pk", filter=sorties),
        sorties_emploi=Count("pk", filter=sorties & Q(issue__in=EMPLOI)), en_cours=Count("pk", filter=en_cours),
        sans_rsa=Count("pk", filter=en_cours & Q(sans_rsa=True)),
    )  # fmt: skip
    return BilanGlobal(annee=annee, au=au, objectif=ObjectifGlobal.objects.filter(annee=annee).first(), **comptes)


# Points, reviews, complaints ----------------------------------------------------------------------------------------
def points_de(personne: Personne) -> QuerySet[PointSituation]:
    """What was seen of her situations, latest first."""
    siens = PointSituation.objects.filter(personne__in=ids_du_groupe(personne), annule_le=None)
    return siens.select_related("par").order_by("-fait_le", "-pk")


def chiffres_par_trimestre(personne: Personne) -> list[tuple[date, Decimal]]:
    """(first day of the quarter, turnover), oldest first; said twice, the last word counts."""
    dits = points_de(personne).filter(chiffre_affaires__isnull=False).order_by("fait_le", "pk")
    return sorted({t: c for t, c in dits.values_list("trimestre", "chiffre_affaires") if t and c is not None}.items())


def revues_de(personne: Personne) -> QuerySet[RevueConjointe]:
    """Her joint diagnoses, latest first."""
    siennes = RevueConjointe.objects.filter(personne__in=ids_du_groupe(personne), annule_le=None)
    return siennes.select_related("operateur", "par").order_by("-tenue_le", "-pk")


def reclamations_de(personne: Personne) -> QuerySet[Reclamation]:
    """Her complaints, latest first."""
    siennes = Reclamation.objects.filter(personne__in=ids_du_groupe(personne))
    return siennes.select_related("saisie_par", "repondue_par", "structure").order_by("-recue_le", "-pk")


def reclamations(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Reclamation]:
    """Those of the agent's perimeter, the most urgent first, answered ones last."""
    lignes = Reclamation.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits))
    return lignes.select_related("personne", "structure", "repondue_par").order_by(
        F("repondue_le").desc(nulls_first=True), "repondre_avant", "pk"
    )
