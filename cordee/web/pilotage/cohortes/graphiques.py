"""Charts of cohorts as Vega-Lite descriptions: curves with their intervals, shares stacked month by month.

A curve bears its letter and its own dashes, a band its number: colour never speaks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.dessins.graphiques import ENCRE, POLICE, SOURDINE, SURFACE, Graphique, cadre

TRAITS: Final = (("#0e5a63", [1, 0]), ("#b4541a", [8, 4]), ("#1d5b9e", [2, 3]), ("#55656b", [12, 3, 2, 3]))
"""Colour and dashes of cohorts A, B, C, D."""
HAUTEUR: Final = 320
MOIS: Final = "mois depuis la photo de départ"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One curve: shares between 0 and 1 by month, ``None`` where it stops."""

    lettre: str
    valeur: Sequence[float | None]
    bas: Sequence[float | None]
    haut: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Bande:
    """One stacked share by month; ``numero`` and ``couleur`` are those of its legend."""

    numero: int
    couleur: str
    valeurs: Sequence[float]


def courbes(lignes: Sequence[Ligne], *, description: str, jusque_un: bool = True) -> Graphique:
    """Step curves with their 95 % bands; each bears its letter at its end."""
    fins = _fins(lignes)
    etale = _etaler([v for _, _, v in fins], 0.06 if jusque_un else 0.06 * max((v for _, _, v in fins), default=1))
    lettres = [x.lettre for x in lignes]
    trait = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    couches: list[Graphique] = [
        {"data": {"values": _points(lignes)},
         "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.16},
         "encoding": {"y": {"field": "bas", "type": "quantitative"}, "y2": {"field": "haut"},
                      "color": _couleurs(lettres)}},
        {"data": {"values": _points(lignes)}, "mark": trait,
         "encoding": {"y": _part(jusque_un), "color": _couleurs(lettres), "strokeDash": _tirets(lettres)}},
        {"data": {"values": _points(lignes)},
         "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0},
         "encoding": {"y": {"field": "v", "type": "quantitative"}, "tooltip": {"field": "bulle", "type": "nominal"}}},
        {"data": {"values": [{"k": k, "v": y, "lettre": lettre}
                             for (lettre, k, _), y in zip(fins, etale, strict=True)]},
         "mark": {"type": "text", "align": "left", "dx": 7, "fontWeight": 700, "fontSize": 14},
         "encoding": {"y": {"field": "v", "type": "quantitative"}, "text": {"field": "lettre", "type": "nominal"},
                      "color": _couleurs(lettres)}},
    ]  # fmt: skip
    return {**_cadre(description), "encoding": {"x": _mois(max((len(x.valeur) for x in lignes), default=1) - 1)},
            "layer": couches}  # fmt: skip


def bandes(bandes: Sequence[Bande], *, description: str, mois: int, marches: bool = False) -> Graphique:
    """Shares stacked from the bottom, white between two; each bears its number on the right."""
    donnees, bas = [], [0.0] * (mois + 1)
    milieux: list[float] = []
    for bande in bandes:
        haut = [b + v for b, v in zip(bas, bande.valeurs, strict=True)]
        donnees += [
            {"k": k, "bas": b, "haut": h, "n": bande.numero}
            for k, (b, h) in enumerate(zip(bas, haut, strict=True))
        ]  # fmt: skip
        milieux.append((bas[-1] + haut[-1]) / 2)
        bas = haut
    numeros = [b.numero for b in bandes]
    couleur = {"field": "n", "type": "nominal", "legend": None, "sort": numeros,
               "scale": {"domain": numeros, "range": [b.couleur for b in bandes]}}  # fmt: skip
    vus = [(b.numero, m) for b, m in zip(bandes, milieux, strict=True) if b.valeurs[-1] > 0]
    places = _etaler([m for _, m in vus], 0.05)
    return {
        **_cadre(description),
        "encoding": {"x": _mois(mois)},
        "layer": [
            {"data": {"values": donnees},
             "mark": {"type": "area", "stroke": SURFACE, "strokeWidth": 1.2, "line": False,
                      "interpolate": "step-after" if marches else "linear"},
             "encoding": {"y": {"field": "bas", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]},
                                "axis": {"format": ".0%", "tickCount": 5}},
                          "y2": {"field": "haut"}, "color": couleur}},
            {"data": {"values": [{"k": mois, "y": y, "texte": str(n)}
                                 for (n, _), y in zip(vus, places, strict=True)]},
             "mark": {"type": "text", "align": "left", "dx": 7, "fontWeight": 700, "color": ENCRE},
             "encoding": {"y": {"field": "y", "type": "quantitative"},
                          "text": {"field": "texte", "type": "nominal"}}},
        ],
    }  # fmt: skip


