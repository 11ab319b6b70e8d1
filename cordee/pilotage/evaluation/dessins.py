"""Charts of an experiment as Vega-Lite descriptions, for page and print. Each has its table and its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.dessins.graphiques import ACCENT, ENCRE, LIGNE, PRIMAIRE, SOURDINE, Graphique, cadre

ZERO: Final[Graphique] = {
    "data": {"values": [{"zero": 0}]},
    "mark": {"type": "rule", "color": ENCRE, "strokeWidth": 1.5},
}


@dataclass(frozen=True, slots=True)
class Barre:
    """An estimate and its interval, in points. ``adjuste``: an estimate of an effect; otherwise a gap as it is."""

    libelle: str
    valeur: float
    bas: float
    haut: float
    adjuste: bool


def intervalles(barres: Sequence[Barre], *, description: str) -> Graphique:
    """Intervals one under the other, zero drawn: gaps as open circles, estimates as full ones."""
    valeurs = [
        {"libelle": b.libelle, "valeur": b.valeur, "bas": b.bas, "haut": b.haut,
         "genre": "estimation" if b.adjuste else "écart brut"}
        for b in barres
    ]  # fmt: skip
    y = {"field": "libelle", "type": "nominal", "sort": None, "title": None,
         "axis": {"labelLimit": 260, "domain": False, "ticks": False, "labelColor": ENCRE}}  # fmt: skip
    return {
        **cadre(description),
        "height": {"step": 44},
        "layer": [
            ZERO | {"encoding": {"x": {"field": "zero", "type": "quantitative"}}},
            {
                "data": {"values": valeurs},
                "encoding": {
                    "y": y,
                    "color": _couleurs("genre", ("écart brut", "estimation"), (ACCENT, PRIMAIRE)),
                    "tooltip": _bulle(("libelle", "Méthode"), ("valeur", "Points"), ("bas", "De"), ("haut", "À")),
                },
                "layer": [
                    {"mark": {"type": "rule", "strokeWidth": 3},
                     "encoding": {"x": {"field": "bas", "type": "quantitative", "title": "points",
                                        "axis": {"grid": True, "tickCount": 6}}, "x2": {"field": "haut"}}},
                    {"mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                     "encoding": {"x": {"field": "valeur", "type": "quantitative"},
                                  "shape": {"field": "genre", "legend": None,
                                            "scale": {"domain": ["écart brut", "estimation"],
                                                      "range": ["diamond", "circle"]}}}},
                ],
            },
        ],
    }  # fmt: skip


def evenements(lignes: Sequence[dict[str, Any]], *, description: str) -> Graphique:
    """Gaps quarter by quarter around the start, less their mean before it."""
    x = {"field": "trimestre", "type": "quantitative", "title": "trimestres depuis le début",
         "axis": {"grid": False, "tickMinStep": 1}}  # fmt: skip
    return {
        **cadre(description),
        "height": 280,
        "layer": [
            ZERO | {"encoding": {"y": {"field": "zero", "type": "quantitative"}}},
            {"data": {"values": [{"t": -0.5}]}, "mark": {"type": "rule", "strokeDash": [5, 4], "color": SOURDINE},
             "encoding": {"x": {"field": "t", "type": "quantitative"}}},
            {
                "data": {"values": list(lignes)},
                "encoding": {"x": x, "tooltip": _bulle(("trimestre", "Trimestre"), ("ecart", "Écart"), ("bas", "De"),
                                                       ("haut", "À"))},
                "layer": [
                    {"mark": {"type": "rule", "strokeWidth": 2, "color": PRIMAIRE},
                     "encoding": {"y": {"field": "bas", "type": "quantitative", "title": "points"},
                                  "y2": {"field": "haut"}}},
                    {"mark": {"type": "point", "filled": True, "size": 70, "color": PRIMAIRE, "opacity": 1},
                     "encoding": {"y": {"field": "ecart", "type": "quantitative"}}},
                ],
            },
        ],
    }  # fmt: skip


def placebos(boites: Sequence[dict[str, float]], valeur: float, *, description: str) -> Graphique:
    """What chance alone gives: the estimates of the other sets of units, and the observed one."""
    return {
        **cadre(description),
        "height": 220,
        "layer": [
            {
                "data": {"values": list(boites)},
                "mark": {"type": "bar", "color": LIGNE, "stroke": SOURDINE, "strokeWidth": 0.5},
                "encoding": {
                    "x": {"field": "de", "type": "quantitative", "bin": {"binned": True}, "title": "points"},
                    "x2": {"field": "a"},
                    "y": {"field": "n", "type": "quantitative", "title": "ensembles", "axis": {"tickCount": 4}},
                },
            },
            {"data": {"values": [{"x": valeur, "mot": "observé"}]},
             "encoding": {"x": {"field": "x", "type": "quantitative"}},
             "layer": [{"mark": {"type": "rule", "color": PRIMAIRE, "strokeWidth": 3}},
                       {"mark": {"type": "text", "align": "left", "dx": 6, "y": 10, "color": PRIMAIRE},
                        "encoding": {"text": {"field": "mot"}}}]},
        ],
    }  # fmt: skip


def equilibre(lignes: Sequence[dict[str, Any]], *, description: str) -> Graphique:
    """How far the two groups stand from each other on what is known, before and after weighting."""
    valeurs = [
        {"covariable": ligne["libelle"], "ecart": abs(ligne[quand]), "quand": mot}
        for ligne in lignes
        for quand, mot in (("avant", "avant"), ("apres", "après"))
    ]
    return {
        **cadre(description),
        "height": {"step": 30},
        "layer": [
            {"data": {"values": [{"seuil": 0.1}]}, "mark": {"type": "rule", "strokeDash": [5, 4], "color": SOURDINE},
             "encoding": {"x": {"field": "seuil", "type": "quantitative"}}},
            {
                "data": {"values": valeurs},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "y": {"field": "covariable", "type": "nominal", "sort": None, "title": None,
                          "axis": {"labelLimit": 240, "grid": True}},
                    "x": {"field": "ecart", "type": "quantitative", "title": "écart, en écarts-types",
                          "axis": {"tickCount": 5}},
                    "color": _couleurs("quand", ("avant", "après"), (ACCENT, PRIMAIRE)),
                    "shape": {"field": "quand", "legend": None,
                              "scale": {"domain": ["avant", "après"], "range": ["diamond", "circle"]}},
                    "tooltip": _bulle(("covariable", "Trait"), ("quand", "Pondération"), ("ecart", "Écart")),
                },
            },
        ],
    }  # fmt: skip


def propension(boites: Sequence[dict[str, float]], *, description: str) -> Graphique:
    """The chance of being treated in both groups, face to face: what does not face anything cannot be compared."""
    valeurs = [
        {"de": b["de"], "a": b["a"], "part": b["ici"] if groupe == "concernées" else -b["la"], "groupe": groupe}
        for b in boites
        for groupe in ("concernées", "autres")
    ]
    return {
        **cadre(description),
        "height": 220,
        "data": {"values": valeurs},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "de", "type": "quantitative", "bin": {"binned": True}, "title": "chance d'être concernée",
                  "axis": {"tickCount": 6}},
            "x2": {"field": "a"},
            "y": {"field": "part", "type": "quantitative", "title": "% de chaque groupe",
                  "axis": {"tickCount": 5, "labelExpr": "abs(datum.value)"}},
            "color": _couleurs("groupe", ("concernées", "autres"), (PRIMAIRE, ACCENT)),
        },
    }  # fmt: skip


def _couleurs(champ: str, noms: Sequence[str], teintes: Sequence[str]) -> Graphique:
    return {"field": champ, "type": "nominal", "title": None, "scale": {"domain": list(noms), "range": list(teintes)},
            "legend": {"orient": "top", "columns": 1}}  # fmt: skip


def _bulle(*champs: tuple[str, str]) -> list[Graphique]:
    return [
        {"field": nom, "title": titre, **({} if nom in ("libelle", "covariable", "quand") else {"format": ".2f"})}
        for nom, titre in champs
    ]
