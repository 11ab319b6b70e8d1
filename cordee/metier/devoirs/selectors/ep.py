"""Reads of the équipe pluridisciplinaire: its règlement, who sits, sessions and their quorum, usable opinions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import QuerySet

from cordee.metier.devoirs.enums_ep import ReponseMembre, SensAvis, StatutReglement, StatutSeance
from cordee.metier.devoirs.models import (
    AvisEP,
    MembreEP,
    ParticipationEP,
    Procedure,
    ReglementEP,
    RetraitMembre,
    SeanceEP,
)
from cordee.metier.devoirs.regles.ep_avis import empechement, empreinte_des_faits
from cordee.metier.devoirs.regles.ep_quorum import Present, Prevision, RegleQuorum, Reponse, prevoir
from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

_VIENT: Final = {ReponseMembre.VIENDRA: True, ReponseMembre.NE_VIENDRA_PAS: False, ReponseMembre.EN_ATTENTE: None}


class ReglementAbsent(ErreurMetier):
    """No règlement is in force: nobody may sit."""


class SeanceIntrouvable(ErreurMetier):
    """No such session for this agent."""


def reglement_en_vigueur(au: date) -> ReglementEP:
    """The version of the règlement that applies on a day, its colleges loaded.

    Raises:
        ReglementAbsent: none was adopted for that day.
    """
    reglement = (
        ReglementEP.objects.filter(en_cours(au), statut=StatutReglement.ADOPTE).prefetch_related("colleges").first()
    )
    if reglement is None:
        raise ReglementAbsent("Aucun règlement de l'équipe n'est applicable ce jour-là : adoptez-en un d'abord.")
    return reglement


def regle_du_quorum(reglement: ReglementEP) -> RegleQuorum:
    """The quorum as its rules read it."""
    colleges = sorted(reglement.colleges.all(), key=lambda c: c.pk)
    return RegleQuorum(
        sieges={c.genre: c.sieges for c in colleges}, pour_cent=reglement.quorum_pour_cent,
        colleges_requis=frozenset(c.genre for c in colleges if c.requis),
    )  # fmt: skip


def membres_au(au: date) -> QuerySet[MembreEP]:
    """Who sits on a day: college by college, titulars first."""
    membres = MembreEP.objects.filter(en_cours(au), agent__actif=True).select_related("agent")
    return membres.order_by("college", "-titulaire", "agent__nom", "pk")


def seances_visibles(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[SeanceEP]:
    """All sessions for who keeps them; for a member, those she takes part in; none for anybody else."""
    droits = droits or habilitation(pour, au=au)
    seances = SeanceEP.objects.select_related("reglement", "secretaire", "presidence__agent")
    if droits.peut(Permission.TENIR_EP):
        return seances
    if not droits.peut(Permission.SIEGER):
        return seances.none()
    siennes = ParticipationEP.objects.filter(membre__agent=pour, invite_le__isnull=False)
    return seances.filter(pk__in=siennes.values("seance"))


def seance_visible(*, pour: Agent, au: date, pk: int, droits: Habilitation | None = None) -> SeanceEP:
    """One session of hers.

    Raises:
        SeanceIntrouvable: absent or not hers, with the same answer.
    """
    seance = seances_visibles(pour=pour, au=au, droits=droits).filter(pk=pk).first()
    if seance is None:
        raise SeanceIntrouvable("Cette séance n'existe pas, ou vous n'y siégez pas.")
    return seance


def participation_de(seance: SeanceEP, agent: Agent) -> ParticipationEP | None:
    """The place of an agent at a session, if she has one."""
    return (
        ParticipationEP.objects.filter(seance=seance, membre__agent=agent, invite_le__isnull=False)
        .select_related("membre__agent")
        .first()
    )


def previsions(seances: Iterable[SeanceEP]) -> dict[int, Prevision]:
    """What the replies promise, session by session: two queries whatever their number.

    Substitutes not invited yet count as a reserve: they are those who may still be called.
    """
    lues = list(seances)
    reglements = {
        r.pk: regle_du_quorum(r)
        for r in ReglementEP.objects.filter(pk__in={s.reglement_id for s in lues}).prefetch_related("colleges")
    }
    lignes = ParticipationEP.objects.filter(seance__in=[s.pk for s in lues]).values_list(
        "seance_id", "membre__college", "membre__titulaire", "reponse", "invite_le"
    )
    dites: defaultdict[int, list[Reponse]] = defaultdict(list)
    for seance, college, titulaire, reponse, invite in lignes:
        vient = _VIENT[ReponseMembre(reponse)]
        dites[seance].append(Reponse(college, titulaire, vient, invite=invite is not None))
    return {s.pk: prevoir(reglements[s.reglement_id], dites[s.pk]) for s in lues}


def presents(seance: SeanceEP) -> list[Present]:
    """Who is in the room now."""
    dans_la_salle = ParticipationEP.objects.filter(
        seance=seance, arrive_le__isnull=False, parti_le__isnull=True
    ).values_list("membre_id", "membre__college", "membre__titulaire")
    return [Present(membre, college, titulaire) for membre, college, titulaire in dans_la_salle]


def retires_du_dossier(passage_id: int) -> frozenset[int]:
    """Members who do not sit on one file."""
    return frozenset(RetraitMembre.objects.filter(passage=passage_id).values_list("membre_id", flat=True))


def prochaines(*, au: date, combien: int = 12) -> QuerySet[SeanceEP]:
    """The sessions to come on which a file may be put."""
    a_venir = [s for s in StatutSeance if s.a_venir]
    seances = SeanceEP.objects.filter(statut__in=a_venir, debut__date__gte=au).select_related("reglement")
    return seances.order_by("debut")[:combien]


# Opinions -----------------------------------------------------------------------------------------------------------
def faits_de(procedure: Procedure) -> str:
    """Digest of the facts of a procedure: its breaches, with their dates. Another breach makes other facts."""
    lignes = procedure.manquements.values_list("pk", "type", "faits_du", "faits_au")
    return empreinte_des_faits(f"{pk}:{genre}:{du}:{au or ''}" for pk, genre, du, au in lignes)


def avis_utilisable(*, procedure: Procedure, au: date) -> AvisEP | None:
    """The opinion a decision may rest on: on the same facts, not older than its règlement allows (E24).

    An opinion is never a decision: whoever decides is free, and says why she does not follow it.
    """
    return next((avis for avis, raison in _avis(procedure, au) if not raison), None)


def raison_sans_avis(*, procedure: Procedure, au: date) -> str:
    """Why no opinion can be used, in one sentence; empty when one can."""
    lus = _avis(procedure, au)
    if any(not raison for _, raison in lus):
        return ""
    return lus[0][1] if lus else "L'équipe pluridisciplinaire n'a pas encore été consultée."


def _avis(procedure: Procedure, au: date) -> list[tuple[AvisEP, str]]:
    """Opinions of sessions that are closed, latest first, each with why it cannot be used: before, one may be taken
    back.
    """
    lignes = AvisEP.objects.filter(
        passage__seance__statut=StatutSeance.CLOSE, passage__procedure=procedure
    ).select_related("passage__seance__reglement")
    lus = list(lignes.order_by("-rendu_le", "-pk"))
    faits = faits_de(procedure) if lus else ""
    return [
        (
            avis,
            empechement(
                rendu_le=avis.rendu_le, sens=SensAvis(avis.sens), faits_examines=avis.faits, faits_du_jour=faits,
                mois=avis.passage.seance.reglement.mois_validite, au=au,
            ),
        )
        for avis in lus
    ]  # fmt: skip


def jour_de(seance: SeanceEP) -> date:
    """The day of a session in Paris."""
    return jour(seance.debut)
