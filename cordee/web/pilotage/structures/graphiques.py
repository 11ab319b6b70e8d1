"""Charts of structures: a funnel (gap by number of people, limits of chance), a caterpillar (gaps drawn back, with
intervals), the spread through time. Colour never speaks alone: shapes and names say the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.dessins.graphiques import ACCENT, ENCRE, LIGNE, PRIMAIRE, SOURDINE, SURFACE, Graphique, cadre

Z95, Z998 = 1.959964, 3.090232
_PAS: Final = 40
NOMMES: Final = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A structure: how many people, its gap in the unit shown, whether it stands out, what its point says."""

    nom: str
    n: int
    ecart: float
    bas: float
    haut: float
    sort: str
    bulle: str


def entonnoir(points: Sequence[Point], *, ecart_type: float, unite: str, description: str) -> Graphique:
    """Gaps by number of people, between the limits that chance alone would draw at 95 and 99.8 %.

    ``ecart_type``: spread of one person's answer, in the unit shown.
    """
    plus_grand = max((p.n for p in points), default=100)
    effectifs = sorted({round(20 * (max(plus_grand * 1.1, 60) / 20) ** (k / _PAS)) for k in range(_PAS + 1)})
    limites = [
        {"n": n, "h95": Z95 * ecart_type / n**0.5, "b95": -Z95 * ecart_type / n**0.5,
         "h998": Z998 * ecart_type / n**0.5, "b998": -Z998 * ecart_type / n**0.5}
        for n in effectifs
    ]  # fmt: skip
    sommet = max([abs(p.ecart) for p in points] + [ecart_type * Z998 / 40**0.5, 1e-6]) * 1.08
    x = {"field": "n", "type": "quantitative", "title": "personnes (échelle resserrée)",
         "scale": {"type": "log", "domain": [effectifs[0], effectifs[-1]]},
         "axis": {"grid": False, "values": [20, 50, 100, 200, 500, 1000, 2000, 5000], "format": ",~f"}}  # fmt: skip
    y = {"type": "quantitative", "title": f"écart à l'attendu ({unite})",
         "scale": {"domain": [-sommet, sommet]}, "axis": {"tickCount": 7, "format": "+,.1~f"}}  # fmt: skip

    def bande(bas: str, haut: str, opacite: float) -> Graphique:
        return {"data": {"values": limites},
                "mark": {"type": "area", "color": PRIMAIRE, "opacity": opacite, "clip": True},
                "encoding": {"x": x, "y": {**y, "field": bas}, "y2": {"field": haut}}}  # fmt: skip

    lignes = [_point(p) for p in points]
    extremes = _nommes([p for p in points if p.sort in _SORTENT], sommet=sommet, large=effectifs[-1] / effectifs[0])
    legende: Graphique = {"orient": "bottom", "columns": 1, "symbolSize": 110, "labelLimit": 320}
    formes = {"field": "sort", "type": "nominal", "title": None,
              "scale": {"domain": list(_FORMES), "range": list(_FORMES.values())},
              "legend": legende}  # fmt: skip
    return {
        **cadre(description), "height": 380,
        "layer": [
            bande("b998", "h998", 0.10), bande("b95", "h95", 0.14),
            {"data": {"values": [{"ecart": 0}]}, "mark": {"type": "rule", "color": SOURDINE, "strokeDash": [4, 3]},
             "encoding": {"y": {**y, "field": "ecart"}}},
            {"data": {"values": lignes}, "mark": {"type": "point", "filled": True, "size": 80, "opacity": 0.95,
                                                  "stroke": ENCRE, "strokeWidth": 0.7, "clip": True},
             "encoding": {"x": x, "y": {**y, "field": "ecart"}, "shape": formes, "color": _couleurs(legende),
                          "tooltip": {"field": "bulle", "type": "nominal"}}},
            {"data": {"values": [_point(p) for p in extremes]},
             "mark": {"type": "text", "align": "right", "dx": -8, "fontSize": 12, "limit": 190},
             "encoding": {"x": x, "y": {**y, "field": "ecart"}, "text": {"field": "nom", "type": "nominal"}}},
        ],
    }  # fmt: skip


def chenille(points: Sequence[Point], *, unite: str, description: str) -> Graphique:
    """Every structure on its line: its gap drawn back to the average by as much as chance may explain it, with its 95 %
    interval. Their order is that of the gaps; no rank is written: intervals overlap (V10).
    """
    lignes = [_point(p) for p in sorted(points, key=lambda p: -p.ecart)]
    y = {"field": "nom", "type": "nominal", "sort": [x["nom"] for x in lignes], "title": None,
         "axis": {"labelLimit": 170, "labelColor": ENCRE, "grid": False, "ticks": False, "domain": False,
                  "labelOverlap": False, "labelFontSize": 12}}  # fmt: skip
    titre = f"écart à l'attendu ({unite})"
    x = {"type": "quantitative", "title": titre, "axis": {"tickCount": 5, "format": "+,.1~f", "orient": "top"}}
    bulle = {"field": "bulle", "type": "nominal"}
    return {
        **cadre(description), "height": {"step": 20},
        "data": {"values": lignes},
        "encoding": {"y": y},
        "layer": [
            {"data": {"values": [{"zero": 0}]}, "mark": {"type": "rule", "color": SOURDINE, "strokeDash": [4, 3]},
             "encoding": {"y": None, "x": {**x, "field": "zero"}}},
            {"mark": {"type": "rule", "strokeWidth": 2, "color": SOURDINE},
             "encoding": {"x": {**x, "field": "bas"}, "x2": {"field": "haut"}, "tooltip": bulle}},
            {"mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "stroke": ENCRE, "strokeWidth": 0.7},
             "encoding": {"x": {**x, "field": "ecart"}, "shape": {
                 "field": "sort", "type": "nominal", "legend": None,
                 "scale": {"domain": list(_FORMES), "range": list(_FORMES.values())}},
                 "color": _couleurs(), "tooltip": bulle}},
        ],
    }  # fmt: skip


