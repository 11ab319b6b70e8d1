"""The flow of people between states, photo after photo, as shapes: made here, drawn by a template. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.cohortes.enums import EtatMois

LARGEUR, HAUTEUR, BARRE, MARGE, HAUT = 900.0, 400.0, 34.0, 6.0, 26.0
RANG: Final = {etat.value: i for i, etat in enumerate(EtatMois, start=1)}


@dataclass(frozen=True, slots=True)
class Noeud:
    """A state at a photo. ``numero``: that of the legend; ``texte``: its share, when there is room to write it."""

    x: str
    y: str
    largeur: str
    hauteur: str
    numero: int
    milieu: str
    centre: str
    lisible: bool


@dataclass(frozen=True, slots=True)
class Ruban:
    """People who go from one state to another: an SVG path, coloured as where they come from."""

    trace: str
    numero: int


@dataclass(frozen=True, slots=True)
class Sankey:
    """Everything to draw. ``titres``: (x, words) above each photo."""

    noeuds: list[Noeud]
    rubans: list[Ruban]
    titres: list[tuple[str, str]]
    boite: str


def sankey(passages: Sequence[dict[str, Any]]) -> Sankey | None:
    """Lay the shapes out. ``passages``: consecutive ones, of the same people. ``None``: nothing to draw."""
    if not passages:
        return None
    etapes = [passages[0]["de"], *(p["vers"] for p in passages)]
    hauteurs = _hauteurs(passages)
    total = max(sum(h.values()) for h in hauteurs)
    echelle = (HAUTEUR - MARGE * (max(len(h) for h in hauteurs) - 1)) / total
    places = [_empiler(h, echelle) for h in hauteurs]
    pas = (LARGEUR - BARRE) / (len(etapes) - 1)
    rubans = [r for i, p in enumerate(passages) for r in _rubans(p, i, places, echelle, pas)]
    noeuds = [
        _noeud(i * pas, *places[i][etat], etat) for i, h in enumerate(hauteurs) for etat in h
    ]  # fmt: skip
    titres = [
        (_n(i * pas + (0 if i == 0 else BARRE if i == len(etapes) - 1 else BARRE / 2)),
         "départ" if k == 0 else f"{k} mois")
        for i, k in enumerate(etapes)
    ]  # fmt: skip
    return Sankey(noeuds, rubans, titres, f"0 0 {LARGEUR:.0f} {HAUTEUR + HAUT:.0f}")


def _hauteurs(passages: Sequence[dict[str, Any]]) -> list[dict[str, int]]:
    """How many people are drawn in each state at each photo (flows are rounded: the larger of what comes and goes)."""
    etapes: list[dict[str, int]] = [{} for _ in range(len(passages) + 1)]
    for i, p in enumerate(passages):
        depart: dict[str, int] = {}
        arrivee: dict[str, int] = {}
        for a, b, n in p["cellules"]:
            depart[a] = depart.get(a, 0) + n
            arrivee[b] = arrivee.get(b, 0) + n
        for ou, quoi in ((etapes[i], depart), (etapes[i + 1], arrivee)):
            for etat, n in quoi.items():
                ou[etat] = max(ou.get(etat, 0), n)
    return [{e: h[e] for e in RANG if h.get(e)} for h in etapes]


def _empiler(hauteurs: dict[str, int], echelle: float) -> dict[str, tuple[float, float]]:
    places, y = {}, HAUT
    for etat, n in hauteurs.items():
        places[etat] = (y, n * echelle)
        y += n * echelle + MARGE
    return places


def _rubans(
    p: dict[str, Any], rang: int, places: Sequence[dict[str, tuple[float, float]]], echelle: float, pas: float
) -> list[Ruban]:
    """Ribbons from one photo to the next, in the order of states at both ends."""
    gauche = {e: y for e, (y, _) in places[rang].items()}
    droite = {e: y for e, (y, _) in places[rang + 1].items()}
    x1, x2 = rang * pas + BARRE, (rang + 1) * pas
    milieu = (x1 + x2) / 2
    rubans = []
    flux = sorted((c for c in p["cellules"] if c[2]), key=lambda c: (RANG[c[0]], RANG[c[1]]))
    for a, groupe in itertools.groupby(flux, key=lambda c: c[0]):
        for _, b, n in groupe:
            e = n * echelle
            ya, yb = gauche[a], droite[b]
            gauche[a], droite[b] = ya + e, yb + e
            trace = (
                f"M{_n(x1)},{_n(ya)} C{_n(milieu)},{_n(ya)} {_n(milieu)},{_n(yb)} {_n(x2)},{_n(yb)} "
                f"L{_n(x2)},{_n(yb + e)} C{_n(milieu)},{_n(yb + e)} {_n(milieu)},{_n(ya + e)} {_n(x1)},{_n(ya + e)} Z"
            )
            rubans.append(Ruban(trace, RANG[a]))
    return rubans


def _noeud(x: float, y: float, hauteur: float, etat: str) -> Noeud:
    return Noeud(
        _n(x), _n(y), _n(BARRE), _n(max(hauteur, 1)), RANG[etat], _n(y + hauteur / 2 + 5), _n(x + BARRE / 2),
        hauteur >= 14,
    )  # fmt: skip


def _n(x: float) -> str:
    """A number for SVG, whatever the language of the page."""
    return f"{x:.1f}"
