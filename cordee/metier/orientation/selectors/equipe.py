"""The team as its head sees it: référents × signals, load, absences, hand-overs (R11, R18, R20, R57)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import AbsenceAgent, Affectation, Agent, Structure, Suppleance, en_cours
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.affectation.bareme import Bareme, bareme
from cordee.metier.orientation.cycle import OUVERTS
from cordee.metier.orientation.models import ReglageReferent, Relais
from cordee.metier.orientation.selectors.signaux import (
    Signal,
    q_active,
    q_intensive,
    q_sans_contact_intensif,
    q_signal,
)
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import LienAgent, Personne
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle.horloge import jour

ACCOMPAGNENT = (RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.OPERATEUR)
JOURS_A_VENIR = 60


@dataclass(frozen=True, slots=True)
class Mesures:
    """What is counted of a set of people. ``poids`` and ``capacite`` in hundredths of a person (R18)."""

    suivies: int = 0
    poids: int = 0
    actives: int = 0
    intensives: int = 0
    signaux: Mapping[Signal, int] = field(default_factory=dict)

    def plus(self, autre: Mesures) -> Mesures:
        return Mesures(
            self.suivies + autre.suivies, self.poids + autre.poids, self.actives + autre.actives,
            self.intensives + autre.intensives,
            {s: self.signaux.get(s, 0) + autre.signaux.get(s, 0) for s in Signal},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LigneEquipe:
    """One référent of a structure; ``agent`` ``None``: people of the structure without a named référent."""

    structure: Structure
    agent: Agent | None
    mesures: Mesures
    capacite: int
    absence: AbsenceAgent | None = None
    suppleance: Suppleance | None = None

    @property
    def part(self) -> int | None:
        """Load against capacity, in percent; ``None`` without capacity."""
        return round(100 * self.mesures.poids / self.capacite) if self.capacite else None

    @property
    def saturee(self) -> bool:
        return self.part is not None and self.part >= 100


@dataclass(frozen=True, slots=True)
class LigneStructure:
    """One structure of the département, its référents together."""

    structure: Structure
    mesures: Mesures
    capacite: int

    @property
    def part(self) -> int | None:
        return round(100 * self.mesures.poids / self.capacite) if self.capacite else None


def mesurer(
    *, pour: Agent, maintenant: datetime, droits: Habilitation, structures: Collection[int] | None = None,
    par_agent: bool = True,
) -> dict[tuple[int, int | None], Mesures]:  # fmt: skip
    """(structure, référent) → what is counted of the people they answer for: two queries, whatever the size.

    Without ``par_agent``, a structure is counted whole, under (structure, ``None``).

    The first reads an index alone (``situation_liste``); what stands in the complete situation is looked at only for
    the few people in intensive support, whom an index names.
    """
    au, b = jour(maintenant), bareme()
    qui = F("referent_agent_id") if par_agent else Value(None, output_field=BigIntegerField())
    dans_l_index = [s for s in Signal if s is not Signal.INTENSIF_SANS_CONTACT]
    interpretes = Personne.objects.filter(interprete=True).values("pk")
    base = Situation.objects.filter(
        q_visibles("personne", pour=pour, au=au, droits=droits), soumis=True, referent_structure__isnull=False
    )
    if structures is not None:
        base = base.filter(referent_structure__in=structures)
    lignes = (
        base.order_by()
        .values_list("referent_structure_id", qui)
        .annotate(
            n=Count("pk"), poids=Sum(_poids(b, au)), interprete=Sum(_poids(b, au), filter=Q(pk__in=interpretes)),
            actives=Count("pk", filter=q_active(au)),
            **{str(signal): Count("pk", filter=q_signal(signal, maintenant=maintenant)) for signal in dans_l_index},
        )
    )  # fmt: skip
    part = b.charge["interprete"] - 100
    mesures = {
        (structure, agent): Mesures(
            n, poids + (en_plus or 0) * part // 100, actives, 0, dict(zip(dans_l_index, signaux, strict=True))
        )
        for structure, agent, n, poids, en_plus, actives, *signaux in lignes
    }
    for structure, agent, n, anciens in (
        base.filter(q_intensive()).order_by().values_list("referent_structure_id", qui)
        .annotate(
            n=Count("pk"), anciens=Count("pk", filter=q_sans_contact_intensif(au)),
        )
    ):  # fmt: skip
        en_plus = Mesures(intensives=n, signaux={Signal.INTENSIF_SANS_CONTACT: anciens})
        mesures[structure, agent] = mesures[structure, agent].plus(en_plus)
    return mesures


def equipe_de(structure: Structure, *, pour: Agent, maintenant: datetime, droits: Habilitation) -> list[LigneEquipe]:
    """The référents of a structure, the most loaded first, then the people nobody is named for."""
    au = jour(maintenant)
    mesures = mesurer(pour=pour, maintenant=maintenant, droits=droits, structures=[structure.pk])
    postes = Affectation.objects.filter(en_cours(au), structure=structure, agent__actif=True, agent__systeme=False)
    en_poste = set(postes.filter(role__in=ACCOMPAGNENT).values_list("agent_id", flat=True))
    nommes = {agent for _, agent in mesures if agent is not None}
    agents = Agent.objects.in_bulk(en_poste | nommes)
    reglages = {r.agent_id: r for r in ReglageReferent.objects.filter(structure=structure, agent__in=agents)}
    absences = absences_de(agents, maintenant=maintenant)
    covers = {s.absent_id: s for s in suppleances_de(agents, au=au) if s.debut <= au}
    lignes = [
        LigneEquipe(
            structure, agent, mesures.get((structure.pk, pk), Mesures()),
            _capacite(structure, reglages.get(pk)) if pk in en_poste else 0,
            next((a for a in absences if a.agent_id == pk and a.debut <= maintenant), None), covers.get(pk),
        )
        for pk, agent in agents.items()
    ]  # fmt: skip
    lignes.sort(key=lambda ligne: (-(ligne.part or 0), -ligne.mesures.suivies, ligne.agent.nom if ligne.agent else ""))
    if (structure.pk, None) in mesures:
        lignes.append(LigneEquipe(structure, None, mesures[structure.pk, None], 0))
    return lignes


def structures_de(*, pour: Agent, maintenant: datetime, droits: Habilitation) -> list[LigneStructure]:
    """Every structure that accompanies somebody, or could, the most loaded first: the département at a glance."""
    au = jour(maintenant)
    mesures = mesurer(pour=pour, maintenant=maintenant, droits=droits, par_agent=False)
    par_structure = {structure: m for (structure, _), m in mesures.items()}
    structures = Structure.objects.filter(Q(pk__in=par_structure) | en_cours(au)).exclude(categorie="")
    capacites = _capacites_des_structures(au)
    lignes = [
        LigneStructure(s, par_structure.get(s.pk, Mesures()), capacites.get(s.pk, 0))
        for s in structures
        if s.pk in par_structure or s.pk in capacites
    ]  # fmt: skip
    return sorted(lignes, key=lambda ligne: (-(ligne.part or 0), -ligne.mesures.suivies, ligne.structure.nom))


def absences_de(agents: Collection[int], *, maintenant: datetime) -> list[AbsenceAgent]:
    """Absences of now and of the coming weeks, the first to come first; unknown returns are said (R57)."""
    horizon = maintenant + timedelta(days=JOURS_A_VENIR)
    lignes = AbsenceAgent.objects.filter(agent__in=list(agents), debut__lt=horizon)
    lignes = lignes.filter(Q(fin__isnull=True) | Q(fin__gt=maintenant))
    return list(lignes.select_related("agent").order_by("debut", "pk"))


def suppleances_de(agents: Collection[int], *, au: date) -> list[Suppleance]:
    """Covers in force or to come, received by these agents."""
    lignes = Suppleance.objects.filter(absent__in=list(agents), fin__gt=au)
    return list(lignes.select_related("absent", "remplacant").order_by("debut", "pk"))


def collegues_de(structure: Structure, *, au: date) -> QuerySet[Agent]:
    """Who may receive people of a structure today, by name."""
    postes = Affectation.objects.filter(en_cours(au), structure=structure, role__in=ACCOMPAGNENT)
    agents = Agent.objects.filter(actif=True, systeme=False, pk__in=postes.values("agent"))
    return agents.order_by("nom", "prenom", "pk")


def jours_de_repos(agent: Agent) -> frozenset[int]:
    """The weekdays on which she works in none of her teams, Monday is 0 (R19)."""
    par_equipe = [set(repos) for repos in ReglageReferent.objects.filter(agent=agent).values_list("repos", flat=True)]
    return frozenset(set.intersection(*par_equipe)) if par_equipe else frozenset()


# Hand-overs ---------------------------------------------------------------------------------------------------------
def relais_ouverts(*, pour: Agent, droits: Habilitation) -> QuerySet[Relais]:
    """Hand-overs she may read: sent to her or to her structures, sent by them, or all for whoever manages everybody."""
    lignes = Relais.objects.filter(statut__in=[str(s) for s in OUVERTS]).select_related(
        "personne", "de_structure", "de_agent", "vers_structure", "vers_agent", "propose_par"
    )
    return lignes.filter(q_relais(pour, droits)).order_by("propose_le", "pk")


def q_relais(pour: Agent, droits: Habilitation) -> Q:
    """Which hand-overs an agent may read, never her own nor a relative's (V13).

    The person's file is another matter: the note is what the receiver knows.
    """
    siens = ~Q(personne__in=LienAgent.objects.filter(agent=pour).values("personne"))
    if RoleAgent.ENCADRANT in droits.roles:
        return siens
    envoyes = Q(propose_par=pour) | Q(de_agent=pour) | Q(de_structure__in=_dirigees(droits))
    return siens & (q_recus(pour, droits) | envoyes)


def q_recus(pour: Agent, droits: Habilitation) -> Q:
    """Those that wait for her answer: named to her, or to a structure she heads."""
    return Q(vers_agent=pour, vers_structure__in=droits.structures) | Q(vers_structure__in=_dirigees(droits))


def _dirigees(droits: Habilitation) -> frozenset[int]:
    return frozenset(s for role, s in droits.postes if role is RoleAgent.CHEF_STRUCTURE)


# Parts --------------------------------------------------------------------------------------------------------------
def _poids(b: Bareme, au: date) -> Case:
    """The weight of a row, interpreter apart: that table is looked at only for the few it concerns."""
    debuts = au - timedelta(days=b.charge["nouveaute_jours"])
    cas = []
    for voie in (Voie.EMPLOI, Voie.SOCIAL):
        cas.append(When(voie=voie, oriente_le__gt=debuts, then=Value(b.poids_de(voie, nouveau=True))))
        cas.append(When(voie=voie, then=Value(b.poids_de(voie, nouveau=False))))
    autre = Value(b.poids_de(Voie.SOCIO_PRO, nouveau=False))
    cas.append(When(oriente_le__gt=debuts, then=Value(b.poids_de(Voie.SOCIO_PRO, nouveau=True))))
    return Case(*cas, default=autre, output_field=IntegerField())


def _capacite(structure: Structure, reglage: ReglageReferent | None) -> int:
    ordinaire = bareme().capacites.get(structure.type, 0)
    if reglage is None:
        return ordinaire * 100
    return (ordinaire if reglage.capacite is None else reglage.capacite) * reglage.quotite


def _capacites_des_structures(au: date) -> dict[int, int]:
    """The capacity of the référents in post, structure by structure, in hundredths."""
    postes = (
        Affectation.objects.filter(en_cours(au), role__in=ACCOMPAGNENT, agent__actif=True, agent__systeme=False)
        .values_list("structure_id", "agent_id", "structure__type")
        .distinct()
    )
    reglages = {(r.structure_id, r.agent_id): r for r in ReglageReferent.objects.all()}
    capacites: dict[int, int] = {}
    for structure, agent, type_ in postes:
        reglage = reglages.get((structure, agent))
        ordinaire = bareme().capacites.get(type_, 0)
        propre = ordinaire if reglage is None or reglage.capacite is None else reglage.capacite
        capacites[structure] = capacites.get(structure, 0) + propre * (reglage.quotite if reglage else 100)
    return capacites
