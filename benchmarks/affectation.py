"""The allocation of the whole stock: 47,000 people, 320 référents, reasons included (design §8, ADR 0020).

Beside it in the same process: the bare solver on the same network, and first come first served on the same costs. Then
a period lived day by day: with the prices of expected arrivals, as if each day were the last, and with hindsight.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from benchmarks.mesure import Mesure
from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.orientation.affectation import flot
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.affectation.comparaison import comparer, gains
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.affectation.premier_arrive import premier_arrive
from cordee.metier.orientation.affectation.probleme import Demande, Maison, Poste, Probleme
from cordee.metier.orientation.affectation.raisons import Explications
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre
from cordee.metier.orientation.affectation.simulation import simuler
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre

PERSONNES, REFERENTS, STRUCTURES = 47_000, 320, 90
BUDGET_S, BUDGET_SOLVEUR, BUDGET_MEMOIRE = 15, 30, 700
COMMUNES = tuple(f"94{n:03d}" for n in range(1, 48))
SPECIALITES = [s for s in Specialite if s is not Specialite.ACCUEIL_DIAGNOSTIC]


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    probleme = departement()
    avant = _memoire()
    processeur = time.process_time()
    complet, resultat = _chronometrer(lambda: avec_raisons(probleme))
    processeur = time.process_time() - processeur
    memoire = _memoire() - avant
    solveur = _solveur_seul(resultat)
    glouton, usuel = _chronometrer(lambda: premier_arrive(resultat))
    assert resultat.cout == resultat.borne
    fil, sans, recul = _periode()
    taille = (
        f"{PERSONNES} personnes, {REFERENTS} référents, {len(resultat.groupes)} profils, prouvé ; "
        f"{processeur:.1f} s de processeur"
    )
    return [
        Mesure("affecter tout le monde, raisons, choix suivants, comparaison et gains", complet, BUDGET_S, "s", taille),
        Mesure("le même contre le solveur seul", complet / solveur, BUDGET_SOLVEUR, "×", f"solveur {solveur:.2f} s"),
        Mesure("le même contre le premier arrivé seul", complet / glouton, 60, "×", f"premier arrivé {glouton:.2f} s"),
        Mesure("coût rapporté au premier arrivé, premier servi", resultat.cout / usuel.cout, 1, "",
               f"{len(resultat.choix)} affectées contre {len(usuel.choix)}"),
        Mesure("mémoire de plus", memoire, BUDGET_MEMOIRE, "Mo"),
        Mesure("surcoût au fil des jours, rapporté à chaque jour pour soi", (fil - recul) / (sans - recul), 0.8,
               "", f"après coup {recul}, au fil {fil}, jour par jour {sans} points"),
    ]  # fmt: skip


def avec_raisons(probleme: Probleme) -> Resultat:
    """All that a proposal keeps."""
    resultat = resoudre(probleme)
    explications = Explications(resultat)
    for d in probleme.demandes:
        explications.raisons(d)
        explications.autres(d)
    comparer(resultat, premier_arrive(resultat))
    gains(resultat)
    return resultat


def departement(personnes: int = PERSONNES, *, graine: int = 94, marge: float = 1.02) -> Probleme:
    """An invented département: communes on a map, sectors, CCAS, teams, operators; places for about everybody."""
    r = Random(graine)  # noqa: S311 - an invented département
    points = {c: (18 * r.random(), 18 * r.random()) for c in COMMUNES}
    distances = {
        (a, b): round(((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2) ** 0.5)
        for a in COMMUNES for b in COMMUNES if a < b
    }  # fmt: skip
    maisons = [_maison(n, r) for n in range(1, STRUCTURES + 1)]
    places = int(personnes / REFERENTS * marge) + 1
    postes = [
        Poste(
            agent=1000 + n, structure=n % STRUCTURES + 1, capacite=places * 150, total=places, places=places,
            role=RoleAgent.TRAVAILLEUR_SOCIAL if n % 3 else RoleAgent.REFERENT,
            langues=frozenset({r.choice(("arabe", "turc", "tamoul"))} if n % 5 == 0 else ()),
        )
        for n in range(REFERENTS)
    ]  # fmt: skip
    demandes = demandes_au_hasard(r, personnes, maisons)
    return Probleme(
        demandes=tuple(demandes), maisons=tuple(maisons), postes=tuple(postes), bareme=bareme(), distances=distances
    )


def demandes_au_hasard(r: Random, personnes: int, maisons: list[Maison], debut: int = 1) -> list[Demande]:
    """People whose decision is mostly that of their sector."""
    secteurs = {commune: m.id for m in maisons for commune, public in m.sert if public is PublicSecteur.TOUS}
    publics = (PublicSecteur.ISOLES, PublicSecteur.COUPLES_SANS_ENFANT, PublicSecteur.AVEC_ENFANT)
    demandes = []
    for n in range(personnes):
        commune = r.choice(COMMUNES)
        langue = r.choice(("arabe", "turc", "tamoul", "peul")) if r.random() < 0.15 else ""
        demandes.append(
            Demande(
                id=debut + n, voie=r.choice(list(Voie)), categorie=Genre.CONSEIL_DEPARTEMENTAL, commune=commune,
                structure=secteurs[commune] if r.random() < 0.7 else r.randrange(STRUCTURES) + 1,
                acquise=r.random() < 0.6, public=r.choice(publics), attente_jours=r.randrange(90), langue=langue,
                interprete=bool(langue), specialite=r.choice(SPECIALITES) if r.random() < 0.3 else None,
                anciens=frozenset({1000 + r.randrange(REFERENTS)} if r.random() < 0.05 else ()),
            )
        )  # fmt: skip
    return demandes


def _maison(n: int, r: Random) -> Maison:
    """Four EDS, four CCAS, an operator and a specialised team out of ten structures; sectors dealt out in turn."""
    rang, sorte = divmod(n - 1, 10)
    eds = STRUCTURES * 4 // 10
    siennes = [c for i, c in enumerate(COMMUNES) if i % eds == (rang * 4 + sorte) % eds] or [r.choice(COMMUNES)]
    base: dict[str, Any] = {"id": n, "commune": siennes[0]}
    if sorte < 4:
        sert = frozenset((c, PublicSecteur.TOUS) for c in siennes)
        return Maison(type=TypeStructure.EDS, categorie=Genre.CONSEIL_DEPARTEMENTAL, sert=sert, **base)
    if sorte < 8:
        sert = frozenset((c, PublicSecteur.SANS_ENFANT) for c in siennes)
        return Maison(type=TypeStructure.CCAS, categorie=Genre.DELEGATAIRE, sert=sert, **base)
    if sorte == 8:
        return Maison(type=TypeStructure.OPERATEUR, categorie=Genre.DELEGATAIRE, departementale=True, **base)
    return Maison(
        type=TypeStructure.EQUIPE_SPECIALISEE, categorie=Genre.CONSEIL_DEPARTEMENTAL, departementale=True,
        specialite=r.choice(SPECIALITES), **base,
    )  # fmt: skip


def _solveur_seul(resultat: Resultat) -> float:
    """OR-Tools alone on the network of the problem, its arrays already made."""
    solveur, arcs = min_cost_flow.SimpleMinCostFlow(), {}
    origine = flot._resoudre  # noqa: SLF001 - the very call of the product is timed

    def retenir(*colonnes: Any) -> Any:
        arcs["colonnes"] = colonnes
        return origine(*colonnes)

    setattr(flot, "_resoudre", retenir)  # noqa: B010 - a private name, put back below
    try:
        resoudre(resultat.couts.probleme)
    finally:
        setattr(flot, "_resoudre", origine)  # noqa: B010
    de, vers, capacites, couts, offres = arcs["colonnes"]
    solveur.add_arcs_with_capacity_and_unit_cost(de, vers, capacites, couts)
    solveur.set_nodes_supplies(np.arange(len(offres)), offres)
    duree, _ = _chronometrer(solveur.solve)
    return duree


def _periode() -> tuple[int, int, int]:
    """Ten days of sixty arrivals where places are just enough: (with prices, day by day, hindsight), in points."""
    base = departement(600, graine=7, marge=1.0)
    vide = replace(base, demandes=(), bareme=replace(base.bareme, remplissage=((0, 0),)))
    r = Random(8)  # noqa: S311 - invented arrivals
    maisons = list(base.maisons)
    jours = [demandes_au_hasard(r, 60, maisons, debut=1000 * j + 1) for j in range(10)]
    attendues = demandes_au_hasard(Random(9), 600, maisons)  # noqa: S311
    ensemble = [[d for jour in jours for d in jour]]
    return (
        simuler(vide, jours, attendues=attendues).cout, simuler(vide, jours).cout, simuler(vide, ensemble).cout
    )  # fmt: skip


def _memoire() -> float:
    """Highest resident memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _chronometrer(faire: Callable[[], Any]) -> tuple[float, Any]:
    debut = time.perf_counter()
    rendu = faire()
    return time.perf_counter() - debut, rendu
