"""Reads of experiments: everything for who analyses, what is published for who reads publications."""

from __future__ import annotations

from datetime import UTC, date

from django.db.models import Count, QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention
from cordee.pilotage.evaluation.regles.protocole import empreinte
from cordee.pilotage.models import Experience, OrdreAleatoire


def experiences(*, pour: Agent | None, au: date) -> QuerySet[Experience]:
    """Those this agent may read; ``None``: the command line, which reads all."""
    toutes = Experience.objects.annotate(inscrites=Count("participations")).order_by("-creee_le", "-pk")
    if pour is None or peut_analyser(pour, au=au):
        return toutes
    return toutes.filter(etat=EtatExperience.PUBLIEE)


def peut_analyser(agent: Agent, *, au: date) -> bool:
    """Whether drafts, intermediate results and the acts of the register are hers."""
    return habilitation(agent, au=au).peut(Permission.ANALYSER)


def ordres() -> QuerySet[OrdreAleatoire]:
    """Every roll-out in random order, latest first."""
    return OrdreAleatoire.objects.select_related("experience", "annonce_par", "tire_par").order_by("-annonce_le")


def registre_verifie(experience: Experience) -> bool:
    """Whether the seals, done again from what the register says, are those that were written, one on the other."""
    suite = ""
    for mention in experience.mentions.filter(genre__in=(GenreMention.ENREGISTREMENT, GenreMention.AMENDEMENT)):
        refait = empreinte(
            code=experience.code, titre=experience.titre, hypothese=experience.hypothese, protocole=mention.apres or {},
            le=mention.le.astimezone(UTC).isoformat(), par=str(mention.par_id), suite=suite,
        )  # fmt: skip
        if refait != mention.sceau:
            return False
        suite = mention.sceau
    return suite == experience.sceau
