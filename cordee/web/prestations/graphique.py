"""The chart of an estimate: what comes in each month, one line per hypothesis, its name written at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cordee.metier.prestations.regles import Resultat
from cordee.web.pilotage.graphiques import ACCENT, ENCRE, LIGNE, POLICE, PRIMAIRE, SOURDINE
from cordee.web.prestations.mots import euros, mois_en_mots

TRAITS: Final[tuple[tuple[str, list[int]], ...]] = (
    (SOURDINE, [5, 4]),
    (PRIMAIRE, []),
    (ACCENT, [10, 3]),
    (ENCRE, [2, 3]),
)
"""Colour and dashes of each line: told apart without colour."""


def courbes(noms: Sequence[str], resultats: Sequence[Resultat], *, description: str) -> dict[str, Any]:
    """Vega-Lite description. ``noms``: short names, written at the end of the lines."""
    couches: list[dict[str, Any]] = []
    fins = _decalages([float(r.mois[-1].total) for r in resultats])
    for nom, resultat, (couleur, tirets), bas in zip(noms, resultats, TRAITS, fins, strict=False):
        points = [
            {"mois": f"{m.mois:%Y-%m-%d}", "valeur": float(m.total),
             "bulle": f"{nom}, {mois_en_mots(m.mois)} : {euros(m.total)}"}
            for m in resultat.mois
        ]  # fmt: skip
        donnees = {"values": points}
        bulle = {"tooltip": {"field": "bulle", "type": "nominal"}}
        couches += [
            {"data": donnees, "mark": {"type": "line", "color": couleur, "strokeWidth": 2.5, "strokeDash": tirets,
                                       "interpolate": "step-after"}},
            {"data": donnees, "mark": {"type": "point", "filled": True, "size": 44, "color": couleur, "opacity": 1},
             "encoding": bulle},
            {"data": {"values": points[-1:]},
             "mark": {"type": "text", "align": "left", "dx": 9, "dy": bas, "color": couleur, "fontWeight": 700},
             "encoding": {"text": {"value": nom}}},
        ]  # fmt: skip
    axe = {"labelColor": SOURDINE, "labelFontSize": 13, "gridColor": LIGNE, "domainColor": LIGNE, "tickColor": LIGNE}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "width": "container",
        "height": 300,
        "autosize": {"type": "none", "contains": "padding"},
        "padding": {"left": 62, "top": 16, "bottom": 30, "right": 24 + round(7.6 * max(map(len, noms)))},
        "config": {"background": "transparent", "font": POLICE, "view": {"stroke": None}, "axis": axe,
                   "text": {"font": POLICE, "fontSize": 13}, "aria": False},
        "encoding": {
            "x": {"field": "mois", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
                  "axis": {"format": "%b %Y", "grid": False, "labelOverlap": True,
                           "tickCount": len(resultats[0].mois)}},
            "y": {"field": "valeur", "type": "quantitative", "title": None, "scale": {"zero": True},
                  "axis": {"tickCount": 5, "format": ",~f"}},
        },
        "layer": couches,
    }  # fmt: skip


def _decalages(valeurs: Sequence[float]) -> list[int]:
    """How far below its line each name stands, so that close ends do not write over each other (pixels).

    >>> _decalages([600.0, 1200.0]), _decalages([1200.0, 1190.0, 1195.0])
    ([0, 0], [-16, 16, 0])
    """
    haut = max(valeurs, default=0) or 1
    ordre = sorted(range(len(valeurs)), key=lambda i: -valeurs[i])
    decalages = [0] * len(valeurs)
    proches = [i for i in ordre if any(i != j and abs(valeurs[i] - valeurs[j]) / haut < 0.055 for j in ordre)]
    for rang, i in enumerate(proches):
        decalages[i] = round((rang - (len(proches) - 1) / 2) * 16)
    return decalages
