"""Day by day: keeping places for those to come does better than serving each day as if it were the last."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent
from cordee.metier.orientation.affectation.fil import prix_attendus, resoudre_au_fil
from cordee.metier.orientation.affectation.premier_arrive import premier_arrive
from cordee.metier.orientation.affectation.probleme import Demande, Probleme
from cordee.metier.orientation.affectation.raisons import Explications
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre
from cordee.metier.orientation.affectation.simulation import simuler
from cordee.metier.parcours.enums import Voie
from tests.metier.orientation.affectation.problemes import COMMUNES, ccas, demande, maison, poste, probleme


def _places() -> Probleme:
    """Three EDS and two CCAS, sixty places: each receives first a public, a trade or a language that is rare."""
    maisons = [maison(1), maison(2), maison(3), ccas(5, COMMUNES[0]), ccas(6, COMMUNES[1])]
    postes = [
        poste(101, 1, 16), poste(102, 2, 12, langues=frozenset({"arabe"})),
        poste(103, 3, 12, role=RoleAgent.TRAVAILLEUR_SOCIAL), poste(105, 5, 12),
        poste(106, 6, 8, langues=frozenset({"tamoul"})),
    ]  # fmt: skip
    p = probleme([], maisons, postes)
    return replace(p, bareme=replace(p.bareme, remplissage=((0, 0),)))  # points of criteria alone are compared


def _arrivees(graine: int, combien: int, debut: int = 1) -> list[Demande]:
    r = Random(graine)  # noqa: S311 - invented arrivals
    return [
        demande(
            debut + n, structure=None, commune=r.choice((*COMMUNES[:3], COMMUNES[0])), voie=r.choice(list(Voie)),
            public=r.choice([PublicSecteur.ISOLES, PublicSecteur.AVEC_ENFANT]),
            langue=(langue := r.choice(["", "", "arabe", "tamoul"])), interprete=bool(langue),
        )
        for n in range(combien)
    ]  # fmt: skip


def test_streaming_beats_greedy_and_nears_hindsight() -> None:
    """Five periods of ten days; expected arrivals are those of another draw, never the real ones."""
    fil = glouton = recul = 0
    for graine in range(5):
        jours = [_arrivees(1000 * graine + j, 6, debut=100 * j + 1) for j in range(10)]
        fil += simuler(_places(), jours, attendues=_arrivees(77_000 + graine, 60)).cout
        glouton += simuler(_places(), jours).cout
        recul += simuler(_places(), [[d for jour in jours for d in jour]]).cout
    assert recul <= fil < glouton
    assert fil - recul <= 0.7 * (glouton - recul)


def test_prices_never_make_anybody_wait() -> None:
    p = replace(_places(), demandes=tuple(_arrivees(1, 20)))
    r: Resultat = resoudre_au_fil(p, _arrivees(2, 40))
    assert len(r.choix) == 20
    assert r.cout == r.borne <= premier_arrive(r).cout
    details = (r.couts.detail(d, r.couts.postes[r.choix[d.id]]) or {} for d in p.demandes)
    assert r.points == sum(sum(detail.values()) for detail in details)
    gardees = [d for d in p.demandes if {"code": "place_gardee"} in Explications(r).raisons(d)]
    assert all((suivant := Explications(r).autres(d)[0]) is not None and suivant.ecart < 0 for d in gardees)


def test_without_expected_arrivals_it_is_the_ordinary_allocation() -> None:
    p = replace(_places(), demandes=tuple(_arrivees(1, 20)))
    assert resoudre_au_fil(p, []).choix == resoudre(p).choix
    assert prix_attendus(p, []) == {}
