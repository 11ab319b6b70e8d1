"""Who would receive whom when a caseload is shared out, and who waits to be moved (R56, R57, R59)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.regles.charge import AConfier, Attribution, Place, repartir
from cordee.metier.orientation.selectors.equipe import LigneEquipe, equipe_de
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import FinaliteRattachement, RoleFoyer
from cordee.metier.personnes.models import Appartenance, Rattachement
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class Partage:
    """A proposal: who would get whom, among whom, and the people it bears on."""

    attributions: tuple[Attribution, ...]
    equipe: tuple[LigneEquipe, ...]
    personnes: tuple[Situation, ...]


def a_transferer(
    structure: Structure, agent: Agent | None, *, pour: Agent, maintenant: datetime, droits: Habilitation
) -> QuerySet[Situation]:
    """The people of a référent (or those nobody is named for) in a structure, the most urgent first."""
    return (
        Situation.objects.filter(
            q_visibles("personne", pour=pour, au=jour(maintenant), droits=droits), soumis=True,
            referent_structure=structure, referent_agent=agent,
        )
        .exclude(etat__in=(Etat.ATTENTE_ACCUEIL, Etat.A_REAFFECTER, Etat.DECEDEE))
        .select_related("personne", "referent_agent")
        .order_by("echeance", "pk")
    )  # fmt: skip


def proposer_partage(
    structure: Structure, agent: Agent | None, *, pour: Agent, maintenant: datetime, droits: Habilitation
) -> Partage:
    """Share a caseload out among the colleagues who can receive: constant queries, whatever its size.

    Who is away is not proposed; households stay together; who knew her before comes first (R55).
    """
    equipe = [
        ligne
        for ligne in equipe_de(structure, pour=pour, maintenant=maintenant, droits=droits)
        if ligne.agent is not None and ligne.capacite and ligne.agent != agent and ligne.absence is None
    ]
    personnes = list(a_transferer(structure, agent, pour=pour, maintenant=maintenant, droits=droits))
    places = [Place(ligne.agent.pk, ligne.mesures.poids, ligne.capacite) for ligne in equipe if ligne.agent]
    return Partage(tuple(repartir(_a_confier(personnes, maintenant), places)), tuple(equipe), tuple(personnes))


def _a_confier(personnes: Sequence[Situation], maintenant: datetime) -> list[AConfier]:
    b, au = bareme(), jour(maintenant)
    debuts = au - timedelta(days=b.charge["nouveaute_jours"])
    ids = [s.pk for s in personnes]
    foyers = dict(
        Appartenance.objects.filter(
            personne__in=ids, fin__isnull=True, role__in=(RoleFoyer.DEM, RoleFoyer.CJT)
        ).values_list("personne_id", "foyer_id")
    )
    anciens: dict[int, set[int]] = {}
    passes = Rattachement.objects.filter(
        personne__in=ids, finalite=FinaliteRattachement.REFERENT, agent__isnull=False, fin__lte=au
    )
    for pk, agent in passes.values_list("personne_id", "agent_id"):
        if agent is not None:
            anciens.setdefault(pk, set()).add(agent)
    return [
        AConfier(
            s.pk,
            b.poids_de(s.voie, nouveau=bool(s.oriente_le and s.oriente_le > debuts), interprete=s.personne.interprete),
            foyers.get(s.pk), frozenset(anciens.get(s.pk, ())),
        )
        for s in personnes
    ]  # fmt: skip
