"""Charts as Vega-Lite descriptions, made here once: drawn by the browser, and by whatever draws a report.

Nothing in them calls the network nor needs ``eval``. What a line says is written at its end, what a circle says beside
it: colour never speaks alone, and the page gives the same data in a table and the same sight in a sentence.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Graphique = dict[str, Any]
ENCRE, SOURDINE, LIGNE, PRIMAIRE, ACCENT, SURFACE = "#1b2a30", "#55656b", "#ddd9d0", "#0e5a63", "#b4541a", "#ffffff"
TEINTES: Final = ("#cfe5e4", "#8fbfbf", "#3f8b91", "#0e5a63")
POLICE: Final = "Atkinson Hyperlegible Next, system-ui, sans-serif"
TAUX_INCONNU: Final = "taux non affiché"
NOMMEES: Final = 14
"""How many communes may bear their name on the map: the largest."""
PIXELS, LETTRE = 1500.0, 6.8
"""Of a degree of latitude on a small map, and of a letter: to know which names would touch."""
DECALAGES: Final = (0, -16, 16)
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_CONFIG: Final[Graphique] = {
    "background": "transparent",
    "font": POLICE,
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOURDINE, "titleColor": SOURDINE, "labelFontSize": 13, "titleFontSize": 13,
        "titleFontWeight": "normal", "gridColor": LIGNE, "domainColor": LIGNE, "tickColor": LIGNE, "labelPadding": 6,
    },
    "legend": {"labelColor": ENCRE, "titleColor": SOURDINE, "labelFontSize": 13, "titleFontSize": 13},
    "text": {"font": POLICE, "fontSize": 13, "color": ENCRE},
    "aria": False,  # the figure says it in one sentence: fifty shapes read one by one say nothing
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a series. ``valeur`` None: unknown or hidden, which breaks the line.

    ``texte``: as people read it, at the end of the line; ``bulle``: what its point says under the mouse.
    """

    le: date
    valeur: float | None
    texte: str
    bulle: str = ""


@dataclass(frozen=True, slots=True)
class Repere:
    """A horizontal line: a target or a limit of the law, with its words."""

    valeur: float
    texte: str


@dataclass(frozen=True, slots=True)
class Lieu:
    """A commune on the map: ``taille`` sizes its circle, ``taux`` (0–100) darkens it; None: hidden or unknown."""

    nom: str
    latitude: float
    longitude: float
    taille: float | None
    texte: str
    taux: float | None = None


def depuis_zero(valeurs: Sequence[float]) -> bool:
    """Whether the axis starts at zero: unless that would flatten what is to be seen. The page says it when it does not.

    >>> depuis_zero([10, 24]), depuis_zero([39000, 37000]), depuis_zero([])
    (True, False, True)
    """
    return not valeurs or min(valeurs) < 0.6 * max(valeurs)


def courbe(
    points: Sequence[Point],
    *,
    description: str,
    un_an_avant: Sequence[Point] = (),
    repere: Repere | None = None,
) -> Graphique:
    """The series of an indicator, month by month, beside the same months a year before (dashed)."""
    connus = [p.valeur for p in (*points, *un_an_avant) if p.valeur is not None]
    zero = depuis_zero([*connus, repere.valeur] if repere else connus)
    dessous = _derniere(un_an_avant) < _derniere(points)  # which of the two names stands under its line
    couches = [
        *_ligne(un_an_avant, SOURDINE, [5, 4], "un an avant", 9 if dessous else -9),
        *_ligne(points, PRIMAIRE, [], "", (-5 if dessous else 5) if un_an_avant else 0),
    ]
    if repere:
        couches.append(_repere(repere))
    return {
        **cadre(description),
        "autosize": {"type": "none", "contains": "padding"},  # « fit » would count the words at the end twice
        "height": 300,
        "padding": {"left": _largeur(connus), "top": 24, "bottom": 30, "right": _fin(points, bool(un_an_avant))},
        "encoding": {
            "x": {
                "field": "mois", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
                "axis": {"format": "%b %Y", "grid": False, "labelOverlap": True, "tickCount": 6},
            },
            "y": {
                "field": "valeur", "type": "quantitative", "title": None, "scale": _echelle(connus, zero),
                "axis": {"tickCount": 5, "format": ",~f"},
            },
        },
        "layer": couches,
    }  # fmt: skip


def etincelle(points: Sequence[Point], *, description: str, repere: Repere | None = None) -> Graphique:
    """The same line, small, with no axis: the words stand beside it on the page."""
    connus = [p.valeur for p in points if p.valeur is not None]
    zero = depuis_zero([*connus, repere.valeur] if repere else connus)
    couches = _ligne(points, PRIMAIRE, [], None)
    if repere:
        couches.append(_regle(repere))
    return {
        **cadre(description),
        "height": 64,
        "padding": {"left": 4, "right": 8, "top": 6, "bottom": 4},
        "encoding": {
            "x": {"field": "mois", "type": "temporal", "timeUnit": "utcyearmonth", "axis": None},
            "y": {"field": "valeur", "type": "quantitative", "axis": None, "scale": _echelle(connus, zero, nice=False)},
        },
        "layer": couches,
    }


