"""Who must keep away from which file: ties between members and people, found on real identities (V6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cordee.metier.devoirs.enums_ep import MotifConflit
from cordee.metier.devoirs.models import Manquement, MembreEP, PassageEP
from cordee.metier.organismes.models import Affectation, en_cours
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Appartenance, LienAgent, Rattachement
from cordee.metier.personnes.selectors import ids_des_groupes

_REFERENTS = (FinaliteRattachement.REFERENT, FinaliteRattachement.COREFERENT)


@dataclass(frozen=True, slots=True)
class Conflit:
    """A tie between a member and the person of a file, found on real identities: the secretary alone reads it."""

    passage_id: int
    membre: MembreEP
    motif: MotifConflit


def conflits(passages: Sequence[PassageEP], membres: Sequence[MembreEP], *, au: date) -> list[Conflit]:
    """Every tie known to the house between these members and these people, the strongest for each pair.

    Relatives are looked for in the whole household; a référent of the past counts as one of today. A constant number
    of queries.
    """
    agents = {m.agent_id: m for m in membres}
    groupes = ids_des_groupes({p.personne_id for p in passages})
    qui = {pk: cle for cle, groupe in groupes.items() for pk in groupe}
    trouves = [*_proches(qui, agents), *_suivis(qui, agents), *_de_la_maison(qui, agents, au)]
    liens: dict[tuple[int, int], MotifConflit] = {}
    for passage in passages:
        siens = [(agent, motif) for personne, agent, motif in trouves if personne == passage.personne_id]
        for agent, motif in siens:
            _garder(liens, (passage.pk, agent), motif)
    for passage_id, agent in _instructeurs(passages, agents):
        _garder(liens, (passage_id, agent), MotifConflit.SIGNALEMENT)
    return [Conflit(passage_id, agents[agent], motif) for (passage_id, agent), motif in sorted(liens.items())]


_Lien = tuple[int, int, MotifConflit]


def _garder(liens: dict[tuple[int, int], MotifConflit], cle: tuple[int, int], motif: MotifConflit) -> None:
    ordre = list(MotifConflit)
    if cle not in liens or ordre.index(motif) < ordre.index(liens[cle]):
        liens[cle] = motif


def _proches(qui: dict[int, int], agents: dict[int, MembreEP]) -> list[_Lien]:
    """Members who are the person, or related to somebody of her household."""
    foyers: defaultdict[int, set[int]] = defaultdict(set)
    for personne, foyer in Appartenance.objects.filter(personne__in=list(qui), fin__isnull=True).values_list(
        "personne_id", "foyer_id"
    ):
        foyers[foyer].add(qui[personne])
    avec: defaultdict[int, set[int]] = defaultdict(set, {pk: {cle} for pk, cle in qui.items()})
    for personne, foyer in Appartenance.objects.filter(foyer__in=list(foyers), fin__isnull=True).values_list(
        "personne_id", "foyer_id"
    ):
        avec[personne] |= foyers[foyer]
    liens = LienAgent.objects.filter(personne__in=list(avec), agent__in=list(agents))
    return [
        (cle, agent, MotifConflit.PROCHE)
        for personne, agent in liens.values_list("personne_id", "agent_id")
        for cle in avec[personne]
    ]


def _suivis(qui: dict[int, int], agents: dict[int, MembreEP]) -> list[_Lien]:
    lignes = Rattachement.objects.filter(personne__in=list(qui), finalite__in=_REFERENTS, agent__in=list(agents))
    return [
        (qui[personne], agent, MotifConflit.REFERENT)
        for personne, agent in lignes.values_list("personne_id", "agent_id")
        if agent is not None
    ]


def _de_la_maison(qui: dict[int, int], agents: dict[int, MembreEP], au: date) -> list[_Lien]:
    """Members who work where the person is accompanied: a reason to be careful, not to leave."""
    maisons: defaultdict[int, set[int]] = defaultdict(set)
    for agent, structure in Affectation.objects.filter(en_cours(au), agent__in=list(agents)).values_list(
        "agent_id", "structure_id"
    ):
        maisons[structure].add(agent)
    suivies = Rattachement.objects.filter(
        en_cours(au), personne__in=list(qui), finalite__in=_REFERENTS, structure__in=list(maisons)
    )
    return [
        (qui[personne], agent, MotifConflit.STRUCTURE)
        for personne, structure in suivies.values_list("personne_id", "structure_id")
        for agent in maisons[structure]
    ]


def _instructeurs(passages: Sequence[PassageEP], agents: dict[int, MembreEP]) -> list[tuple[int, int]]:
    """Who reported the facts, instructs the file or carried the request."""
    signalent: defaultdict[int, set[int]] = defaultdict(set)
    ids = [p.procedure_id for p in passages if p.procedure_id]
    for procedure, agent in Manquement.objects.filter(procedure__in=ids).values_list("procedure_id", "signale_par_id"):
        signalent[procedure or 0].add(agent)
    trouves = []
    for p in passages:
        qui = set(signalent.get(p.procedure_id or 0, ()))
        if p.procedure is not None:
            qui |= {p.procedure.responsable_id, p.procedure.ouverte_par_id}
        if p.demande is not None:
            qui.add(p.demande.demandee_par_id)
        trouves += [(p.pk, agent) for agent in sorted(qui & set(agents))]
    return trouves
