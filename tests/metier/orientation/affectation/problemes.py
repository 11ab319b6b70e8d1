"""Small invented problems of allocation, drawn from a seed, and independent ways to solve them."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from ortools.linear_solver import pywraplp

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.affectation.couts import Couts
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.affectation.probleme import Demande, Maison, Poste, Probleme
from cordee.metier.orientation.affectation.resolution import Resultat, prix_attente
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre

COMMUNES = ("94001", "94002", "94003", "94004")
DISTANCES = {(a, b): 3 * (j - i) for i, a in enumerate(COMMUNES) for j, b in enumerate(COMMUNES) if i < j}
EDS, CCAS = TypeStructure.EDS, TypeStructure.CCAS
TOUS, SANS_ENFANT = PublicSecteur.TOUS, PublicSecteur.SANS_ENFANT


def demande(pk: int = 1, **champs: Any) -> Demande:
    """A person alone of the first commune, oriented towards the EDS 1."""
    base = {"voie": Voie.SOCIO_PRO, "categorie": Genre.CONSEIL_DEPARTEMENTAL, "structure": 1, "commune": COMMUNES[0],
            "public": PublicSecteur.ISOLES}  # fmt: skip
    return Demande(**{"id": pk, **base, **champs})


def maison(pk: int = 1, **champs: Any) -> Maison:
    """An EDS of the commune of its rank, which receives everybody there."""
    commune = COMMUNES[(pk - 1) % len(COMMUNES)]
    base = {"type": EDS, "categorie": Genre.CONSEIL_DEPARTEMENTAL, "commune": commune,
            "sert": frozenset({(commune, TOUS)})}  # fmt: skip
    return Maison(**{"id": pk, **base, **champs})


def ccas(pk: int, commune: str, **champs: Any) -> Maison:
    """A CCAS under convention: people without children of its commune."""
    return maison(
        pk, type=CCAS, categorie=Genre.DELEGATAIRE, commune=commune, sert=frozenset({(commune, SANS_ENFANT)}), **champs
    )


def poste(agent: int = 101, structure: int = 1, places: int = 1, **champs: Any) -> Poste:
    """A référent (not a social worker) with that many places, all her capacity."""
    base = {"role": RoleAgent.REFERENT, "capacite": 100 * places, "total": places, "places": places}
    return Poste(**{"agent": agent, "structure": structure, **base, **champs})


def probleme(demandes: list[Demande], maisons: list[Maison], postes: list[Poste], **champs: Any) -> Probleme:
    return Probleme(
        demandes=tuple(demandes), maisons=tuple(maisons), postes=tuple(postes), bareme=bareme(), distances=DISTANCES,
        **champs,
    )  # fmt: skip


def au_hasard(graine: int, *, personnes: int = 9, couples: bool = False) -> Probleme:
    """Four structures, a handful of référents, places that are short one time in two."""
    r = Random(graine)  # noqa: S311 - invented problems, no secret
    maisons = [
        maison(1), maison(2, places=r.choice([None, 1, 3])), ccas(3, COMMUNES[0], places=r.choice([None, 2])),
        maison(4, type=TypeStructure.EQUIPE_SPECIALISEE, sert=frozenset(), specialite=Specialite.JEUNES,
               departementale=True),
    ]  # fmt: skip
    postes = [
        poste(
            101 + n, structure=1 + n % 4, places=r.randrange(4),
            role=r.choice([RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL]),
            langues=frozenset({"arabe"} if r.random() < 0.3 else ()),
            specialites=frozenset({Specialite.ACTIVITE} if r.random() < 0.2 else ()),
            empechement="absent" if r.random() < 0.1 else "",
        )
        for n in range(6)
    ]  # fmt: skip
    demandes = [_demande(pk, r, couples) for pk in range(1, personnes + 1)]
    return probleme(demandes, maisons, postes)


def _demande(pk: int, r: Random, couples: bool) -> Demande:
    langue = r.choice(["", "", "arabe", "tamoul"])
    return demande(
        pk, structure=r.choice([1, 1, 2, 3]), refusee=r.random() < 0.15, commune=r.choice(COMMUNES[:2]),
        public=r.choice(list(PublicSecteur)), voie=r.choice(list(Voie)), attente_jours=r.randrange(60),
        specialite=r.choice([None, Specialite.JEUNES, Specialite.ACTIVITE]), langue=langue, interprete=bool(langue),
        accessible=r.random() < 0.2, anciens=frozenset({101 + r.randrange(6)} if r.random() < 0.3 else ()),
        agents_exclus=frozenset({101 + r.randrange(6)} if r.random() < 0.2 else ()),
        foyer=pk // 2 if couples and r.random() < 0.6 else None,
    )  # fmt: skip


def optimum_par_programme_lineaire(resultat: Resultat) -> int:
    """The same problem given to another solver (GLOP), written person by person from the criteria."""
    couts, places, penalite = resultat.couts, resultat.avant, resultat.flot.penalite
    libres = [d for g in resultat.groupes for d in g.personnes]
    s = pywraplp.Solver.CreateSolver("GLOP")
    objectif, charges, entrees = [], {rang: [] for rang in range(len(couts.postes))}, []
    for d in libres:
        choix = []
        for rang, p in enumerate(couts.postes):
            detail = couts.detail(d, p)
            if detail is not None:
                x = s.NumVar(0, 1, "")
                choix.append(x)
                charges[rang].append(x)
                objectif.append(sum(detail.values()) * x)
        dehors = s.NumVar(0, 1, "")
        objectif.append((penalite + prix_attente(couts, d)) * dehors)
        s.Add(sum(choix, dehors) == 1)
    for rang, p in enumerate(couts.postes):
        venues, reste = int(places.venues[rang]), int(places.postes[rang])
        paliers = [s.NumVar(0, n, "") for n, _ in couts.bareme.paliers(p.total, p.total - p.places + venues, reste)]
        objectif += [
            pts * v
            for v, (_, pts) in zip(
                paliers, couts.bareme.paliers(p.total, p.total - p.places + venues, reste), strict=True
            )
        ]
        s.Add(sum(charges[rang], s.NumVar(0, 0, "")) == sum(paliers, s.NumVar(0, 0, "")))
        entrees.append(sum(charges[rang], s.NumVar(0, 0, "")))
    for rang, limite in enumerate(places.structures):
        if limite >= 0:
            s.Add(
                sum((e for i, e in enumerate(entrees) if couts.maison_du_poste[i] == rang), s.NumVar(0, 0, ""))
                <= int(limite)
            )
    s.Minimize(sum(objectif, s.NumVar(0, 0, "")))
    assert s.Solve() == pywraplp.Solver.OPTIMAL
    return round(s.Objective().Value())


def cout_reel(resultat: Resultat, choix: dict[int, int]) -> int:
    """What a whole allocation costs, counted by hand: criteria, filling steps, people left out."""
    couts: Couts = resultat.couts
    total, venues = 0, dict.fromkeys(range(len(couts.postes)), 0)
    for d in couts.probleme.demandes:
        if d.id in choix:
            detail = couts.detail(d, couts.postes[choix[d.id]])
            assert detail is not None
            total += sum(detail.values())
            venues[choix[d.id]] += 1
        elif d.id in resultat.groupe_de:
            total += resultat.flot.penalite + prix_attente(couts, d)
    for rang, p in enumerate(couts.postes):
        points = [pts for n, pts in couts.bareme.paliers(p.total, p.total - p.places, p.places) for _ in range(n)]
        total += sum(points[: venues[rang]])
    return total


def une_place_de_plus(
    p: Probleme, *, agent: int | None = None, structure: int | None = None, combien: int = 1
) -> Probleme:
    """The same problem with one more place (or one less) for an agent, or in a structure."""
    postes = tuple(
        replace(x, places=x.places + combien, total=x.total + combien) if x.agent == agent else x for x in p.postes
    )
    maisons = tuple(
        replace(m, places=m.places + combien) if m.id == structure and m.places is not None else m for m in p.maisons
    )
    return replace(p, postes=postes, maisons=maisons)