def calibre(tranches: Sequence[dict[str, Any]], *, unite: str, description: str) -> Graphique:
    """What was expected against what was seen, tenth by tenth: a model that fits keeps to the line."""
    lignes = [{"prevu": t["prevu"], "observe": t["observe"]} for t in tranches]
    bornes = [v for t in lignes for v in t.values()]
    domaine = [min(bornes, default=0), max(bornes, default=1)]
    axe = {"type": "quantitative", "scale": {"domain": domaine, "nice": True}, "axis": {"tickCount": 5}}
    return {
        **cadre(description), "height": 260,
        "layer": [
            {"data": {"values": [{"a": domaine[0], "b": domaine[0]}, {"a": domaine[1], "b": domaine[1]}]},
             "mark": {"type": "line", "color": SOURDINE, "strokeDash": [4, 3]},
             "encoding": {"x": {**axe, "field": "a", "title": f"attendu ({unite})"},
                          "y": {**axe, "field": "b", "title": f"observé ({unite})"}}},
            {"data": {"values": lignes},
             "mark": {"type": "point", "filled": True, "size": 80, "color": PRIMAIRE, "opacity": 1},
             "encoding": {"x": {**axe, "field": "prevu"}, "y": {**axe, "field": "observe"}}},
        ],
    }  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
DEDANS, LIMITE, DEHORS = "dans la variation attendue", "en limite (95 %)", "hors des limites (99,8 %)"
_FORMES: Final = {DEDANS: "circle", LIMITE: "diamond", DEHORS: "triangle-up"}
_TEINTES: Final = {DEDANS: SURFACE, LIMITE: LIGNE, DEHORS: ACCENT}
_SORTENT: Final = frozenset({DEHORS})


def _nommes(points: Sequence[Point], *, sommet: float, large: float) -> list[Point]:
    """Those that bear their name: the furthest first, no two names touching."""
    places: list[tuple[float, float]] = []
    retenus: list[Point] = []
    for p in sorted(points, key=lambda p: -abs(p.ecart) * p.n**0.5):
        x, y = 560 * math.log(max(p.n, 1)) / math.log(large), 150 * p.ecart / sommet
        if all(abs(x - x_) > 200 or abs(y - y_) > 16 for x_, y_ in places) and len(retenus) < NOMMES:
            places.append((x, y))
            retenus.append(p)
    return retenus


def _couleurs(legende: Graphique | None = None) -> Graphique:
    return {"field": "sort", "type": "nominal", "legend": legende, "title": None,
            "scale": {"domain": list(_TEINTES), "range": list(_TEINTES.values())}}  # fmt: skip


def _point(p: Point) -> dict[str, Any]:
    return {"nom": p.nom, "n": p.n, "ecart": p.ecart, "bas": p.bas, "haut": p.haut, "sort": p.sort, "bulle": p.bulle}


def etalement(
    trimestres: Sequence[str], bandes: Sequence[dict[str, Any]], ligne: Sequence[float | None], *, nom: str, unite: str,
    habitude: Sequence[float] | None, description: str,
) -> Graphique:  # fmt: skip
    """The middle half and the middle four fifths of structures, by quarter; when one is chosen, its line and its own
    usual range.
    """
    ordre = list(trimestres)
    fond = [{"t": t, **b} for t, b in zip(trimestres, bandes, strict=True) if "q1" in b]
    points = [{"t": t, "v": v} for t, v in zip(trimestres, ligne, strict=True)]
    x = {"field": "t", "type": "ordinal", "sort": ordre, "title": None,
         "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False}}  # fmt: skip
    y = {"type": "quantitative", "title": unite, "scale": {"zero": True, "nice": True}, "axis": {"tickCount": 5}}
    couches: list[Graphique] = [
        {"data": {"values": fond}, "mark": {"type": "area", "color": PRIMAIRE, "opacity": 0.10},
         "encoding": {"x": x, "y": {**y, "field": "d1"}, "y2": {"field": "d9"}}},
        {"data": {"values": fond}, "mark": {"type": "area", "color": PRIMAIRE, "opacity": 0.18},
         "encoding": {"x": x, "y": {**y, "field": "q1"}, "y2": {"field": "q3"}}},
        {"data": {"values": fond}, "mark": {"type": "line", "color": PRIMAIRE, "strokeWidth": 2, "strokeDash": [6, 3]},
         "encoding": {"x": x, "y": {**y, "field": "mediane"}}},
    ]  # fmt: skip
    if habitude:
        couches.append(
            {"data": {"values": [{"b": habitude[1]}, {"b": habitude[2]}]},
             "mark": {"type": "rule", "color": ACCENT, "strokeDash": [2, 3], "strokeWidth": 1.5},
             "encoding": {"y": {**y, "field": "b"}}}
        )  # fmt: skip
    if any(p["v"] is not None for p in points):
        donnees = {"data": {"values": points}}
        couches += [
            {**donnees, "mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5,
                                 "point": {"filled": True, "size": 60}},
             "encoding": {"x": x, "y": {**y, "field": "v"}}},
            {"data": {"values": [next(p for p in reversed(points) if p["v"] is not None)]},
             "mark": {"type": "text", "align": "right", "dy": -12, "color": ACCENT, "fontWeight": 700},
             "encoding": {"x": x, "y": {**y, "field": "v"}, "text": {"value": nom}}},
        ]  # fmt: skip
    return {**cadre(description), "height": 320, "layer": couches}
