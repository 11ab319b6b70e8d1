"""Reads of the allocation: who waits, the drafts an agent may change, their lines, loads now and after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.orientation.affectation.bareme import Bareme
from cordee.metier.orientation.affectation.couts import Couts
from cordee.metier.orientation.affectation.enums import Critere, ResultatLigne
from cordee.metier.orientation.affectation.probleme import Maison, Poste, Probleme
from cordee.metier.orientation.affectation.raisons import Raison, raisons_de
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.capacites import (
    charges_des_referents,
    construire_probleme,
    lire_maisons,
    lire_postes,
)
from cordee.metier.orientation.selectors.postulantes import attentes, lire_attentes
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre

P = Permission.NOMMER_REFERENT


def en_attente(*, pour: Agent, au: date, droits: Habilitation | None = None) -> list[dict[str, Any]]:
    """How many wait, by path: ``{voie, n, depuis}``, ``depuis`` being the oldest."""
    lignes = attentes(au=au, pour=pour, droits=droits or habilitation(pour, au=au))
    comptes = lignes.values("voie").annotate(n=Count("pk"), depuis=Min("etape__ouverte_le")).order_by("voie")
    return [dict(compte) for compte in comptes]


def propositions(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[PropositionAffectation]:
    """Those of her perimeter, latest first: the whole département for a manager, her structures for a head."""
    droits = droits or habilitation(pour, au=au)
    lignes = PropositionAffectation.objects.select_related("structure", "cree_par", "validee_par").order_by("-pk")
    return lignes if droits.departement(P) else lignes.filter(structure__in=droits.structures_encadrees)


def structures_a_affecter(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Structure]:
    """The structures a head allocates alone; none for a manager, who allocates everybody at once."""
    droits = droits or habilitation(pour, au=au)
    if droits.departement(P):
        return Structure.objects.none()
    return Structure.objects.filter(pk__in=droits.structures_encadrees).order_by("nom")


def lignes_visibles(
    proposition: PropositionAffectation, *, pour: Agent, au: date, droits: Habilitation | None = None
) -> QuerySet[LigneAffectation]:
    """The lines about people of her perimeter (a sensitive file shows to its readers only)."""
    visibles = q_visibles("personne_id", pour=pour, au=au, permission=P, droits=droits)
    return proposition.lignes.filter(visibles).select_related(
        "personne", "structure", "structure_decidee", "agent", "propose_structure", "propose_agent"
    )


def filtrer(
    lignes: QuerySet[LigneAffectation], *, voie: str = "", structure: int | None = None, voir: str = "", texte: str = ""
) -> QuerySet[LigneAffectation]:
    """Narrowed to a path, a structure, or what deserves a look."""
    if voie:
        lignes = lignes.filter(voie=voie)
    if structure:
        lignes = lignes.filter(structure=structure)
    if texte:
        lignes = lignes.filter(Q(personne__nom__icontains=texte) | Q(personne__prenom__icontains=texte))
    conditions = {
        "sans": Q(agent__isnull=True),
        "change": Q(agent__isnull=False) & ~Q(structure=F("structure_decidee")),
        "verrou": Q(verrou=True),
        "deplacee": ~Q(motif_deplacement=""),
        "ecartee": Q(resultat=ResultatLigne.ECARTEE),
        "refusee": Q(resultat=ResultatLigne.REFUSEE),
    }
    return lignes.filter(conditions[voir]) if voir in conditions else lignes


# Loads --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ChargeReferent:
    """A référent now and after, in people weighted (R18): ``avant``, ``apres``, ``capacite``; ``arrivees``: heads."""

    poste: Poste
    nom: str
    arrivees: int
    ajout: int

    @property
    def capacite(self) -> int:
        return round(self.poste.capacite / 100)

    @property
    def avant(self) -> int:
        return round(self.poste.charge / 100)

    @property
    def apres(self) -> int:
        return round((self.poste.charge + self.ajout) / 100)

    @property
    def places(self) -> int:
        """Left after the allocation."""
        return max(0, self.poste.places - self.arrivees)

    @property
    def depasse(self) -> bool:
        return self.apres > self.capacite

    @property
    def part_avant(self) -> int:
        """Percent of her capacity, 100 at most: the bar."""
        return min(100, round(100 * self.poste.charge / self.poste.capacite)) if self.poste.capacite else 100

    @property
    def part_ajout(self) -> int:
        if not self.poste.capacite:
            return 0
        return min(100 - self.part_avant, max(round(100 * self.ajout / self.poste.capacite), int(bool(self.ajout))))


@dataclass(slots=True)
class ChargeMaison:
    """A structure and its référents, now and after."""

    maison: Maison
    nom: str
    referents: list[ChargeReferent] = field(default_factory=list)

    @property
    def arrivees(self) -> int:
        return sum(r.arrivees for r in self.referents)

    @property
    def suivies(self) -> int:
        return sum(r.poste.suivies for r in self.referents)

    @property
    def places(self) -> int:
        """Left after the allocation, whoever limits them."""
        agents = sum(r.places for r in self.referents if not r.poste.empechement)
        return agents if self.maison.places is None else min(agents, max(0, self.maison.places - self.arrivees))


def charges_lues(probleme: Probleme) -> dict[str, Any]:
    """Places and loads of a problem, as the proposition keeps them: the page then reads nothing of the population."""
    return {
        "maisons": [[m.id, m.places, m.empechement] for m in probleme.maisons],
        "postes": [
            [p.structure, p.agent, p.capacite, p.charge, p.suivies, p.places, p.empechement] for p in probleme.postes
        ],
    }


def charges_de(proposition: PropositionAffectation, *, bareme: Bareme) -> list[ChargeMaison]:
    """Loads of the structures that receive somebody in a draft, those that receive most first."""
    maisons = [
        Maison(
            id=pk, type=TypeStructure.EDS, categorie=Genre.CONSEIL_DEPARTEMENTAL, places=places, empechement=pourquoi
        )
        for pk, places, pourquoi in proposition.charges.get("maisons", ())
    ]
    postes = [
        Poste(
            agent=agent, structure=structure, role=RoleAgent.REFERENT, capacite=capacite, charge=charge,
            suivies=suivies, places=places, empechement=empechement,
        )
        for structure, agent, capacite, charge, suivies, places, empechement in proposition.charges.get("postes", ())
    ]  # fmt: skip
    arrivees, ajouts = _arrivees(proposition, bareme)
    recoivent = {structure for structure, _ in arrivees}
    return _charges([m for m in maisons if m.id in recoivent], postes, arrivees, ajouts)


def charges(*, bareme: Bareme, au: date, structures: Collection[int]) -> list[ChargeMaison]:
    """Loads of these structures today, by name. A constant number of queries."""
    connues = charges_des_referents(bareme=bareme, au=au, structures=structures)
    maisons = lire_maisons(au=au, charges=connues, structures=structures)
    poids_place = bareme.poids_de("socio_pro", nouveau=True)
    postes = lire_postes(maisons=maisons, charges=connues, bareme=bareme, au=au, poids_place=poids_place)
    return sorted(_charges(maisons, postes, Counter(), Counter()), key=lambda c: c.nom)


def structures_referentes(
    *, pour: Agent, au: date, texte: str = "", droits: Habilitation | None = None
) -> QuerySet[Structure]:
    """Bodies of her perimeter that may be référents, by name; ``texte``: in their name or in that of an agent."""
    droits = droits or habilitation(pour, au=au)
    trouvees = Structure.objects.filter(en_cours(au)).exclude(categorie__in=("", Genre.OPERATEUR_EMPLOI))
    if not droits.departement(P):
        trouvees = trouvees.filter(pk__in=droits.structures_encadrees)
    if texte:
        agents = Q(agent__nom__icontains=texte) | Q(agent__prenom__icontains=texte)
        la = Affectation.objects.filter(agents, en_cours(au)).values("structure")
        trouvees = trouvees.filter(Q(nom__icontains=texte) | Q(pk__in=la))
    return trouvees.order_by("nom", "pk")


def _charges(
    maisons: Collection[Maison], postes: Collection[Poste], arrivees: Mapping[tuple[int, int], int],
    ajouts: Mapping[tuple[int, int], int],
) -> list[ChargeMaison]:  # fmt: skip
    retenues = {m.id for m in maisons}
    postes = [p for p in postes if p.structure in retenues]
    noms = dict(Structure.objects.filter(pk__in=retenues).values_list("pk", "nom"))
    agents = {a.pk: str(a) for a in Agent.objects.filter(pk__in={p.agent for p in postes})}
    par_maison: defaultdict[int, list[ChargeReferent]] = defaultdict(list)
    for p in postes:
        charge = ChargeReferent(p, agents[p.agent], arrivees.get(p.cle, 0), ajouts.get(p.cle, 0))
        par_maison[p.structure].append(charge)
    trouvees = [
        ChargeMaison(m, noms[m.id], sorted(par_maison[m.id], key=lambda r: (-r.arrivees, r.nom))) for m in maisons
    ]
    return sorted(trouvees, key=lambda c: (-c.arrivees, c.nom))


def _arrivees(
    proposition: PropositionAffectation, bareme: Bareme
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """Heads and weight that the proposal would add to each référent; nothing once it is validated."""
    arrivees: Counter[tuple[int, int]] = Counter()
    ajouts: Counter[tuple[int, int]] = Counter()
    lignes = (
        proposition.lignes.filter(agent__isnull=False, resultat=ResultatLigne.EN_ATTENTE)
        .values_list("structure_id", "agent_id", "voie", "personne__interprete")
        .annotate(n=Count("pk"))
    )
    for structure, agent, voie, interprete, n in lignes:
        arrivees[structure, agent] += n
        ajouts[structure, agent] += n * bareme.poids_de(voie, nouveau=True, interprete=interprete)
    return arrivees, ajouts


# One person ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Choix:
    """One référent possible for a person: the points it costs, its reasons, the places left in the draft."""

    poste: Poste
    points: int
    places: int
    raisons: list[Raison]
    detail: Mapping[Critere, int]


def choix_possibles(ligne: LigneAffectation, *, bareme: Bareme, au: date) -> list[Choix]:
    """Every référent who may be hers, best first, places counted after the rest of the draft."""
    lues = lire_attentes(Situation.objects.filter(personne=ligne.personne_id), au=au)
    if not lues:
        return []
    d = lues[0].demande
    seule = None if ligne.proposition.structure_id is None else [ligne.proposition.structure_id]
    couts = Couts(construire_probleme(demandes=[d], bareme=bareme, au=au, structures=seule))
    pris: Counter[tuple[int, int]] = Counter()
    autres = ligne.proposition.lignes.filter(agent__isnull=False).exclude(pk=ligne.pk)
    for structure, agent, n in autres.values_list("structure_id", "agent_id").annotate(n=Count("pk")):
        pris[structure, agent] += n
    possibles = []
    for rang, p in enumerate(couts.postes):
        detail = couts.detail(d, p)
        if detail is not None:
            places = p.places - pris[p.cle]
            possibles.append(Choix(p, sum(detail.values()), places, raisons_de(couts, d, rang), detail))
    return sorted(possibles, key=lambda c: (c.points, c.poste.cle))