# Parts ----------------------------------------------------------------------------------------------------------------
def _cadre(description: str) -> Graphique:
    return {**cadre(description), "height": HAUTEUR, "autosize": {"type": "none", "contains": "padding"},
            "padding": {"left": 56, "right": 30, "top": 14, "bottom": 46}}  # fmt: skip


def _mois(mois: int) -> Graphique:
    pas = 3 if mois <= 12 else 6 if mois <= 36 else 12
    return {
        "field": "k", "type": "quantitative", "scale": {"domain": [0, max(mois, 1)], "nice": False},
        "axis": {"title": MOIS, "values": list(range(0, mois + 1, pas)), "format": "d", "grid": False,
                 "titleColor": SOURDINE, "titleFont": POLICE},
    }  # fmt: skip


def _part(jusque_un: bool) -> Graphique:
    echelle: dict[str, Any] = {"domain": [0, 1]} if jusque_un else {"zero": True, "nice": True}
    return {"field": "v", "type": "quantitative", "title": None, "scale": echelle,
            "axis": {"format": ".0%", "tickCount": 5}}  # fmt: skip


def _points(lignes: Sequence[Ligne]) -> list[dict[str, Any]]:
    return [
        {"k": k, "v": v, "bas": b, "haut": h, "lettre": x.lettre,
         "bulle": f"{x.lettre}, {k} mois : {100 * v:.1f} %".replace(".", ",")}
        for x in lignes
        for k, (v, b, h) in enumerate(zip(x.valeur, x.bas, x.haut, strict=True))
        if v is not None and b is not None and h is not None
    ]  # fmt: skip


def _fins(lignes: Sequence[Ligne]) -> list[tuple[str, int, float]]:
    fins = []
    for x in lignes:
        connus = [(k, v) for k, v in enumerate(x.valeur) if v is not None]
        if connus:
            fins.append((x.lettre, *connus[-1]))
    return fins


def _etaler(places: Sequence[float], ecart: float) -> list[float]:
    """The same places, moved so that no two words touch, kept in order.

    >>> _etaler([0.5, 0.51, 0.9], 0.05)
    [0.48, 0.53, 0.9]
    """
    rangs = sorted(range(len(places)), key=lambda i: places[i])
    groupes: list[list[float]] = []  # [sum of places, how many, first place]
    for i in rangs:
        groupes.append([places[i], 1, places[i]])
        while len(groupes) > 1 and groupes[-1][2] - (groupes[-2][2] + ecart * groupes[-2][1]) < -1e-9:
            somme, n, _ = groupes.pop()
            groupes[-1][0] += somme
            groupes[-1][1] += n
            groupes[-1][2] = groupes[-1][0] / groupes[-1][1] - ecart * (groupes[-1][1] - 1) / 2
    finales = [debut + ecart * rang for _, n, debut in groupes for rang in range(int(n))]
    return [round(y, 4) for _, y in sorted(zip(rangs, finales, strict=True))]


def _couleurs(lettres: Sequence[str]) -> Graphique:
    return {"field": "lettre", "type": "nominal", "legend": None,
            "scale": {"domain": list(lettres), "range": [TRAITS["ABCD".index(x)][0] for x in lettres]}}  # fmt: skip


def _tirets(lettres: Sequence[str]) -> Graphique:
    return {"field": "lettre", "type": "nominal", "legend": None,
            "scale": {"domain": list(lettres), "range": [TRAITS["ABCD".index(x)][1] for x in lettres]}}  # fmt: skip
