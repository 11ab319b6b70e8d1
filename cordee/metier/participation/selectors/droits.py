"""Her rights as her page says them: what always stands, an open procedure's, and who read her file (R84)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cordee.metier.devoirs.models import Procedure
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Affectation
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.horloge import jour

JOURS_DE_LECTURES = 90
LIGNES_AU_PLUS = 200


@dataclass(frozen=True, slots=True)
class MaProcedure:
    """An open procedure she has been told of by letter. Before that letter, her page says nothing of it."""

    procedure: Procedure
    ecrite_le: date
    recue_le: date | None
    observations_jusquau: date | None
    encore: int | None


@dataclass(frozen=True, slots=True)
class LectureLue:
    """One structure that read her file, one day, for one purpose: who did it stays with the service."""

    le: date
    structure: str
    finalite: str
    fois: int


def procedures_de(personne: Personne, *, au: date) -> list[MaProcedure]:
    """Open procedures whose letter has left, the oldest first."""
    lignes = Procedure.objects.filter(
        personne__in=ids_du_groupe(personne), close_le__isnull=True, griefs_envoyes_le__isnull=False
    ).order_by("ouverte_le")  # fmt: skip
    return [
        MaProcedure(
            p, p.griefs_envoyes_le, p.griefs_recus_le, p.contradictoire_jusquau,
            (p.contradictoire_jusquau - au).days if p.contradictoire_jusquau else None,
        )
        for p in lignes
        if p.griefs_envoyes_le
    ]  # fmt: skip


def lectures_de(personne: Personne, *, le: datetime) -> list[LectureLue]:
    """Who looked at her file in the last three months: day, structure, purpose. The latest first, three queries."""
    lues = Lecture.objects.filter(
        personne_id__in=ids_du_groupe(personne), lue_le__gte=le - timedelta(days=JOURS_DE_LECTURES)
    ).order_by("-lue_le")  # fmt: skip
    lignes = list(lues.values_list("lue_le", "agent_id", "finalite")[:5000])
    structures = _structures({agent for _, agent, _ in lignes})
    comptes: dict[tuple[date, str, str], int] = {}
    for quand, agent, finalite in lignes:
        cle = (jour(quand), structures.get(agent, "Service du Département"), Finalite(finalite).libelle)
        comptes[cle] = comptes.get(cle, 0) + 1
    rangees = sorted(comptes.items(), key=lambda c: (-c[0][0].toordinal(), c[0][1], c[0][2]))
    return [LectureLue(*cle, fois) for cle, fois in rangees[:LIGNES_AU_PLUS]]


def _structures(agents: set[int]) -> dict[int, str]:
    """The latest structure of each agent."""
    lignes = Affectation.objects.filter(agent__in=agents).order_by("debut", "pk")
    return dict(lignes.values_list("agent_id", "structure__nom"))
