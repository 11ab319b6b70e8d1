"""Who takes part: people marked in the experiment's own table. Nothing else changes for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention, Groupe
from cordee.pilotage.evaluation.cycle import AMENDABLES
from cordee.pilotage.evaluation.services.registre import ExperienceRefusee
from cordee.pilotage.models import Experience, MentionExperience, Participation


@transaction.atomic
def inscrire(
    *, experience: Experience, personnes: Iterable[tuple[int, date]], par: Agent, le: datetime, origine: str,
    groupe: Groupe = Groupe.TRAITE,
) -> int:  # fmt: skip
    """Mark people, each since a day. Who is marked already keeps her first mark. Gives how many are new.

    Args:
        personnes: (number of her row, first day).

    Raises:
        ExperienceRefusee: a closed or unregistered experiment: choosing people after the results is choosing them.
    """
    experience = Experience.objects.select_for_update().get(pk=experience.pk)
    if EtatExperience(experience.etat) not in AMENDABLES:
        raise ExperienceRefusee("Les personnes s'inscrivent entre l'enregistrement et la clôture.")
    avant = experience.participations.count()
    Participation.objects.bulk_create(
        [
            Participation(experience=experience, personne_id=pk, groupe=groupe, debut=debut, origine=origine)
            for pk, debut in personnes
        ],
        ignore_conflicts=True,
    )
    nouvelles = experience.participations.count() - avant
    MentionExperience.objects.create(
        experience=experience, genre=GenreMention.INSCRIPTIONS, le=le, par=par,
        motif=f"{nouvelles} personnes inscrites ({groupe.libelle.lower()}) : {origine}"[:400],
    )  # fmt: skip
    return nouvelles