def carte(lieux: Sequence[Lieu], *, description: str, taux: bool = False) -> Graphique:
    """Communes as circles at their place: as large as the number and, with ``taux``, as dark as the rate.

    A commune whose number is hidden keeps a small dashed ring: it is there, and nobody can read how many.
    """
    rangs = classes([lieu.taux for lieu in lieux if lieu.taux is not None])
    noms = nommes(lieux)
    lignes = [
        {
            "nom": lieu.nom, "lat": lieu.latitude, "lon": lieu.longitude, "taille": lieu.taille, "texte": lieu.texte,
            "classe": classe_de(lieu.taux, rangs), "montre": lieu.taille is not None, "bas": noms.get(lieu.nom),
        }
        for lieu in sorted(lieux, key=lambda x: x.taille or 0, reverse=True)
    ]  # fmt: skip
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    return {
        **cadre(description),
        "height": "container",
        "padding": 12,
        "projection": {"type": "mercator"},
        "data": {"values": lignes},
        "layer": [_cercles(place, rangs if taux else None), _anneaux(place), _noms(place)],
    }


def classes(taux: Sequence[float]) -> list[int]:
    """Where the shades of a map change: three whole numbers that cut the communes in four, fewer when they are alike.

    >>> classes([12, 31, 38, 44, 52, 61, 70, 88]), classes([40, 40]), classes([])
    ([38, 52, 70], [40], [])
    """
    tries = sorted(taux)
    return sorted({round(tries[len(tries) * quart // 4]) for quart in (1, 2, 3)}) if tries else []


def classe_de(taux: float | None, rangs: Sequence[int]) -> str:
    """The words of the shade of a rate.

    >>> [classe_de(t, [40, 60]) for t in (12, 40, 75)], classe_de(None, [40])
    (['moins de 40 %', '40 à 60 %', '60 % et plus'], 'taux non affiché')
    """
    if taux is None:
        return TAUX_INCONNU
    return libelles(rangs)[sum(taux >= rang for rang in rangs)]


def libelles(rangs: Sequence[int]) -> list[str]:
    """The shades of a map in words, lightest first."""
    if not rangs:
        return [TAUX_INCONNU]
    milieux = [f"{a} à {b} %" for a, b in itertools.pairwise(rangs)]
    return [f"moins de {rangs[0]} %", *milieux, f"{rangs[-1]} % et plus"]


def nommes(lieux: Sequence[Lieu]) -> dict[str, int]:
    """Communes that bear their name and how far below their circle (pixels): the largest first, no two names touching.

    >>> creteil, vitry = Lieu("Créteil", 48.7845, 2.4523, 90, ""), Lieu("Vitry-sur-Seine", 48.7872, 2.3932, 80, "")
    >>> nommes([vitry, creteil, Lieu("Périgny", 48.6989, 2.5597, None, "")])
    {'Créteil': 0, 'Vitry-sur-Seine': -16}
    """
    places: list[tuple[float, float, float]] = []
    retenus: dict[str, int] = {}
    for lieu in sorted(lieux, key=lambda x: x.taille or 0, reverse=True)[:NOMMEES]:
        if not lieu.taille:
            continue
        x, y = lieu.longitude * math.cos(math.radians(lieu.latitude)) * PIXELS, -lieu.latitude * PIXELS
        demi = len(lieu.nom) * LETTRE / 2
        for bas in DECALAGES:
            if all(abs(y + bas - y_) >= 15 or abs(x - x_) > demi + demi_ for x_, y_, demi_ in places):
                places.append((x, y + bas, demi))
                retenus[lieu.nom] = bas
                break
    return retenus


# Parts --------------------------------------------------------------------------------------------------------------
def cadre(description: str) -> Graphique:
    """What every chart starts from: schema, words for who cannot see it, width of its place, our letters."""
    return {
        "$schema": _SCHEMA,
        "description": description,
        "width": "container",
        "autosize": {"type": "fit", "contains": "padding"},
        "config": _CONFIG,
    }


def _donnees(points: Sequence[Point]) -> Graphique:
    """Dates as the first of their month: a picture of the 22nd stands in its month."""
    return {
        "values": [
            {"mois": f"{p.le:%Y-%m}-01", "valeur": p.valeur, "texte": p.texte, "bulle": p.bulle or p.texte}
            for p in points
        ]
    }


def _largeur(connus: Sequence[float]) -> int:
    """Room for the numbers of the vertical axis, in pixels."""
    return 18 + round(8.2 * max(len(f"{max(connus, default=0):,.0f}"), 3))


def _fin(points: Sequence[Point], comparee: bool) -> int:
    """Room for the words at the end of the lines, in pixels."""
    derniers = [p.texte for p in points if p.valeur is not None][-1:] + (["un an avant"] if comparee else [])
    return 20 + round(7.4 * max(map(len, derniers), default=0))


def _echelle(connus: Sequence[float], zero: bool, *, nice: bool = True) -> Graphique:
    """With nothing known, an empty frame rather than an axis without end."""
    return {"zero": zero, "nice": nice} if connus else {"domain": [0, 1]}


def _derniere(points: Sequence[Point]) -> float:
    return next((p.valeur for p in reversed(points) if p.valeur is not None), 0.0)


def _ligne(
    points: Sequence[Point], couleur: str, tirets: list[int], suite: str | None, bas: int = 0
) -> list[Graphique]:
    """A line, its points, and at its end, ``bas`` pixels lower, what it is worth (``suite`` None: no words)."""
    if not points:
        return []
    donnees = _donnees(points)
    bulle = {"field": "bulle", "type": "nominal"}
    trait = {"type": "line", "color": couleur, "strokeWidth": 2 if tirets else 2.5, "strokeDash": tirets,
             "invalid": "break-paths-show-path-domains"}  # fmt: skip
    couches: list[Graphique] = [{"data": donnees, "mark": trait}]
    if suite is not None:
        marque = {"type": "point", "filled": True, "size": 26 if tirets else 44, "color": couleur, "opacity": 1}
        couches.append({"data": donnees, "mark": marque, "encoding": {"tooltip": bulle}})
    dernier = next((p for p in reversed(points) if p.valeur is not None), None)
    if dernier is not None:
        fin = {"data": _donnees([dernier])}
        couches.append({**fin, "mark": {"type": "point", "filled": True, "size": 60, "color": couleur, "opacity": 1}})
        if suite is not None:
            graisse = "normal" if suite else 700
            mots = {"type": "text", "align": "left", "dx": 9, "dy": bas, "color": couleur, "fontWeight": graisse}
            texte = {"field": "texte", "type": "nominal"} if not suite else {"value": suite}
            couches.append({**fin, "mark": mots, "encoding": {"text": texte}})
    return couches


def _regle(repere: Repere) -> Graphique:
    return {
        "data": {"values": [{"valeur": repere.valeur}]},
        "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 1.5, "strokeDash": [2, 3]},
        "encoding": {"x": None, "y": {"field": "valeur", "type": "quantitative"}},
    }


def _repere(repere: Repere) -> Graphique:
    """The dotted line of a target or of a limit, its words above its left end."""
    place = {"align": "left", "baseline": "bottom", "dy": -4, "dx": 2, "x": 0}
    mots = {"type": "text", **place, "color": ACCENT, "fontWeight": 600}
    return {
        "data": {"values": [{"valeur": repere.valeur}]},
        "encoding": {"x": None, "y": {"field": "valeur", "type": "quantitative"}},
        "layer": [
            {"mark": {"type": "rule", "color": ACCENT, "strokeWidth": 1.5, "strokeDash": [2, 3]}},
            {"mark": mots, "encoding": {"text": {"value": repere.texte}}},
        ],
    }


def _cercles(place: Graphique, rangs: Sequence[int] | None) -> Graphique:
    aire = {"range": [12, 2600], "zero": True}
    encodage: Graphique = {
        **place,
        "size": {"field": "taille", "type": "quantitative", "legend": None, "scale": aire},
        "tooltip": {"field": "texte", "type": "nominal"},
    }
    if rangs is not None:
        noms = libelles(rangs)
        encodage["color"] = {
            "field": "classe", "type": "nominal", "title": None,
            "scale": {"domain": [*noms, TAUX_INCONNU], "range": [*TEINTES[len(TEINTES) - len(noms):], SURFACE]},
            "legend": {"orient": "bottom", "columns": 2, "symbolType": "circle", "symbolSize": 160,
                       "symbolStrokeColor": ENCRE},
        }  # fmt: skip
    marque = {"type": "circle", "color": "#3f8b91", "opacity": 0.82, "stroke": ENCRE, "strokeWidth": 0.8}
    return {"transform": [{"filter": "datum.montre"}], "mark": marque, "encoding": encodage}


def _anneaux(place: Graphique) -> Graphique:
    marque = {"type": "point", "filled": False, "size": 60, "color": SOURDINE, "strokeDash": [2, 2], "opacity": 1}
    bulle = {"tooltip": {"field": "texte", "type": "nominal"}}
    return {"transform": [{"filter": "!datum.montre"}], "mark": marque, "encoding": {**place, **bulle}}


def _noms(place: Graphique) -> Graphique:
    """White under the words: they are read on any shade."""
    mots: Graphique = {"type": "text", "fontSize": 12, "fontWeight": 600, "color": ENCRE}
    contour: Graphique = {"stroke": SURFACE, "strokeWidth": 3.5, "strokeJoin": "round"}
    traits: tuple[Graphique, Graphique] = ({**mots, **contour}, mots)
    couches: list[Graphique] = [
        {"transform": [{"filter": f"datum.bas === {bas}"}], "mark": {**trait, "dy": bas}}
        for trait in traits
        for bas in DECALAGES
    ]
    return {"encoding": {**place, "text": {"field": "nom", "type": "nominal"}}, "layer": couches}
